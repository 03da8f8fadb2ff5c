"""A listener over a thread of pynput's that hears every input: it tells of one, then has it fall silent.

Windows and macOS call such a thread while they hold the input back, so that it must do nothing but pass on
that it was called; what follows happens on the agent's loop.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from tray_agent.ports import Loop, Unavailable

PATIENCE_S = 1.0


class Round:
    """One time of listening; `waits` until input was heard or nobody cares any more."""

    def __init__(self, heard: Callable[[], object]) -> None:
        self.heard = heard
        self.waits = True


class Ears(Protocol):
    """The thread: `listen(round)` has it call `called(round)` at each input, `listen(None)` no more."""

    started: threading.Event
    running: Any
    reason: str

    def start(self) -> None:
        """Begin; `started` is set once it runs, or has failed for `reason`."""

    def stop(self) -> None:
        """End soon."""

    def is_alive(self) -> bool:
        """Whether the thread is there."""

    def listen(self, of: Any) -> None:
        """For this round, or for none."""

    def finish(self, patience_s: float) -> None:
        """End, and wait so long for it."""


R = TypeVar("R", bound=Round)
E = TypeVar("E", bound=Ears)
Made = Callable[[Callable[[Any], object], Callable[[str], object]], E]
"""Makes a thread that calls the first with a round at each input, the second when it has ended, and why."""


class OnceListener(Generic[R, E]):
    """Keeps `ports.Listener` but for `name` and `alive`.

    `lost(reason)` is called once when the thread is gone; `also` is called on the loop at each input heard,
    for an idle counter that learns of nothing by itself.
    """

    doubt: str | None = None

    def __init__(
        self,
        loop: Loop,
        lost: Callable[[str], object],
        also: Callable[[], object],
        round_for: Callable[[Callable[[], object]], R],
        make: Made[E],
    ) -> None:
        self._loop = loop
        self._lost = lost
        self._also = also
        self._round_for = round_for
        self._closed = True
        self._round: R | None = None
        self._ears = started(make, self._called, self._ended)
        self._closed = False

    def arm(self, heard: Callable[[], object]) -> None:
        """Call `heard` once, at the next input."""
        if self._round:
            self._round.heard = heard
        elif not self._closed:
            self._round = self._round_for(heard)
            self._ears.listen(self._round)

    def disarm(self) -> None:
        """Fall silent now, and have the system call nobody."""
        ending, self._round = self._round, None
        if ending:
            ending.waits = False
            self._ears.listen(None)

    def close(self) -> None:
        """End the thread and what it hangs on; safe to call twice."""
        if not self._closed:
            self._closed = True
            self._round = None
            self._ears.finish(PATIENCE_S)

    def _called(self, of: R) -> None:
        """On the thread, while the system waits."""
        self._loop.call_soon(partial(self._count, of))

    def _count(self, of: R) -> None:
        if of is self._round:
            self._round = None
            self._also()
            of.heard()

    def _ended(self, reason: str) -> None:
        self._loop.call_soon(partial(self._die, reason))

    def _die(self, reason: str) -> None:
        if not self._closed:
            self.close()
            self._lost(reason)


def started(make: Made[E], called: Callable[[Any], object], ended: Callable[[str], object]) -> E:
    """The thread, running; raises `Unavailable`."""
    try:
        ears = make(called, ended)
    except ImportError as missing:
        reason = str(missing).partition("\n")[0]
        raise Unavailable(f"pynput cannot be imported: {reason}") from missing
    ears.start()
    if not ears.started.wait(PATIENCE_S):
        ears.stop()
        raise Unavailable("the listener's thread could not start")
    if not ears.running:
        raise Unavailable(ears.reason)
    return ears
