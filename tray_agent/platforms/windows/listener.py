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

from tray_agent.platforms import once_listener
from tray_agent.platforms.once_listener import OnceListener
from tray_agent.platforms.windows.clocks import ticks_ms
from tray_agent.platforms.windows.last_input import TICK_ROUND, last_input_tick
from tray_agent.ports import Loop, Unavailable

if TYPE_CHECKING:
    from tray_agent.platforms.windows.pynput_hooks import BlindHooks

assert sys.platform == "win32"

ON_ITS_WAY_S = 0.2
"""Input the counter has seen may still be on its way through other programs' hooks."""


class Round(once_listener.Round):
    """One time of listening, which knows what went past it."""

    def __init__(self, tick: Callable[[], int], heard: Callable[[], object]) -> None:
        super().__init__(heard)
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


class HookListener(OnceListener[Round, "BlindHooks"]):
    """`Listener` by pynput's hooks; `lost(reason)` is called once when their thread is gone.

    `also` is called on the loop at each input heard, for the idle counter, which learns of nothing by itself.
    """

    name = "hooks"

    def __init__(
        self,
        loop: Loop,
        lost: Callable[[str], object],
        also: Callable[[], object] = lambda: None,
        tick: Callable[[], int] = last_input_tick,
    ) -> None:
        super().__init__(loop, lost, also, partial(Round, tick), _hooks)

    def alive(self) -> bool:
        """Whether the thread is there and, if armed, nothing went past the hooks."""
        if self._closed or not self._ears.is_alive():
            return False
        try:
            return self._round is None or not self._round.missed()
        except Unavailable:
            return True  # nobody can tell

    def _called(self, of: Round) -> None:
        of.came.set()
        super()._called(of)


def _hooks(called: Callable[[Round], object], ended: Callable[[str], object]) -> BlindHooks:
    # Imported here: pynput is heavy, and not everybody wants it.
    from tray_agent.platforms.windows.pynput_hooks import BlindHooks

    return BlindHooks(called, ended)
