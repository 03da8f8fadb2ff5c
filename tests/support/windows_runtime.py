"""The Windows Runtime as far as the agent uses it, played: the same modules, classes, names and signatures.

`tests/platforms/windows/test_runtime_class.py` compares them with the stubs that the real packages ship.
What a test arranges and sees is in `PlayedRuntime`; classes have nothing of their own that the real ones lack
but names with an underscore.
"""

from __future__ import annotations

import enum
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, NoReturn, Self
from xml.etree import ElementTree as ET

import pytest

Handler = Callable[[Any, Any], object]


class Projected:
    """An object of the Windows Runtime takes no attribute that its class does not have."""

    def __setattr__(self, name: str, value: object) -> None:
        if not name.startswith("_") and not isinstance(getattr(type(self), name, None), property):
            raise AttributeError(f"{type(self).__name__} has no {name}")
        object.__setattr__(self, name, value)

    def as_(self, of: type[Any], /) -> Any:
        assert isinstance(self, of)
        return self


class AsyncStatus(enum.IntEnum):
    STARTED = 0
    COMPLETED = 1
    CANCELED = 2
    ERROR = 3


class NotificationSetting(enum.IntEnum):
    ENABLED = 0
    DISABLED_FOR_APPLICATION = 1
    DISABLED_FOR_USER = 2
    DISABLED_BY_GROUP_POLICY = 3


class ToastDismissalReason(enum.IntEnum):
    USER_CANCELED = 0
    APPLICATION_HIDDEN = 1
    TIMED_OUT = 2


class ToastNotificationMode(enum.IntEnum):
    UNRESTRICTED = 0
    PRIORITY_ONLY = 1
    ALARMS_ONLY = 2


class MediaPlaybackType(enum.IntEnum):
    UNKNOWN = 0
    MUSIC = 1
    VIDEO = 2


class GlobalSystemMediaTransportControlsSessionPlaybackStatus(enum.IntEnum):
    CLOSED = 0
    PLAYING = 4
    PAUSED = 5


class XmlDocument(Projected):
    def load_xml(self, xml: str, /) -> None:
        self._root = ET.fromstring(xml)  # noqa: S314  our own


class ToastActivatedEventArgs(Projected):
    def __init__(self, arguments: str) -> None:
        self._arguments = arguments

    @property
    def arguments(self) -> str:
        return self._arguments


class ToastDismissedEventArgs(Projected):
    def __init__(self, reason: ToastDismissalReason) -> None:
        self._reason = reason

    @property
    def reason(self) -> ToastDismissalReason:
        return self._reason


class ToastFailedEventArgs(Projected):
    @property
    def error_code(self) -> int:
        return -2143420142  # 0x803E0112


class ToastNotification(Projected):
    def __init__(self, content: XmlDocument, /) -> None:
        self._content = content
        self._tag = self._group = ""
        self._expires: datetime | None = None
        self._handlers: dict[str, list[Handler]] = {"activated": [], "dismissed": [], "failed": []}

    @property
    def tag(self) -> str:
        return self._tag

    @tag.setter
    def tag(self, value: str) -> None:
        self._tag = value

    @property
    def group(self) -> str:
        return self._group

    @group.setter
    def group(self, value: str) -> None:
        self._group = value

    @property
    def expiration_time(self) -> datetime | None:
        return self._expires

    @expiration_time.setter
    def expiration_time(self, value: datetime | None) -> None:
        assert value is None or value.tzinfo
        self._expires = value

    def add_activated(self, handler: Handler, /) -> int:
        return self._add("activated", handler)

    def add_dismissed(self, handler: Handler, /) -> int:
        return self._add("dismissed", handler)

    def add_failed(self, handler: Handler, /) -> int:
        return self._add("failed", handler)

    def _add(self, event: str, handler: Handler) -> int:
        self._handlers[event].append(handler)
        return len(self._handlers[event])


