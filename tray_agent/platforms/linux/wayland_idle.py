"""Idle time from the Wayland compositor: ext_idle_notify_v1, or the older org_kde_kwin_idle.

Each seat gets one notification for a short pause; longer ones are counted from there, so that a
pause counts in full also when it began before anybody watched.  What came before the counter itself
nobody can know: it counts from its own beginning.  While the person works without a pause, or is
away, nothing is sent or computed.

That is version 2, which tells of input as such.  In version 1 and in KDE's protocol a program that
keeps the screen awake, such as a video player, silences the notification as it is, in a pause or not:
input cannot be told from its absence then, and counts as going on, since most who keep a screen awake
sit before it.  No event tells of that; so a probe is sent now and then, ever more rarely in a pause,
which the compositor answers at once or, while there is such a program, when that is done.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from tray_agent.platforms.linux.pauses import Edge, Pauses
from tray_agent.platforms.linux.wayland_wire import NEW, Events, Offer, Wayland
from tray_agent.ports import Loop, Timer, Unavailable

GRAIN_S = 5.0
"""The pause told of by the compositor: shorter ones change nothing and would only wake us."""

DOUBTFUL_AFTER_S = 60.0
"""Input without the least pause for so long makes it worth a probe, and again each time."""

STILL_DOUBTFUL_AFTER_S = 10.0
"""So does a pause that lasts, each time twice as long as the time before."""

PROBE_MS, PROBE_PATIENCE_S = 1, 5.0
INHIBITED = "a program keeps the screen awake, and this compositor then hides whether there is input"

SEAT = "wl_seat"
DESTROY = 0


class Protocol(Struct, frozen=True):
    """A way to be told of pauses; the request's opcode, and whether the seat comes before the time."""

    name: str
    interface: str
    version: int
    request: int
    seat_first: bool
    inhibited: bool


PROTOCOLS = (
    Protocol("ext_idle_notify_v2", "ext_idle_notifier_v1", 2, 2, seat_first=False, inhibited=False),
    Protocol("ext_idle_notify_v1", "ext_idle_notifier_v1", 1, 1, seat_first=False, inhibited=True),
    Protocol("kde_idle", "org_kde_kwin_idle", 1, 0, seat_first=True, inhibited=True),
)


