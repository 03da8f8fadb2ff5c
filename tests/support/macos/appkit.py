"""AppKit, as far as the adapters use it.

What belongs to the main thread refuses every other one, as macOS 26 does by ending the program.  What is on
the screen can be read by a test, and `choose`, `opens` and `asks_to_quit` are what a person does.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar, Self

from tests.support.macos.foundation import NSURL, NSAttributedString, NSData, NSNotificationCenter
from tests.support.macos.objc import NSObject, perform
from tests.support.macos.played_main import Posted, main

FRAMEWORK = "AppKit"

NSApplicationActivationPolicyAccessory = 1
NSControlStateValueOff, NSControlStateValueOn = 0, 1
NSEventMaskLeftMouseDown, NSEventMaskRightMouseDown, NSEventMaskOtherMouseDown = 1 << 1, 1 << 3, 1 << 25
NSEventMaskMouseMoved, NSEventMaskLeftMouseDragged, NSEventMaskRightMouseDragged = 1 << 5, 1 << 6, 1 << 7
NSEventMaskOtherMouseDragged, NSEventMaskScrollWheel = 1 << 27, 1 << 22
NSEventMaskKeyDown, NSEventMaskFlagsChanged = 1 << 10, 1 << 12
NSEventTypeApplicationDefined = 15
NSFontAttributeName = "NSFont"
NSSquareStatusItemLength, NSVariableStatusItemLength = -2.0, -1.0
NSTerminateCancel, NSTerminateNow, NSTerminateLater = 0, 1, 2
NSWorkspaceDidWakeNotification = "NSWorkspaceDidWakeNotification"
NSWorkspaceWillSleepNotification = "NSWorkspaceWillSleepNotification"
NSWorkspaceWillPowerOffNotification = "NSWorkspaceWillPowerOffNotification"
NSWorkspaceScreensDidSleepNotification = "NSWorkspaceScreensDidSleepNotification"
NSWorkspaceScreensDidWakeNotification = "NSWorkspaceScreensDidWakeNotification"
NSWorkspaceSessionDidBecomeActiveNotification = "NSWorkspaceSessionDidBecomeActiveNotification"
NSWorkspaceSessionDidResignActiveNotification = "NSWorkspaceSessionDidResignActiveNotification"
NSWorkspaceActiveSpaceDidChangeNotification = "NSWorkspaceActiveSpaceDidChangeNotification"
NSWorkspaceDidActivateApplicationNotification = "NSWorkspaceDidActivateApplicationNotification"


class MainOnly(NSObject):
    """Whose every message belongs to the main thread."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name, value in list(vars(cls).items()):
            if inspect.isfunction(value) and not name.startswith("_"):
                setattr(cls, name, _on_main(cls.__name__, value))
            elif isinstance(value, classmethod) and not name.startswith("_"):
                setattr(cls, name, classmethod(_on_main(cls.__name__, value.__func__)))


