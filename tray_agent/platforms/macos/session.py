"""Lock, sleep and who sits where, as macOS tells programs that listen.

That the screen is locked is broadcast under names that Apple has not published, so each word of it is
checked against the window server's dictionary of this session, whose key for the lock is not published
either: at the beginning, after each notification, and whenever input comes to a session that seems to be
locked.  A wake is no unlocking: the screen mostly locks in sleep.  A session that is not on the console
counts as locked: somebody else's is in front, or the login window.

Apple developer documentation: "NSWorkspace.willSleepNotification", "sessionDidResignActiveNotification",
"CGSessionCopyCurrentDictionary".
"""

from __future__ import annotations

from collections.abc import Callable

import objc
from AppKit import (
    NSWorkspaceDidWakeNotification,
    NSWorkspaceScreensDidSleepNotification,
    NSWorkspaceScreensDidWakeNotification,
    NSWorkspaceSessionDidBecomeActiveNotification,
    NSWorkspaceSessionDidResignActiveNotification,
    NSWorkspaceWillSleepNotification,
)
from msgspec import Struct
from Quartz import CGSessionCopyCurrentDictionary, kCGSessionOnConsoleKey

from tray_agent.platforms.macos.broadcasts import Broadcasts
from tray_agent.platforms.macos.notices import Notices
from tray_agent.ports import Health, Loop, News, State, Timer

LOCKED, UNLOCKED = "com.apple.screenIsLocked", "com.apple.screenIsUnlocked"
IS_LOCKED = "CGSSessionScreenIsLocked"

LOOK_AGAIN_S = 2.0
"""The dictionary may still say the old at the moment of a notification."""

_OF_THE_WORKSPACE = (
    NSWorkspaceWillSleepNotification,
    NSWorkspaceDidWakeNotification,
    NSWorkspaceScreensDidSleepNotification,
    NSWorkspaceScreensDidWakeNotification,
    NSWorkspaceSessionDidBecomeActiveNotification,
    NSWorkspaceSessionDidResignActiveNotification,
)


class Seen(Struct, frozen=True):
    """What the window server says of this session."""

    locked: bool
    in_front: bool


def ask() -> Seen | None:
    """How this session is now; None outside of a session with windows.  Thread-safe; two keys are read."""
    with objc.autorelease_pool():
        session = CGSessionCopyCurrentDictionary()
        if session is None:
            return None
        # The key of the lock is there only while it is locked.
        return Seen(bool(session.get(IS_LOCKED, False)), bool(session.get(kCGSessionOnConsoleKey, True)))


class MacSession:
    """Keeps `ports.SessionSensor`; `asks` finds out how the session is now."""

    def __init__(
        self, loop: Loop, told: Callable[[News], object], asks: Callable[[], Seen | None] = ask
    ) -> None:
        self._loop = loop
        self._told = told
        self._ask = asks
        self._locked: bool | None = None
        self._in_front = True
        self._told_locked: bool | None = None
        self._asleep = self._closed = self._silent = False
        self._again: Timer | None = None
        self._ears = (
            Broadcasts(loop, self._changed, (LOCKED, UNLOCKED)),
            Notices(loop, self._changed, workspace=_OF_THE_WORKSPACE),
        )
        loop.call_soon(self._look)

    def input_seen(self, age_s: float) -> None:
        """Somebody touched keyboard or mouse so long ago: a lock may be over whose end nobody told."""
        if self._locked is None:
            # Nobody can start an agent behind a lock.
            self._locked = False
            self._tell()
        elif self._told_locked:
            self._look()

    def health(self) -> Health:
        """Whether the session is locked or another in front, and whether anybody says so."""
        if self._silent:
            reason = "macOS does not say whether the session is locked"
            return Health("session", State.DEGRADED, "workspace", reason)
        reason = {True: "locked", False: "not locked", None: "not known to be locked"}[self._locked]
        reason = reason if self._in_front else "another session is in front"
        return Health("session", State.OK, "workspace", reason)

    def close(self) -> None:
        """Hear no more; safe to call twice."""
        self._closed = True
        if self._again:
            self._again.cancel()
        for ears in self._ears:
            ears.close()

    def _changed(self, name: str) -> None:
        if name in (LOCKED, UNLOCKED):
            self._locked = name == LOCKED
        elif name == NSWorkspaceSessionDidResignActiveNotification:
            self._in_front = False
        elif name == NSWorkspaceSessionDidBecomeActiveNotification:
            # It comes back behind a lock, as a rule.
            self._in_front = True
            self._look()
        elif name == NSWorkspaceWillSleepNotification:
            self._sleep(asleep=True)
        elif name == NSWorkspaceDidWakeNotification:
            self._sleep(asleep=False)
        self._tell()
        if self._again:
            self._again.cancel()
        self._again = self._loop.call_later(LOOK_AGAIN_S, self._look)

    def _look(self) -> None:
        if self._closed:
            return
        seen = self._ask()
        self._silent = seen is None
        if seen is not None:
            self._locked, self._in_front = seen.locked, seen.in_front
            self._tell()

    def _tell(self) -> None:
        locked = self._locked or not self._in_front
        unknown = self._locked is None and self._told_locked is None and self._in_front
        if self._closed or unknown or locked == self._told_locked:
            return
        self._told_locked = locked
        self._told(News.LOCKED if locked else News.UNLOCKED)

    def _sleep(self, *, asleep: bool) -> None:
        if asleep != self._asleep:
            self._asleep = asleep
            self._told(News.SLEEPING if asleep else News.WOKE)