class WaylandIdle:
    """`IdleCounter` by the compositor's notifications; `lost(reason)` is called once when it goes away.

    `name` is the protocol.  `doubt` says why it may be wrong just now, None where there is no reason to.
    """

    def __init__(self, loop: Loop, lost: Callable[[str], object], grain_s: float = GRAIN_S) -> None:
        self._loop = loop
        self._lost = lost
        self._most_s = self._grain_s = self._told_s = grain_s
        self._pauses = Pauses(loop)
        self._closed = False
        self._seats: dict[int, int] = {}  # seat objects by the number of their global
        self._notifications: dict[int, int] = {}  # by the number of their seat's global
        self._active: set[int] = set()
        self._probe: int | None = None
        self._timer: Timer | None = None
        self._next_probe_s = DOUBTFUL_AFTER_S
        self.doubt: str | None = None
        self._wayland = Wayland(loop, self._die, self._changed)
        try:
            self._protocol, offer = self._choose()
            self._manager = self._wayland.bind(offer, self._protocol.version)
            for seat in self._seats_offered():
                self._add(seat)
            self._wayland.roundtrip()
        except Unavailable:
            self.close()
            raise
        self.name = self._protocol.name
        self._doubt_in(DOUBTFUL_AFTER_S)

    def idle_s(self) -> float:
        """Seconds since the last input as the compositor has it now, 0 during pauses shorter than told of."""
        self._wayland.roundtrip()
        return self._pauses.idle_s()

    def watch(self, pause_s: float, edge: Edge) -> None:
        """Report edges from now on; one that already happened is reported in the next round."""
        self._pauses.watch(pause_s, edge)
        self._grain_s = min(self._most_s, pause_s)
        if not self._pauses.still:  # else what is set is what tells of the return
            self._renew()

    def close(self) -> None:
        """Hang up; safe to call twice."""
        self._closed = True
        self._pauses.stop()
        self._cancel()
        self._wayland.close()

    def _choose(self) -> tuple[Protocol, Offer]:
        for protocol in PROTOCOLS:
            for offer in self._wayland.offered(protocol.interface):
                if offer.version >= protocol.version:
                    return protocol, offer
        raise Unavailable("the Wayland compositor does not tell of idleness")

    def _seats_offered(self) -> list[Offer]:
        if seats := self._wayland.offered(SEAT):
            return seats
        raise Unavailable("the Wayland compositor has no seat")

    def _changed(self, offer: Offer, there: bool) -> None:
        if offer.interface == SEAT and there:
            self._add(offer)
        elif offer.number in self._seats:
            self._remove(offer.number)

    def _add(self, offer: Offer) -> None:
        self._seats[offer.number] = self._wayland.bind(offer, 1)
        self._notify(offer.number)

    def _remove(self, seat: int) -> None:
        self._wayland.drop(self._notifications.pop(seat), DESTROY)
        del self._seats[seat]
        if not self._seats:
            self._die("the Wayland compositor has no seat any more")
        elif seat in self._active:
            self._idled(seat)

    def _renew(self) -> None:
        """Be told of pauses as short as is wanted now; input goes on, so no return can be missed."""
        if self._told_s != self._grain_s:
            self._told_s = self._grain_s
            self._set_anew()

    def _set_anew(self) -> None:
        for seat, notification in self._notifications.items():
            self._wayland.drop(notification, DESTROY)
            self._notify(seat)

    def _notify(self, seat: int) -> None:
        events = {0: ("", lambda: self._idled(seat)), 1: ("", lambda: self._resumed(seat))}
        self._active.add(seat)
        self._notifications[seat] = self._ask(seat, round(self._told_s * 1000), events)

    def _ask(self, seat: int, pause_ms: int, events: Events) -> int:
        what = (max(1, pause_ms), self._seats[seat])
        if self._protocol.seat_first:
            what = what[::-1]
        return self._wayland.make(self._manager, self._protocol.request, events, NEW, *what)

    def _idled(self, seat: int) -> None:
        self._active.discard(seat)
        if not self._active:
            self._pauses.fell_still(self._told_s)
            self._believe()
            self._doubt_in(STILL_DOUBTFUL_AFTER_S)

    def _resumed(self, seat: int) -> None:
        self._active.add(seat)
        self._pauses.went_on()
        self._renew()
        self._believe()
        self._doubt_in(DOUBTFUL_AFTER_S)

    def _doubt_in(self, seconds: float) -> None:
        self._cancel()
        if self._protocol.inhibited:
            self._next_probe_s = seconds
            self._timer = self._loop.call_later(seconds, self._doubt)

    def _doubt(self) -> None:
        """Ask for the least pause there is: it comes at once even between two keys, or not at all."""
        seat = next(iter(self._seats))
        self._probe = self._ask(seat, PROBE_MS, {0: ("", self._probed)})
        self._timer = self._loop.call_later(PROBE_PATIENCE_S, self._found_out)

    def _found_out(self) -> None:
        self.doubt = INHIBITED  # until the probe is answered: that is when the screen may sleep again
        if self._pauses.still:
            self._set_anew()  # what has told of this pause would tell of no other before its end
            self._pauses.went_on()

    def _probed(self) -> None:
        self._believe()
        self._doubt_in(2 * self._next_probe_s if self._pauses.still else DOUBTFUL_AFTER_S)

    def _believe(self) -> None:
        self.doubt = None
        if self._probe is not None:
            self._wayland.drop(self._probe, DESTROY)
            self._probe = None

    def _cancel(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _die(self, reason: str) -> None:
        if not self._closed:
            self.close()
            self._lost(reason)
