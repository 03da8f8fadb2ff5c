"""Quartz, as far as the adapters use it: a window server whose state a test sets in `server`.

Signatures as in PyObjC's metadata: CGEventSourceSecondsSinceLastEventType diI, CGDisplayIsAsleep II,
CGGetActiveDisplayList iI^I^I with both pointers out, CGDisplayBounds a CGRect by value, CGEventTapCreate IIIQ
and a callback of four arguments, CGEventTapEnable v^B, CFRunLoopRunInMode i@dZ.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

FRAMEWORK = "Quartz"

kCGEventSourceStateCombinedSessionState = 0  # noqa: N816  its name, as all that follow
kCGEventSourceStateHIDSystemState = 1  # noqa: N816
kCGNullWindowID = 0  # noqa: N816
kCGWindowListOptionOnScreenOnly = 1  # noqa: N816
kCGWindowListExcludeDesktopElements = 16  # noqa: N816
kCGWindowBounds = "kCGWindowBounds"  # noqa: N816
kCGWindowLayer = "kCGWindowLayer"  # noqa: N816
kCGWindowOwnerPID = "kCGWindowOwnerPID"  # noqa: N816
kCGWindowAlpha = "kCGWindowAlpha"  # noqa: N816
kCGMainMenuWindowLevelKey = 8  # noqa: N816
kCGSessionOnConsoleKey = "kCGSSessionOnConsoleKey"  # noqa: N816
kCGHeadInsertEventTap = 0  # noqa: N816
kCGSessionEventTap = 1  # noqa: N816
kCGEventTapOptionDefault = 0  # noqa: N816
kCGEventTapOptionListenOnly = 1  # noqa: N816
kCGEventSourceUnixProcessID = 41  # noqa: N816
kCGEventLeftMouseDown = 1  # noqa: N816
kCGEventRightMouseDown = 3  # noqa: N816
kCGEventMouseMoved = 5  # noqa: N816
kCGEventLeftMouseDragged = 6  # noqa: N816
kCGEventRightMouseDragged = 7  # noqa: N816
kCGEventKeyDown = 10  # noqa: N816
kCGEventFlagsChanged = 12  # noqa: N816
kCGEventScrollWheel = 22  # noqa: N816
kCGEventOtherMouseDown = 25  # noqa: N816
kCGEventOtherMouseDragged = 27  # noqa: N816
kCGEventTapDisabledByTimeout = 0xFFFFFFFE  # noqa: N816
kCGEventTapDisabledByUserInput = 0xFFFFFFFF  # noqa: N816
kCFRunLoopDefaultMode = "kCFRunLoopDefaultMode"  # noqa: N816
kCFRunLoopRunFinished = 1  # noqa: N816
kCFRunLoopRunStopped = 2  # noqa: N816
kCFRunLoopRunTimedOut = 3  # noqa: N816


class CGPoint(NamedTuple):
    x: float
    y: float


class CGSize(NamedTuple):
    width: float
    height: float


class CGRect(NamedTuple):
    origin: CGPoint
    size: CGSize


class Window(dict[str, Any]):
    """What is said of a window; a name or an owner's name is there, and must not be read."""

    def __getitem__(self, key: str) -> Any:
        _nameless(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        _nameless(key)
        return super().get(key, default)

    def items(self) -> Any:
        raise AssertionError("the names are among all that")

    values = __iter__ = items


def _nameless(key: str) -> None:
    assert key not in ("kCGWindowName", "kCGWindowOwnerName"), f"{key} was read"


@dataclass
class Server:
    """The window server."""

    idle_s: float = 0.0
    dark: bool = False
    session: dict[str, Any] | None = field(default_factory=lambda: {kCGSessionOnConsoleKey: True})
    displays: list[tuple[int, int, int, int]] = field(default_factory=lambda: [(0, 0, 1440, 900)])
    windows: list[Window] = field(default_factory=list)
    may_listen: bool = False
    asked_to_listen: int = 0
    refuses: bool = False
    taps: list[Tap] = field(default_factory=list)


server = Server()


def window(
    x: float, y: float, width: float, height: float, *, layer: int = 0, owner: int = 1, alpha: float = 1.0
) -> Window:
    """A window as CGWindowListCopyWindowInfo tells of it."""
    bounds = {"X": x, "Y": y, "Width": width, "Height": height}
    return Window(
        {
            kCGWindowBounds: bounds,
            kCGWindowLayer: layer,
            kCGWindowOwnerPID: owner,
            kCGWindowAlpha: alpha,
            "kCGWindowName": "private",
            "kCGWindowOwnerName": "private",
        }
    )


def CGEventSourceSecondsSinceLastEventType(state: int, kind: int) -> float:  # noqa: N802
    assert (state, kind) == (kCGEventSourceStateHIDSystemState, 0xFFFFFFFF)
    return server.idle_s


def CGMainDisplayID() -> int:  # noqa: N802
    return 1


def CGDisplayIsAsleep(display: int) -> int:  # noqa: N802
    assert display == CGMainDisplayID()
    return int(server.dark)


def CGSessionCopyCurrentDictionary() -> dict[str, Any] | None:  # noqa: N802
    return server.session


def CGGetActiveDisplayList(most: int, displays: None, count: None) -> tuple[int, tuple[int, ...], int]:  # noqa: N802
    assert displays is None
    assert count is None
    if server.refuses:
        return 1001, (), 0
    known = tuple(range(1, len(server.displays) + 1))[:most]
    return 0, known, len(known)


def CGDisplayBounds(display: int) -> CGRect:  # noqa: N802
    x, y, width, height = server.displays[display - 1]
    return CGRect(CGPoint(x, y), CGSize(width, height))


def CGWindowLevelForKey(key: int) -> int:  # noqa: N802
    return {kCGMainMenuWindowLevelKey: 24}[key]


def CGWindowListCopyWindowInfo(option: int, relative: int) -> list[Window] | None:  # noqa: N802
    assert option == kCGWindowListOptionOnScreenOnly | kCGWindowListExcludeDesktopElements
    assert relative == kCGNullWindowID
    return None if server.refuses else server.windows


def CGPreflightListenEventAccess() -> bool:  # noqa: N802
    return server.may_listen


def CGRequestListenEventAccess() -> bool:  # noqa: N802
    server.asked_to_listen += 1
    return server.may_listen


class Tap:
    """An event tap, on the run loop of the thread that added it."""

    def __init__(self, mask: int, callback: Callable[[object, int, object, object], object]) -> None:
        self.mask, self.callback = mask, callback
        self.enabled = True
        self.loop: RunLoop | None = None

    def sends(self, kind: int, event: object) -> None:
        """The window server has an event of this kind, or word of the tap itself."""
        about_the_tap = kind >= kCGEventTapDisabledByTimeout
        if about_the_tap:
            self.enabled = False
        if self.loop is not None and (about_the_tap or (self.enabled and self.mask >> kind & 1)):
            self.loop.post(lambda: self.callback(object(), kind, event, None))

    def removed(self) -> None:
        """The system takes it away for good."""
        self.enabled = False
        if self.loop is not None:
            self.loop.sourceless = True
            self.loop.wake.set()


class RunLoop:
    """A CFRunLoop: serves its sources until stopped."""

    def __init__(self) -> None:
        self.wake = threading.Event()
        self.sourceless = True
        self._stopped = False
        self._posted: list[Callable[[], object]] = []
        self._lock = threading.Lock()
        self.rounds = 0
        self.patience_s = 0.0

    def post(self, call: Callable[[], object]) -> None:
        with self._lock:
            self._posted.append(call)
        self.wake.set()

    def stop(self) -> None:
        self._stopped = True
        self.wake.set()

    def run(self, seconds: float) -> int:
        self.rounds += 1
        self.patience_s = seconds
        self._stopped = False
        while not self.sourceless:
            if not self.wake.wait(seconds):
                return kCFRunLoopRunTimedOut
            self.wake.clear()
            with self._lock:
                posted, self._posted = self._posted, []
            for call in posted:
                call()
            if self._stopped:
                return kCFRunLoopRunStopped
        return kCFRunLoopRunFinished


_loops: dict[int, RunLoop] = {}


def CGEventTapCreate(  # noqa: N802, PLR0917
    place: int,
    order: int,
    options: int,
    mask: int,
    callback: Callable[[object, int, object, object], object],
    refcon: None,
) -> Tap | None:
    assert place == kCGSessionEventTap
    assert order == kCGHeadInsertEventTap
    assert options == kCGEventTapOptionListenOnly, "an active tap may stall the whole machine's input"
    assert refcon is None
    if not server.may_listen:
        return None
    server.taps.append(Tap(mask, callback))
    return server.taps[-1]


def CGEventTapEnable(tap: Tap, enable: bool) -> None:  # noqa: N802
    assert isinstance(enable, bool)
    tap.enabled = enable


def CGEventGetIntegerValueField(event: object, field: int) -> int:  # noqa: N802
    raise AssertionError("the event was looked at")


def CFMachPortCreateRunLoopSource(allocator: None, port: Tap, order: int) -> Tap:  # noqa: N802
    assert allocator is None
    assert order == 0
    return port


def CFMachPortInvalidate(port: Tap) -> None:  # noqa: N802
    server.taps.remove(port)


def CFRunLoopGetCurrent() -> RunLoop:  # noqa: N802
    return _loops.setdefault(threading.get_ident(), RunLoop())


def CFRunLoopAddSource(loop: RunLoop, source: Tap, mode: str) -> None:  # noqa: N802
    assert mode == kCFRunLoopDefaultMode
    source.loop = loop
    loop.sourceless = False


def CFRunLoopRunInMode(mode: str, seconds: float, one: bool) -> int:  # noqa: N802
    assert mode == kCFRunLoopDefaultMode
    assert one is False
    return CFRunLoopGetCurrent().run(seconds)


def CFRunLoopStop(loop: RunLoop) -> None:  # noqa: N802
    loop.stop()


def begin() -> None:
    """A new machine, for one test."""
    fresh = Server()
    for name in Server.__dataclass_fields__:
        setattr(server, name, getattr(fresh, name))
    _loops.clear()
