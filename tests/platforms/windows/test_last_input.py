"""The counter with real input, and by itself on a machine whose ticks do what they may."""

from __future__ import annotations

import sys
from contextlib import closing

import pytest

from tests.support.fake_loop import FakeLoop
from tests.support.sampled import Sampled
from tests.support.turning import turn_until
from tests.support.waiting import wait_until
from tests.support.windows_person import press_key, scroll
from tray_agent.platforms.windows import last_input
from tray_agent.platforms.windows.last_input import GONE, TICK_ROUND, LastInputIdle, last_input_tick
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

DAY_MS = 86_400_000


class Machine(Sampled):
    """Ticks as a test wants them: `tick` is the last input's, the loop's time the machine's."""

    gone = GONE

    def __init__(self, idle_s: float = 0.0, up_ms: int = 5 * DAY_MS) -> None:
        super().__init__()
        self.up_ms = up_ms
        self.tick = round(up_ms - idle_s * 1000) % TICK_ROUND
        self.counter = LastInputIdle(self.loop, self.lost.append, self._last, lambda: self.now)

    @property
    def now(self) -> int:
        return self.up_ms + round(self.loop.time * 1000)

    def touched(self, tick: int | None = None) -> None:
        self.tick = (self.now if tick is None else tick) % TICK_ROUND

    def _last(self) -> int:
        self.answers()
        return self.tick


def nobody(_reason: str) -> None:
    pass


@pytest.mark.parametrize("touch", [scroll, press_key])
def test_real_input_moves_it(touch: object) -> None:
    with closing(LastInputIdle(FakeLoop(), nobody)) as counter:
        wait_until(lambda: counter.idle_s() > 0.1, "a pause")
        touch()  # type: ignore[operator]
        wait_until(lambda: counter.idle_s() < 0.1, "the count to begin anew")


def test_a_forged_stamp_is_input_now(loop: SelectorLoop) -> None:
    """SendInput lets a program write its own time on what it sends."""
    with closing(LastInputIdle(loop, nobody)) as counter:
        wait_until(lambda: counter.idle_s() > 0.2, "a pause")
        for stamp in (last_input_tick() + 3_600_000, 1_000):
            scroll(stamp)
            turn_until(loop, lambda: counter.idle_s() < 0.15, "the input")
            wait_until(lambda: counter.idle_s() > 0.2, "the count to go on")
        scroll()


def test_the_round_of_ticks_is_no_jump() -> None:
    machine = Machine(up_ms=TICK_ROUND - 1_000)
    machine.touched()
    machine.loop.advance(5)
    assert machine.counter.idle_s() == 5
    machine.touched()
    machine.loop.advance(2)
    assert machine.counter.idle_s() == 2


def test_a_month_without_input_is_a_month() -> None:
    machine = Machine()
    machine.watch(30)
    machine.loop.advance(60 * 86400)
    assert machine.counter.idle_s() == 60 * 86400
    assert len(machine.edges) == 1


@pytest.mark.parametrize("up_ms", [5 * DAY_MS, 80 * DAY_MS])
def test_a_tick_that_runs_ahead_counts_from_when_it_was_seen(up_ms: int) -> None:
    machine = Machine(up_ms=up_ms)
    machine.loop.advance(100)
    machine.touched(machine.now + DAY_MS)
    assert machine.counter.idle_s() == 0
    machine.loop.advance(40)
    assert machine.counter.idle_s() == 40
    machine.touched()
    assert machine.counter.idle_s() == 0


@pytest.mark.parametrize("up_ms", [5 * DAY_MS, 80 * DAY_MS])
def test_one_that_was_ahead_from_the_start_does_too(up_ms: int) -> None:
    machine = Machine(idle_s=-0.01, up_ms=up_ms)
    assert machine.counter.idle_s() == 0
    machine.loop.advance(40)
    assert machine.counter.idle_s() == 40


def test_a_tick_that_goes_back_is_input_all_the_same() -> None:
    machine = Machine()
    machine.loop.advance(100)
    machine.touched(machine.now - 3_600_000)
    assert machine.counter.idle_s() == 0


def test_a_system_that_refuses_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        def GetLastInputInfo(self, _info: object) -> int:  # noqa: N802
            return 0

    monkeypatch.setattr(last_input, "_user32", Refusing())
    with pytest.raises(Unavailable, match=GONE):
        LastInputIdle(FakeLoop(), nobody)
