"""The content-blind listener on Windows: it hears that there was input, once, and falls silent.

Injected input counts: it may be a person's only one.  Windows shows a hook nothing of what is done in
front of a window with more rights, such as an administrator's, on the lock screen, or by touch in some
programs; and it takes a hook away for good, without a word, when a call of it took longer than the
registry's LowLevelHooksTimeout, as may happen while the machine wakes.  All of these look alike from here:
the session's last input moved, and nothing was heard.  Then this listener says that it is not alive, a new
one takes its place, and in the meantime the idle counter's word counts.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tray_agent.platforms.windows.clocks import ticks_ms
from tray_agent.platforms.windows.last_input import TICK_ROUND, last_input_tick
from tray_agent.ports import Loop, Unavailable

if TYPE_CHECKING:
    from tray_agent.platforms.windows.pynput_hooks import BlindHooks

assert sys.platform == "win32"

PATIENCE_S = 1.0
ON_ITS_WAY_S = 0.2
"""Input the counter has seen may still be on its way through other programs' hooks."""


class Round:
    """One time of listening; `waits` until input was heard or nobody cares any more."""

    def __init__(self, heard: Callable[[], object], tick: Callable[[], int]) -> None:
        self.heard = heard
        self.waits = True
        self.came = threading.Event()
        self._tick = tick
        self._began: tuple[int, int] | None = None

    def begun(self) -> None:
        """The hooks are set: from here on, input that moves the counter is heard."""
        if self._began is None:
            try:
                self._began = self._tick(), ticks_ms()
            except Unavailable:
                pass  # then there is nothing to compare with

    def missed(self) -> bool:
        """Whether there was input that nobody heard."""
        if self._began is None:
            return False
        tick, (tick_before, began_ms) = self._tick(), self._began
        later_ms = (tick - began_ms) % TICK_ROUND
        # What was under way as the hooks were set is neither heard nor missed.
        if tick == tick_before or not ON_ITS_WAY_S * 1000 < later_ms < TICK_ROUND // 2:
            return False
        return not self.came.wait(ON_ITS_WAY_S)


class HookListener:
    """`Listener` by pynput's hooks; `lost(reason)` is called once when their thread is gone.

    `also` is called on the loop at each input heard, for the idle counter, which learns of nothing by itself.
    """

    name = "hooks"
    doubt: str | None = None

    def __init__(
        self,
        loop: Loop,
        lost: Callable[[str], object],
        also: Callable[[], object] = lambda: None,
        tick: Callable[[], int] = last_input_tick,
    ) -> None:
        self._loop = loop
        self._lost = lost
        self._also = also
        self._tick = tick
        self._closed = False
        self._round: Round | None = None
        self._hooks = _started(self._called, self._ended)

    def arm(self, heard: Callable[[], object]) -> None:
        """Call `heard` once, at the next input."""
        if self._round:
            self._round.heard = heard
        elif not self._closed:
            self._round = Round(heard, self._tick)
            self._hooks.listen(self._round)

    def disarm(self) -> None:
        """Fall silent now, and have Windows call nobody."""
        ending, self._round = self._round, None
        if ending:
            ending.waits = False
            self._hooks.listen(None)

    def alive(self) -> bool:
        """Whether the thread is there and, if armed, nothing went past the hooks."""
        if self._closed or not self._hooks.is_alive():
            return False
        try:
            return self._round is None or not self._round.missed()
        except Unavailable:
            return True  # nobody can tell

    def close(self) -> None:
        """End the thread and its hooks; safe to call twice."""
        if not self._closed:
            self._closed = True
            self._round = None
            self._hooks.finish(PATIENCE_S)

    def _called(self, of: Round) -> None:
        """On the hooks' thread, while Windows holds the event back."""
        of.came.set()
        self._loop.call_soon(partial(self._count, of))

    def _count(self, of: Round) -> None:
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


def _started(called: Callable[[Round], object], ended: Callable[[str], object]) -> BlindHooks:
    try:
        # Imported here: pynput is heavy, and not everybody wants it.
        from tray_agent.platforms.windows.pynput_hooks import BlindHooks
    except ImportError as missing:
        reason = str(missing).partition("\n")[0]
        raise Unavailable(f"pynput cannot be imported: {reason}") from missing
    hooks = BlindHooks(called, ended)
    hooks.start()
    if not hooks.started.wait(PATIENCE_S):
        raise Unavailable("the listener's thread could not start")
    if not hooks.running:
        raise Unavailable(hooks.reason)
    return hooks
