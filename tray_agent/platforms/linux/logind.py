"""Lock and sleep as systemd-logind (or elogind) tells them, on the system bus.

Two things tell of a lock.  `LockedHint` is the truth, where the desktop keeps it.  The signals `Lock`
and `Unlock` only ask for one, and are all there is where it does not.  There nothing is heard of a
password that unlocks the screen, so what only a request told of ends with input too: `input_seen`.

A session that is not `Active` counts as locked: on its seat somebody else's is in front, or the
greeter, or a text console.  Sessions without a seat, such as those of xrdp and VNC, are always
active, also while nobody is connected: that nobody is there shows by the silence of their input.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from jeepney import HeaderFields, MatchRule, Message, Properties

from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.logind_search import LOGIND, MANAGER, SESSION, SessionSearch
from tray_agent.ports import Health, Loop, News, State

PROPERTIES = "org.freedesktop.DBus.Properties"

HANDS_OFF_S = 10.0
"""Input this soon after a lock was asked for is the hand that asked."""


class LogindSession:
    """Tells of this session's lock and of the machine's sleep; keeps `ports.SessionSensor`.

    On each (re)connection and on waking it asks how things are, and tells what has changed or was not
    known: so the first news is whether the session is locked.
    """

    def __init__(
        self, loop: Loop, bus: Bus, told: Callable[[News], object], session_id: str | None = None
    ) -> None:
        self._bus = bus
        self._told = told
        known_as = os.environ.get("XDG_SESSION_ID", "") if session_id is None else session_id
        self._search = SessionSearch(loop, bus, known_as, self._found, self._without)
        self._path: str | None = None
        self._had_session = False
        self._why_not = "logind is not running"
        self._locked = False
        self._in_front = True
        self._remote = False
        self._told_locked: bool | None = None
        self._hint_is_kept = False
        self._input_unlocks_from: float | None = None
        self._asleep = False
        self._stops = [
            bus.match(_signals(MANAGER.interface), self._manager_said),
            bus.match(_signals(SESSION), self._session_said),
            bus.match(_changes_of(SESSION), self._changed, signature="sa{sv}as"),
            bus.watch_name(LOGIND, self._owned_by),
        ]

    def input_seen(self, age_s: float) -> None:
        """Somebody touched keyboard or mouse so long ago: a lock that nothing confirms is over."""
        since = self._input_unlocks_from
        if since is not None and time.monotonic() - age_s > since:
            self._lock(locked=False)

    def let_in(self) -> None:
        """A locker says that it has let the person in: a lock that nothing confirms is over."""
        if self._input_unlocks_from is not None:
            self._lock(locked=False)

    def health(self) -> Health:
        """Whether this session is known, and if so whether it is locked, and `local` or `remote`."""
        if self._path is not None:
            reason = "locked" if self._locked else "not locked"
            reason = reason if self._in_front else "another session is in front"
            return Health("session", State.OK, "logind", reason, "remote" if self._remote else "local")
        why = self._why_not if self._bus.connected else f"no system bus: {self._bus.reason}"
        return Health("session", State.LOST if self._had_session else State.ABSENT, "logind", why)

    def close(self) -> None:
        """Hear no more; safe to call twice."""
        self._search.stop()
        for stop in self._stops:
            stop()
        self._stops.clear()

    def _owned_by(self, owner: str | None) -> None:
        if owner is None:
            self._search.stop()
            self._path, self._why_not = None, "logind is not running"
            return
        self._find("logind has not answered yet")
        question = Properties(MANAGER).get("PreparingForSleep")
        self._bus.call(question, lambda body: self._sleep(asleep=body[0] == ("b", True)), signature="v")

    def _find(self, why: str) -> None:
        self._path, self._why_not = None, why
        self._search.begin()

    def _found(self, path: str, session: dict[str, Any]) -> None:
        self._path, self._had_session = path, True
        self._in_front = session.get("Active") != ("b", False)
        self._remote = _is_remote(session)
        locked = session.get("LockedHint") == ("b", True)
        self._hint_is_kept = self._hint_is_kept or locked
        # Where nobody keeps the hint, its "not locked" denies no lock that was asked for.
        if locked or self._input_unlocks_from is None:
            self._locked, self._input_unlocks_from = locked, None
        self._tell()

    def _without(self, why: str) -> None:
        self._path, self._why_not = None, why

    def _manager_said(self, signal: Message) -> None:
        match _member(signal), signal.body:
            case "PrepareForSleep", (bool(asleep),):
                self._sleep(asleep=asleep)
            case "SessionNew", _ if self._path is None:
                self._find(self._why_not)
            case "SessionRemoved", (_, path) if path == self._path:
                self._hint_is_kept, self._input_unlocks_from = False, None
                self._find("this session has ended")
            case _:
                pass

    def _session_said(self, signal: Message) -> None:
        member = _member(signal)
        if _path(signal) != self._path or self._hint_is_kept:
            return
        if member == "Lock":
            self._lock(locked=True, input_unlocks_from=time.monotonic() + HANDS_OFF_S)
        elif member == "Unlock":
            self._lock(locked=False)

    def _changed(self, signal: Message) -> None:
        if _path(signal) != self._path:
            return
        values = signal.body[1]
        if "Active" in values:
            self._in_front = values["Active"] != ("b", False)
        if "LockedHint" in values:
            self._hint_is_kept, self._input_unlocks_from = True, None
            self._locked = values["LockedHint"] == ("b", True)
        self._tell()

    def _lock(self, *, locked: bool, input_unlocks_from: float | None = None) -> None:
        self._locked, self._input_unlocks_from = locked, input_unlocks_from
        self._tell()

    def _tell(self) -> None:
        locked = self._locked or not self._in_front
        if locked != self._told_locked:
            self._told_locked = locked
            self._told(News.LOCKED if locked else News.UNLOCKED)

    def _sleep(self, *, asleep: bool) -> None:
        if asleep == self._asleep:
            return
        self._asleep = asleep
        self._told(News.SLEEPING if asleep else News.WOKE)
        if not asleep and self._path is not None:
            if self._input_unlocks_from is not None:
                self._input_unlocks_from = time.monotonic()
            self._search.look_again(self._path)


def _is_remote(session: dict[str, Any]) -> bool:
    """Whether the person sits elsewhere.  xrdp and VNC do not set `Remote`, but have no seat."""
    match session.get("Remote"), session.get("Seat"):
        case ("b", True), _:
            return True
        case _, ("(so)", (str(seat), _)):
            return not seat
        case _:
            return False


def _signals(interface: str | None) -> MatchRule:
    return MatchRule(type="signal", sender=LOGIND, interface=interface)


def _changes_of(interface: str) -> MatchRule:
    rule = MatchRule(type="signal", sender=LOGIND, interface=PROPERTIES, member="PropertiesChanged")
    rule.add_arg_condition(0, interface)
    return rule


def _member(signal: Message) -> object:
    return signal.header.fields.get(HeaderFields.member)


def _path(signal: Message) -> object:
    return signal.header.fields.get(HeaderFields.path)
