"""Idle time from GNOME's compositor: org.gnome.Mutter.IdleMonitor, over the session bus.

One watch tells when input has been still for a while, another, set only then, of the first input
after that; nothing is asked while the person works or is away.

While a program keeps the session from being idle (InhibitedActions of org.gnome.SessionManager), the
first watch stays silent: then Mutter is asked every `POLL_S`, as long as input goes on.  When that
program is done, Mutter sets the last input to now, which nobody gave; the one known before stands.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from jeepney import DBusAddress, MatchRule, Message, Properties

from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.messages import Body, Refusal, method
from tray_agent.platforms.linux.pauses import Edge, Pauses
from tray_agent.ports import Loop, Timer, Unavailable

NAME = "org.gnome.Mutter.IdleMonitor"
MONITOR = DBusAddress("/org/gnome/Mutter/IdleMonitor/Core", NAME, NAME)
SESSION = DBusAddress("/org/gnome/SessionManager", "org.gnome.SessionManager", "org.gnome.SessionManager")
INHIBITED_ACTIONS = "InhibitedActions"
IDLE = 8
"""The bit of InhibitedActions that keeps the session from being idle."""

GRAIN_S = 5.0
"""The pause Mutter tells of: shorter ones change nothing and would only wake us."""

POLL_S = 10.0
RESET_SLACK_S = 2.0
"""Mutter hears of the end of an inhibition when we do, give or take its own work."""


class MutterIdle:
    """`IdleCounter` for a session whose `NAME` is owned; `lost(reason)` is called once when it goes away.

    Idle time is as of the last word from the bus; before the first, `idle_s` raises `Unavailable`.
    """

    name = "mutter"
    doubt: str | None = None

    def __init__(
        self,
        loop: Loop,
        lost: Callable[[str], object],
        bus: Bus,
        grain_s: float = GRAIN_S,
        poll_s: float = POLL_S,
    ) -> None:
        self._loop, self._lost, self._bus = loop, lost, bus
        self._most_s = self._grain_s = self._told_s = grain_s
        self._poll_s = poll_s
        self._pauses = Pauses(loop, presumed=False)
        self._known = time.monotonic()  # the last input that was one
        self._reset_at: float | None = None
        self._inhibited = False
        self._pause_watch: int | None = None
        self._return_watch: int | None = None
        self._timer: Timer | None = None
        self._closed = False
        if not bus.connected:
            raise Unavailable(bus.reason or "no bus")
        fired = MatchRule(
            type="signal", sender=NAME, interface=NAME, member="WatchFired", path=MONITOR.object_path
        )
        changed = MatchRule(
            type="signal",
            sender=SESSION.bus_name,
            interface="org.freedesktop.DBus.Properties",
            member="PropertiesChanged",
            path=SESSION.object_path,
        )
        self._stops = (
            bus.match(fired, self._fired, "u"),
            bus.match(changed, self._session_changed, "sa{sv}as"),
            bus.watch_name(NAME, self._owned),
            bus.watch_name(SESSION.bus_name, self._session_owned),
        )
        self._ask("GetIdletime", self._began, "t")

    def idle_s(self) -> float:
        """Seconds since the last input, 0 during pauses shorter than told of."""
        if self._closed:
            raise Unavailable("Mutter's idle monitor is gone")
        return self._pauses.idle_s()

    def watch(self, pause_s: float, edge: Edge) -> None:
        """Report edges from now on; one that already happened is reported in the next round."""
        self._pauses.watch(pause_s, edge)
        self._grain_s = min(self._most_s, pause_s)
        if not self._pauses.still:
            self._renew()

    def close(self) -> None:
        """Take the watches back; safe to call twice."""
        if self._closed:
            return
        self._closed = True
        self._pauses.stop()
        self._cancel()
        for stop in self._stops:
            stop()
        for watch in (self._pause_watch, self._return_watch):
            self._remove(watch)

    def _began(self, body: Body) -> None:
        """How long it has been still decides whether the first watch tells something new."""
        if body[0] >= self._told_s * 1000:
            self._fell_still(body[0] / 1000)
        else:
            self._went_on()
        self._add_pause_watch()

    def _add_pause_watch(self) -> None:
        def added(body: Body) -> None:
            self._pause_watch = body[0]

        pause_ms = max(1, round(self._told_s * 1000))
        self._ask("AddIdleWatch", added, "u", pause_ms)

    def _renew(self) -> None:
        """Be told of pauses as short as is wanted now."""
        if self._told_s != self._grain_s:
            self._told_s = self._grain_s
            self._remove(self._pause_watch)
            self._pause_watch = None
            self._add_pause_watch()

    def _fired(self, message: Message) -> None:
        watch = message.body[0]
        if watch == self._return_watch:
            self._return_watch = None
            self._went_on()
        elif watch == self._pause_watch and not self._pauses.still:
            last = time.monotonic() - self._told_s
            if self._reset_at is not None and last <= self._reset_at + RESET_SLACK_S:
                last = self._known
            self._fell_still(time.monotonic() - last)

    def _fell_still(self, age_s: float) -> None:
        self._cancel()
        self._known = time.monotonic() - age_s
        self._pauses.fell_still(age_s)

        def added(body: Body) -> None:
            self._return_watch = body[0]

        self._ask("AddUserActiveWatch", added, "u")

    def _went_on(self) -> None:
        self._known = time.monotonic()
        self._pauses.went_on()
        self._renew()
        self._poll_later()

    def _session_owned(self, owner: str | None) -> None:
        if owner is None:
            self._inhibit(0)
        else:
            self._ask_inhibited()

    def _session_changed(self, message: Message) -> None:
        interface, values, unsaid = message.body
        if interface != SESSION.interface:
            return
        if INHIBITED_ACTIONS in values:
            self._told_inhibited((values[INHIBITED_ACTIONS],))
        elif INHIBITED_ACTIONS in unsaid:
            self._ask_inhibited()

    def _ask_inhibited(self) -> None:
        question = Properties(SESSION).get(INHIBITED_ACTIONS)
        self._bus.call(question, self._told_inhibited, signature="v")

    def _told_inhibited(self, body: Body) -> None:
        kind, value = body[0]
        if kind == "u":
            self._inhibit(value)

    def _inhibit(self, actions: int) -> None:
        before, self._inhibited = self._inhibited, bool(actions & IDLE)
        if before and not self._inhibited:
            self._reset_at = time.monotonic()
        self._poll_later()

    def _poll_later(self) -> None:
        self._cancel()
        if self._inhibited and not self._pauses.still and not self._closed:
            self._timer = self._loop.call_later(self._poll_s, self._poll)

    def _poll(self) -> None:
        self._ask("GetIdletime", self._polled, "t")

    def _polled(self, body: Body) -> None:
        idle_s = body[0] / 1000
        if not self._inhibited or self._pauses.still:
            return
        self._known = time.monotonic() - idle_s
        if idle_s >= self._told_s:
            self._fell_still(idle_s)
        self._poll_later()

    def _ask(
        self,
        member: str,
        reply: Callable[[Body], object],
        signature: str,
        *milliseconds: int,
    ) -> None:
        def answered(body: Body) -> None:
            if not self._closed:
                reply(body)

        call = method(MONITOR, member, "t" * len(milliseconds), *milliseconds)
        self._bus.call(call, answered, self._refused, signature=signature)

    def _remove(self, watch: int | None) -> None:
        if watch is not None:
            self._bus.call(method(MONITOR, "RemoveWatch", "u", watch))

    def _refused(self, refusal: Refusal) -> None:
        self._die(f"Mutter's idle monitor fails: {refusal.text}")

    def _owned(self, owner: str | None) -> None:
        if owner is None:
            self._die("Mutter's idle monitor left the bus")

    def _cancel(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _die(self, reason: str) -> None:
        if not self._closed:
            self.close()
            self._lost(reason)