class ToastNotifier(Projected):
    def __init__(self, stage: PlayedRuntime) -> None:
        self._stage = stage

    @property
    def setting(self) -> NotificationSetting:
        if self._stage.setting is None:
            raise OSError(0, "", None, -2147023728)  # 0x80070490, not found
        return self._stage.setting

    def show(self, notification: ToastNotification, /) -> None:
        self._stage.go_on.wait(10)
        if self._stage.refuses:
            raise OSError(0, "", None, -2147024891)
        self._stage.threads.add(threading.get_ident())
        self._stage.shown.append(notification)

    def hide(self, notification: ToastNotification, /) -> None:
        assert notification in self._stage.shown
        self._stage.hidden.append(notification)


class ToastNotificationHistory(Projected):
    def __init__(self, stage: PlayedRuntime) -> None:
        self._stage = stage

    def remove(self, tag: str, group: str, application_id: str, /) -> None:
        self._stage.removed.append((tag, group, application_id))


class ToastNotificationManagerForUser(Projected):
    def __init__(self, stage: PlayedRuntime) -> None:
        self._stage = stage

    @property
    def notification_mode(self) -> ToastNotificationMode:
        return self._stage.mode


class GlobalSystemMediaTransportControlsSessionPlaybackInfo(Projected):
    def __init__(self, status: int, kind: int | None) -> None:
        self._status, self._kind = status, kind

    @property
    def playback_status(self) -> GlobalSystemMediaTransportControlsSessionPlaybackStatus:
        return GlobalSystemMediaTransportControlsSessionPlaybackStatus(self._status)

    @property
    def playback_type(self) -> MediaPlaybackType | None:
        return None if self._kind is None else MediaPlaybackType(self._kind)


class GlobalSystemMediaTransportControlsSession(Projected):
    """Asked for a title or a program's name, it has none."""

    def __init__(self, info: GlobalSystemMediaTransportControlsSessionPlaybackInfo | None) -> None:
        self._info = info

    def get_playback_info(self) -> GlobalSystemMediaTransportControlsSessionPlaybackInfo:
        if self._info is None:
            raise OSError(0, "", None, -2147023174)  # 0x800706BA, it has ended
        return self._info


class IAsyncOperation(Projected):
    def __init__(self, stage: PlayedRuntime, result: Callable[[], Any]) -> None:
        self._stage, self._result = stage, result

    def wait(self, timeout: float, /) -> AsyncStatus:
        return AsyncStatus.COMPLETED if self._stage.go_on.wait(timeout) else AsyncStatus.STARTED

    def cancel(self) -> None:
        self._stage.cancelled += 1

    def get_results(self) -> Any:
        return self._result()


class FocusSessionManager(Projected):
    """Its class has `is_supported` and `get_default`, which belong to a stage; see `_statics`."""

    def __init__(self, stage: PlayedRuntime) -> None:
        self._stage = stage

    @property
    def is_focus_active(self) -> bool:
        return self._stage.focus


@dataclass
class PlayedRuntime:
    """What is arranged, and what was seen."""

    setting: NotificationSetting | None = NotificationSetting.ENABLED
    refuses: bool = False
    mode: ToastNotificationMode = ToastNotificationMode.UNRESTRICTED
    focus: bool = False
    supports_focus: bool = True
    players: list[GlobalSystemMediaTransportControlsSession] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)
    shown: list[ToastNotification] = field(default_factory=list)
    hidden: list[ToastNotification] = field(default_factory=list)
    removed: list[tuple[str, str, str]] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)
    cancelled: int = 0

    def __post_init__(self) -> None:
        self.go_on.set()

    def tells(self, event: str, told: Any, toast: ToastNotification | None = None) -> None:
        """Windows tells of an event of the last toast, on a thread of its own."""
        about = toast or self.shown[-1]
        for handler in about._handlers[event]:
            thread = threading.Thread(target=handler, args=(about, told))
            thread.start()
            thread.join(5)

    def plays(self, *players: tuple[int, int | None] | None) -> None:
        """These run, each with status and kind; None is one that ends just now."""
        info = GlobalSystemMediaTransportControlsSessionPlaybackInfo
        self.players = [
            GlobalSystemMediaTransportControlsSession(None if player is None else info(*player))
            for player in players
        ]