def _on_main(owner: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def checked(*args: Any) -> Any:
        main.must_be_here(f"{owner}.{method.__name__}")
        return method(*args)

    return checked


class NSEvent(NSObject):
    """Monitors may be asked for on the main thread alone; a test sends to those in `monitors`."""

    monitors: ClassVar[dict[NSObject, tuple[int, Callable[[Any], None]]]] = {}
    _subtype: int

    @classmethod
    def otherEventWithType_location_modifierFlags_timestamp_windowNumber_context_subtype_data1_data2_(  # noqa: N802
        cls, *values: Any
    ) -> NSEvent:
        kind, location, flags, timestamp, window, context, subtype, data1, data2 = values
        assert kind == NSEventTypeApplicationDefined
        assert len(location) == 2 and isinstance(timestamp, float) and context is None
        assert all(isinstance(number, int) for number in (flags, window, subtype, data1, data2))
        event = cls.alloc().init()
        event._subtype = subtype
        return event

    @classmethod
    def addGlobalMonitorForEventsMatchingMask_handler_(  # noqa: N802
        cls, mask: int, handler: Callable[[Any], None]
    ) -> NSObject:
        main.must_be_here("NSEvent.addGlobalMonitorForEventsMatchingMask_handler_")
        token: NSObject = NSObject.alloc().init()
        cls.monitors[token] = mask, handler
        return token

    @classmethod
    def removeMonitor_(cls, token: NSObject) -> None:  # noqa: N802
        main.must_be_here("NSEvent.removeMonitor_")
        del cls.monitors[token]


class NSApplication(MainOnly):
    _shared: ClassVar[NSApplication | None] = None
    policy: int | None = None
    _delegate: NSObject | None = None
    _stopped = False

    @classmethod
    def sharedApplication(cls) -> NSApplication:  # noqa: N802
        if cls._shared is None:
            cls._shared = cls.alloc().init()
        return cls._shared

    def setActivationPolicy_(self, policy: int) -> bool:  # noqa: N802
        self.policy = policy
        return True

    def setDelegate_(self, delegate: NSObject | None) -> None:  # noqa: N802
        self._delegate = delegate

    def delegate(self) -> NSObject | None:
        return self._delegate

    def run(self) -> None:
        """Until it was stopped, which it looks for after each event; a call is none."""
        self._stopped = False
        while True:
            call = main.calls.get(timeout=10)
            if isinstance(call, Posted):
                if self._stopped:
                    return
            elif call is not None:
                call()

    def stop_(self, sender: object) -> None:
        self._stopped = True

    def postEvent_atStart_(self, event: NSEvent, first: bool) -> None:  # noqa: N802
        main.calls.put(Posted(event._subtype))

    def asks_to_quit(self) -> int:
        """For tests: what the delegate answers to the end of the session, on the main thread."""
        answer = perform(self._delegate, b"applicationShouldTerminate:", self)
        assert isinstance(answer, int)
        return answer


class NSFont(NSObject):
    _size: float

    @classmethod
    def menuFontOfSize_(cls, size: float) -> NSFont:  # noqa: N802
        font = cls.alloc().init()
        font._size = size or 13.0
        return font

    @classmethod
    def boldSystemFontOfSize_(cls, size: float) -> NSFont:  # noqa: N802
        return cls.menuFontOfSize_(size)

    def pointSize(self) -> float:  # noqa: N802
        return self._size


class NSImage(MainOnly):
    data: NSData
    points: tuple[float, float]
    template = False

    def initWithData_(self, data: NSData) -> Self | None:  # noqa: N802
        if not bytes(data.bytes()).startswith(b"\x89PNG"):
            return None
        self.data = data
        return self

    def setSize_(self, size: tuple[float, float]) -> None:  # noqa: N802
        self.points = size

    def setTemplate_(self, template: bool) -> None:  # noqa: N802
        self.template = template


class NSMenuItem(MainOnly):
    is_separator = False
    _title = ""
    _action: str | bytes | None = None
    _target: NSObject | None = None
    _tag = 0
    _state = 0
    _enabled = True
    bold: NSAttributedString | None = None
    _submenu: NSMenu | None = None

    @classmethod
    def separatorItem(cls) -> NSMenuItem:  # noqa: N802
        item = cls.alloc().init()
        item.is_separator = True
        return item

    def initWithTitle_action_keyEquivalent_(  # noqa: N802
        self, title: str, action: str | bytes | None, key: str
    ) -> Self:
        self._title, self._action = title, action
        return self

    def setTarget_(self, target: NSObject) -> None:  # noqa: N802
        self._target = target

    def setTag_(self, tag: int) -> None:  # noqa: N802
        self._tag = tag

    def tag(self) -> int:
        return self._tag

    def setState_(self, state: int) -> None:  # noqa: N802
        self._state = state

    def setEnabled_(self, enabled: bool) -> None:  # noqa: N802
        self._enabled = enabled

    def setAttributedTitle_(self, title: NSAttributedString) -> None:  # noqa: N802
        self.bold = title

    def setSubmenu_(self, menu: NSMenu) -> None:  # noqa: N802
        self._submenu = menu

    def choose(self) -> None:
        """For tests: what a click does."""
        assert self._enabled and self._submenu is None
        assert self._action is not None
        perform(self._target, self._action, self)


class NSMenu(MainOnly):
    _delegate: NSObject | None = None
    _autoenables = True
    tracking = False

    def init(self) -> Self:
        self.items: list[NSMenuItem] = []
        return self

    def setDelegate_(self, delegate: NSObject | None) -> None:  # noqa: N802
        self._delegate = delegate

    def setAutoenablesItems_(self, does: bool) -> None:  # noqa: N802
        self._autoenables = does

    def addItem_(self, item: NSMenuItem) -> None:  # noqa: N802
        assert not self._autoenables
        self.items.append(item)

    def removeAllItems(self) -> None:  # noqa: N802
        self.items.clear()

    def cancelTrackingWithoutAnimation(self) -> None:  # noqa: N802
        self.tracking = False

    def opens(self) -> None:
        """For tests: what a click on the icon does."""
        if self._delegate is not None:
            perform(self._delegate, b"menuNeedsUpdate:", self)
        self.tracking = True


class NSStatusBarButton(MainOnly):
    image: NSImage | None = None
    tip: str | None = None
    spoken: str | None = None

    def setImage_(self, image: NSImage | None) -> None:  # noqa: N802
        self.image = image

    def setToolTip_(self, text: str | None) -> None:  # noqa: N802
        self.tip = text

    def setAccessibilityLabel_(self, text: str | None) -> None:  # noqa: N802
        self.spoken = text


class NSStatusItem(MainOnly):
    name: str | None = None
    menu: NSMenu | None = None

    def init(self) -> Self:
        self._button: NSStatusBarButton | None = NSStatusBarButton.alloc().init()
        return self

    def button(self) -> NSStatusBarButton | None:
        return self._button

    def setMenu_(self, menu: NSMenu | None) -> None:  # noqa: N802
        self.menu = menu

    def setAutosaveName_(self, name: str) -> None:  # noqa: N802
        self.name = name


class NSStatusBar(MainOnly):
    _system: ClassVar[NSStatusBar | None] = None

    @classmethod
    def systemStatusBar(cls) -> NSStatusBar:  # noqa: N802
        if cls._system is None:
            cls._system = cls.alloc().init()
        return cls._system

    def init(self) -> Self:
        self.items: list[NSStatusItem] = []
        return self

    def statusItemWithLength_(self, length: float) -> NSStatusItem:  # noqa: N802
        item = NSStatusItem.alloc().init()
        self.items.append(item)
        return item

    def removeStatusItem_(self, item: NSStatusItem) -> None:  # noqa: N802
        self.items.remove(item)


class NSWorkspace(MainOnly):
    """Opens what `openable` allows; `speaks` is whether VoiceOver runs."""

    _shared: ClassVar[NSWorkspace | None] = None
    center: ClassVar[NSNotificationCenter] = NSNotificationCenter.alloc().init()
    opened: ClassVar[list[str]] = []
    openable: ClassVar[bool] = True
    speaks: ClassVar[bool] = False
    observers: ClassVar[list[NSObject]] = []

    @classmethod
    def sharedWorkspace(cls) -> NSWorkspace:  # noqa: N802
        if cls._shared is None:
            cls._shared = cls.alloc().init()
        return cls._shared

    def notificationCenter(self) -> NSNotificationCenter:  # noqa: N802
        return self.center

    def openURL_(self, url: NSURL) -> bool:  # noqa: N802
        if self.openable:
            self.opened.append(url.path())
        return self.openable

    def isVoiceOverEnabled(self) -> bool:  # noqa: N802
        return self.speaks

    def addObserver_forKeyPath_options_context_(  # noqa: N802
        self, observer: NSObject, path: str, options: int, context: int | None
    ) -> None:
        assert path == "voiceOverEnabled"
        self.observers.append(observer)

    def removeObserver_forKeyPath_(self, observer: NSObject, path: str) -> None:  # noqa: N802
        self.observers.remove(observer)

    def speak(self, speaks: bool) -> None:
        """For tests: VoiceOver is switched on or off."""
        type(self).speaks = speaks
        for observer in tuple(self.observers):
            perform(
                observer,
                b"observeValueForKeyPath:ofObject:change:context:",
                "voiceOverEnabled",
                self,
                {},
                None,
            )
