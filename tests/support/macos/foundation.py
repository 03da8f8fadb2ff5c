"""Foundation, as far as the adapters use it; a test plays the system by its centres and the values here."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Self
from urllib.parse import quote

from tests.support.macos.objc import NSObject, perform
from tests.support.macos.played_main import main

FRAMEWORK = "Foundation"

NSActivityUserInitiatedAllowingIdleSystemSleep = 0x00EF_FFFF
NSActivityBackground = 0x0000_00FF
NSKeyValueObservingOptionNew = 1
NSKeyValueObservingOptionInitial = 4
NSSystemClockDidChangeNotification = "NSSystemClockDidChangeNotification"
NSSystemTimeZoneDidChangeNotification = "NSSystemTimeZoneDidChangeNotification"
NSNotificationSuspensionBehaviorDeliverImmediately = 4

__all__ = ["NSObject"]


class NSThread(NSObject):
    @classmethod
    def isMainThread(cls) -> bool:  # noqa: N802
        return main.here()


class NSOperationQueue(NSObject):
    _main: ClassVar[NSOperationQueue | None] = None

    @classmethod
    def mainQueue(cls) -> NSOperationQueue:  # noqa: N802
        if cls._main is None:
            cls._main = cls.alloc().init()
        return cls._main

    def addOperationWithBlock_(self, block: Callable[[], None]) -> None:  # noqa: N802
        main.post(block)


class NSNotification(NSObject):
    _name: str
    _object: object
    _info: Mapping[str, Any] | None

    def name(self) -> str:
        return self._name

    def object(self) -> Any:
        return self._object

    def userInfo(self) -> Mapping[str, Any] | None:  # noqa: N802
        return self._info


class NSNotificationCenter(NSObject):
    """Tells as the real one does: blocks with a queue on the main thread, the rest where it is posted."""

    _default: ClassVar[Any] = None

    @classmethod
    def defaultCenter(cls) -> Self:  # noqa: N802
        if "_default" not in vars(cls) or cls._default is None:
            cls._default = cls.alloc().init()
        made: Self = cls._default
        return made

    def init(self) -> Self:
        self._observers: dict[NSObject, list[tuple[str | None, Callable[[NSNotification], object]]]] = {}
        return self

    def addObserverForName_object_queue_usingBlock_(  # noqa: N802
        self,
        name: str | None,
        whose: object,
        queue: NSOperationQueue | None,
        block: Callable[[NSNotification], None],
    ) -> NSObject:
        token: NSObject = NSObject.alloc().init()

        def told(notice: NSNotification) -> None:
            if queue is None:
                block(notice)
            else:
                queue.addOperationWithBlock_(lambda: block(notice))

        self._observers[token] = [(name, told)]
        return token

    def addObserver_selector_name_object_(  # noqa: N802
        self, observer: NSObject, selector: str | bytes, name: str | None, whose: object
    ) -> None:
        assert observer.respondsToSelector_(selector), selector
        told = self._observers.setdefault(observer, [])
        told.append((name, lambda notice: perform(observer, selector, notice)))

    def removeObserver_(self, observer: NSObject) -> None:  # noqa: N802
        self._observers.pop(observer, None)

    def removeObserver_name_object_(self, observer: NSObject, name: str | None, whose: object) -> None:  # noqa: N802
        kept = [each for each in self._observers.pop(observer, []) if name not in {None, each[0]}]
        if kept:
            self._observers[observer] = kept

    def postNotificationName_object_userInfo_(  # noqa: N802
        self, name: str, whose: object, info: Mapping[str, Any] | None
    ) -> None:
        notice = NSNotification.alloc().init()
        notice._name, notice._object, notice._info = name, whose, info
        for wanted, told in tuple(itertools.chain(*self._observers.values())):
            if wanted in {None, name}:
                told(notice)

    def postNotificationName_object_(self, name: str, whose: object) -> None:  # noqa: N802
        self.postNotificationName_object_userInfo_(name, whose, None)

    def heard(self) -> int:
        """For tests: how many observers there are."""
        return sum(len(each) for each in self._observers.values())


class NSDistributedNotificationCenter(NSNotificationCenter):
    """Between programs; its observers have to be objects with a selector, and hear on the main thread."""

    def addObserver_selector_name_object_suspensionBehavior_(  # noqa: N802
        self, observer: NSObject, selector: str | bytes, name: str | None, whose: object, behaviour: int
    ) -> None:
        self.addObserver_selector_name_object_(observer, selector, name, whose)

    def postNotificationName_object_userInfo_(  # noqa: N802
        self, name: str, whose: object, info: Mapping[str, Any] | None
    ) -> None:
        main.post(
            lambda: super(NSDistributedNotificationCenter, self).postNotificationName_object_userInfo_(
                name, whose, info
            )
        )


class NSProcessInfo(NSObject):
    """Of this process; `activities` are those that are going on, for tests."""

    _one: ClassVar[NSProcessInfo | None] = None
    activities: ClassVar[dict[NSObject, tuple[int, str]]] = {}
    version: ClassVar[tuple[int, int, int]] = (14, 5, 0)

    @classmethod
    def processInfo(cls) -> NSProcessInfo:  # noqa: N802
        if cls._one is None:
            cls._one = cls.alloc().init()
        return cls._one

    def beginActivityWithOptions_reason_(self, options: int, reason: str) -> NSObject:  # noqa: N802
        token: NSObject = NSObject.alloc().init()
        self.activities[token] = options, reason
        return token

    def endActivity_(self, token: NSObject) -> None:  # noqa: N802
        del self.activities[token]

    def isOperatingSystemAtLeastVersion_(self, version: tuple[int, int, int]) -> bool:  # noqa: N802
        return self.version >= tuple(version)


class NSLocale(NSObject):
    preferred: ClassVar[list[str]] = ["en-GB"]

    @classmethod
    def preferredLanguages(cls) -> list[str]:  # noqa: N802
        return list(cls.preferred)


class NSURL(NSObject):
    _path: str

    @classmethod
    def fileURLWithPath_(cls, path: str) -> NSURL:  # noqa: N802
        assert isinstance(path, str)
        url = cls.alloc().init()
        url._path = path
        return url

    def path(self) -> str:
        return self._path

    def absoluteString(self) -> str:  # noqa: N802
        return f"file://{quote(str(Path(self._path)))}"


class NSData(NSObject):
    _bytes: bytes

    @classmethod
    def dataWithBytes_length_(cls, content: bytes, length: int) -> NSData:  # noqa: N802
        data = cls.alloc().init()
        data._bytes = bytes(content[:length])
        return data

    def bytes(self) -> memoryview:
        return memoryview(self._bytes)

    def length(self) -> int:
        return len(self._bytes)


class NSAttributedString(NSObject):
    _string: str
    attributes: Mapping[str, Any]

    def initWithString_attributes_(self, string: str, attributes: Mapping[str, Any]) -> Self:  # noqa: N802
        self._string, self.attributes = string, attributes
        return self

    def string(self) -> str:
        return self._string