def modules(stage: PlayedRuntime) -> dict[str, dict[str, Any]]:
    """The played classes by the name of their module."""

    class SessionManager(Projected):
        @classmethod
        def request_async(cls) -> IAsyncOperation:
            return IAsyncOperation(stage, cls)

        def get_sessions(self) -> Sequence[GlobalSystemMediaTransportControlsSession]:
            return stage.players

    class Statics(type):
        @property
        def history(cls) -> ToastNotificationHistory:
            return ToastNotificationHistory(stage)

        def create_toast_notifier(cls, application_id: str, /) -> ToastNotifier:
            assert application_id
            return ToastNotifier(stage)

        def get_default(cls) -> ToastNotificationManagerForUser:
            return ToastNotificationManagerForUser(stage)

    class ToastNotificationManager(Projected, metaclass=Statics):
        def __init__(self) -> NoReturn:
            raise TypeError("a class of static members only")

    class FocusStatics(type):
        @property
        def is_supported(cls) -> bool:
            return stage.supports_focus

        def get_default(cls) -> FocusSessionManager:
            assert stage.supports_focus
            return FocusSessionManager(stage)

    class Focus(FocusSessionManager, metaclass=FocusStatics):
        def __new__(cls) -> Self:
            raise TypeError("one comes from get_default")

    media = "GlobalSystemMediaTransportControlsSession"
    return {
        "winrt.windows.foundation": {"AsyncStatus": AsyncStatus, "IAsyncOperation": IAsyncOperation},
        "winrt.windows.data.xml.dom": {"XmlDocument": XmlDocument},
        "winrt.windows.media": {"MediaPlaybackType": MediaPlaybackType},
        "winrt.windows.media.control": {
            f"{media}Manager": SessionManager,
            media: GlobalSystemMediaTransportControlsSession,
            f"{media}PlaybackInfo": GlobalSystemMediaTransportControlsSessionPlaybackInfo,
            f"{media}PlaybackStatus": GlobalSystemMediaTransportControlsSessionPlaybackStatus,
        },
        "winrt.windows.ui.shell": {"FocusSessionManager": Focus},
        "winrt.windows.ui.notifications": {
            "NotificationSetting": NotificationSetting,
            "ToastActivatedEventArgs": ToastActivatedEventArgs,
            "ToastDismissalReason": ToastDismissalReason,
            "ToastDismissedEventArgs": ToastDismissedEventArgs,
            "ToastFailedEventArgs": ToastFailedEventArgs,
            "ToastNotification": ToastNotification,
            "ToastNotificationHistory": ToastNotificationHistory,
            "ToastNotificationManager": ToastNotificationManager,
            "ToastNotificationManagerForUser": ToastNotificationManagerForUser,
            "ToastNotificationMode": ToastNotificationMode,
            "ToastNotifier": ToastNotifier,
        },
    }


def played_runtime(monkeypatch: pytest.MonkeyPatch) -> PlayedRuntime:
    """Put it in place of the real one, until the test is over."""
    stage = PlayedRuntime()
    for name, classes in modules(stage).items():
        parts = name.split(".")
        for count in range(1, len(parts) + 1):
            whole = ".".join(parts[:count])
            if not isinstance(sys.modules.get(whole), _Played):
                monkeypatch.setitem(sys.modules, whole, _Played(whole))
        vars(sys.modules[name]).update(classes)
    return stage


class _Played(ModuleType):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__spec__ = ModuleSpec(name, None, is_package=True)
        self.__path__: list[str] = []
