"""Full screen under Wayland, by wlr_foreign_toplevel_management (version 2): sway and its kin.

The compositor tells of each window's states and outputs, but not which windows can be seen.  On each
output that is the one last activated there: slides on a projector count while the notes on the
laptop have the keys, a full screen that another window or workspace covers does not.

Titles are passed over undecoded.  Of a program's id only one thing is kept: whether it is ours.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Collection

from msgspec import Struct, field

from tray_agent.platforms.linux.wayland_wire import Events, Offer, Wayland
from tray_agent.ports import Loop, State, Timer, Unavailable

MANAGER, OUTPUT = "zwlr_foreign_toplevel_manager_v1", "wl_output"
OUR_ID = b"org.trayagent.TrayAgent\0"
DESTROY = 7
MINIMISED, ACTIVATED, FULL_SCREEN = 1, 2, 3
RECONNECT_S = 5.0


class Toplevel(Struct, eq=False):
    """A window as it is since the last `done`; what comes after that is in `next` and `outputs`."""

    ours: bool = False
    next: frozenset[int] = frozenset()
    states: frozenset[int] = frozenset()
    outputs: set[int] = field(default_factory=set)

    def fills(self) -> bool:
        """Whether it is in full screen."""
        return FULL_SCREEN in self.states and MINIMISED not in self.states


class ForeignToplevels:
    """`changed()` is called when `fills` has another answer; while it has none, `trouble` says why."""

    source = "wlr_foreign_toplevel"

    def __init__(self, loop: Loop, changed: Callable[[], object]) -> None:
        self._loop, self._changed = loop, changed
        self._outputs: dict[int, int] = {}  # objects by the number of their global
        self._in_sight: dict[int, Toplevel] = {}  # by the output's object
        self._answer: bool | None = None
        self._retry: Timer | None = None
        self._wayland: Wayland | None = None
        self.trouble: tuple[State, str] | None = None
        self._connect()

    def fills(self) -> bool | None:
        """Whether a program fills an output, by what the compositor has told so far."""
        return self._answer

    def close(self) -> None:
        """Hang up; safe to call twice."""
        if self._retry is not None:
            self._retry.cancel()
        if self._wayland is not None:
            self._wayland.close()
            self._wayland = None

    def _connect(self) -> None:
        self._outputs.clear()
        self._in_sight.clear()
        try:
            wayland = self._wayland = Wayland(self._loop, self._lost, self._offered)
            managers = wayland.offered(MANAGER)
            if not managers:
                self.close()
                self.trouble = State.ABSENT, "the Wayland compositor does not list windows"
                return
            for output in wayland.offered(OUTPUT):
                self._offered(output, there=True)
            wayland.bind(managers[0], 2, {0: ("n", self._opened), 1: ("", self._finished)})
            wayland.roundtrip()
        except Unavailable as why:
            self._lost(str(why))
        else:
            self.trouble = None
            self._decide()

    def _finished(self) -> None:
        self._lost("the Wayland compositor stopped listing windows")

    def _lost(self, reason: str) -> None:
        self.close()
        self.trouble = State.LOST, reason
        self._retry = self._loop.call_later(RECONNECT_S, self._connect)
        self._say(None)

    def _offered(self, offer: Offer, there: bool) -> None:
        if offer.interface != OUTPUT or self._wayland is None:
            return
        if there:
            # Who has not bound an output is not told what is on it.
            self._outputs[offer.number] = self._wayland.bind(offer, 1)
        else:
            self._in_sight.pop(self._outputs.pop(offer.number, 0), None)
            self._decide()

    def _opened(self, handle: int) -> None:
        window = Toplevel()
        events: Events = {
            1: ("a", lambda name: self._named(window, name)),
            2: ("o", window.outputs.add),
            3: ("o", window.outputs.discard),
            4: ("a", lambda states: self._turned(window, states)),
            5: ("", lambda: self._done(window)),
            6: ("", lambda: self._closed(window, handle)),
        }
        if self._wayland is not None:
            self._wayland.adopt(handle, events)

    def _named(self, window: Toplevel, name: bytes) -> None:
        window.ours = name == OUR_ID

    def _turned(self, window: Toplevel, states: bytes) -> None:
        window.next = frozenset(struct.unpack_from(f"={len(states) // 4}I", states))

    def _done(self, window: Toplevel) -> None:
        window.states = window.next
        self._forget(window, still_on=window.outputs)
        if ACTIVATED in window.states and not window.ours:
            self._in_sight |= dict.fromkeys(window.outputs, window)
        self._decide()

    def _closed(self, window: Toplevel, handle: int) -> None:
        self._forget(window, still_on=())
        if self._wayland is not None:
            self._wayland.drop(handle, DESTROY)
        self._decide()

    def _forget(self, window: Toplevel, still_on: Collection[int]) -> None:
        for output in [at for at, seen in self._in_sight.items() if seen is window and at not in still_on]:
            del self._in_sight[output]

    def _decide(self) -> None:
        self._say(any(window.fills() for window in self._in_sight.values()))

    def _say(self, answer: bool | None) -> None:
        if answer is not self._answer:
            self._answer = answer
            self._loop.call_soon(self._changed)
