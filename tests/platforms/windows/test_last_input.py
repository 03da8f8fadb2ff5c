"""The counter with real input, and by itself on a machine whose ticks do what they may."""

from __future__ import annotations

import sys
from contextlib import closing

import pytest

from tests.support.fake_loop import FakeLoop
from tests.support.turning import turn_until
from tests.support.waiting import wait_until
from tests.support.windows_person import press_key, scroll
from tray_agent.platforms.windows import last_input
from tray_agent.platforms.windows.last_input import GONE, TICK_ROUND, LastInputIdle, last_input_tick
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

DAY_MS = 86_400_000


class Machine:
    """Ticks as a test wants them: `tick` is the last input's, the loop's time the machine's."""

    def __init__(self, up_ms: int = 5 * DAY_MS, idle_ms: int = 0) -> None:
        self.loop = FakeLoop()
        self.up_ms = up_ms
        self.tick = (up_ms - idle_ms) % TICK_ROUND
        self.asked: list[float] = []
        self.lost: list[str] = []
        self.edges: list[tuple[float, bool, float]] = []
        self.refuses = False
        self.counter = LastInputIdle(self.loop, self.lost.append, self._last, lambda: self.now)

    @property
    def now(self) -> int:
        return self.up_ms + round(self.loop.time * 1000)

    def touched(self, tick: int | None = None) -> None:
        self.tick = (self.now if tick is None else tick) % TICK_ROUND

    def watch(self, pause_s: float) -> None:
        self.asked.clear()
        self.counter.watch(pause_s, lambda active, idle: self.edges.append((self.loop.time, active, idle)))

    def _last(self) -> int:
        if self.refuses:
            raise Unavailable(GONE)
        self.asked.append(self.loop.time)
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
    machine = Machine(up_ms)
    machine.loop.advance(100)
    machine.touched(machine.now + DAY_MS)
    assert machine.counter.idle_s() == 0
    machine.loop.advance(40)
    assert machine.counter.idle_s() == 40
    machine.touched()
    assert machine.counter.idle_s() == 0


@pytest.mark.parametrize("up_ms", [5 * DAY_MS, 80 * DAY_MS])
def test_one_that_was_ahead_from_the_start_does_too(up_ms: int) -> None:
    machine = Machine(up_ms, idle_ms=-10)
    assert machine.counter.idle_s() == 0
    machine.loop.advance(40)
    assert machine.counter.idle_s() == 40


def test_a_tick_that_goes_back_is_input_all_the_same() -> None:
    machine = Machine()
    machine.loop.advance(100)
    machine.touched(machine.now - 3_600_000)
    assert machine.counter.idle_s() == 0


@pytest.mark.parametrize(
    ("pause_s", "idle_s", "asked_at"),
    [
        (30.0, 0.0, [0.0, 30.0, 33.0, 36.3, 39.93]),
        (30.0, 12.0, [0.0, 18.0, 21.0, 24.3, 27.93]),
        (5.0, 0.0, [0.0, 5.0, 5.5, 6.05, 6.655]),
        (30.0, 600.0, [0.0, 15.0, 30.0, 45.0, 60.0]),
    ],
)
def test_it_asks_no_oftener_than_an_edge_may_be_late(
    pause_s: float, idle_s: float, asked_at: list[float]
) -> None:
    machine = Machine(idle_ms=round(idle_s * 1000))
    machine.watch(pause_s)
    while len(machine.asked) < len(asked_at):
        machine.loop.advance(0.5)
    assert machine.asked[: len(asked_at)] == pytest.approx(asked_at, abs=0.01)
    pause_at = max(0.0, pause_s - idle_s)
    assert machine.edges == [(pause_at, False, idle_s + pause_at)]


def test_work_costs_one_question_a_pause() -> None:
    machine = Machine()
    machine.watch(30)
    for _ in range(600):
        machine.loop.advance(1)
        machine.touched()
    assert machine.edges == []
    assert len(machine.asked) <= 22


def test_a_return_with_the_next_pause_behind_it_is_told_as_both() -> None:
    machine = Machine()
    machine.watch(1)
    machine.loop.advance(300)
    machine.loop.advance(0.1)
    machine.touched()
    machine.loop.advance(20)
    assert [active for _, active, _ in machine.edges] == [False, True, False]


def test_whoever_asks_in_between_takes_no_edge_away() -> None:
    machine = Machine()
    machine.watch(30)
    machine.loop.advance(60)
    machine.touched()
    assert machine.counter.idle_s() == 0
    machine.loop.advance(15)
    assert [active for _, active, _ in machine.edges] == [False, True]


def test_told_of_input_it_looks_at_once() -> None:
    machine = Machine()
    machine.watch(30)
    machine.loop.advance(300)
    machine.counter.look()
    machine.touched()
    machine.loop.advance(0.06)
    assert [active for _, active, _ in machine.edges] == [False, True]
    asked = len(machine.asked)
    machine.counter.look()
    machine.loop.advance(1)
    assert len(machine.asked) == asked, "while input goes on there is nothing to hurry for"


def test_a_refusal_is_a_loss_told_once() -> None:
    machine = Machine()
    machine.watch(30)
    machine.refuses = True
    machine.loop.advance(100)
    assert machine.lost == [GONE]
    with pytest.raises(Unavailable):
        machine.counter.idle_s()


def test_a_system_that_refuses_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        def GetLastInputInfo(self, _info: object) -> int:  # noqa: N802
            return 0

    monkeypatch.setattr(last_input, "_user32", Refusing())
    with pytest.raises(Unavailable, match=GONE):
        LastInputIdle(FakeLoop(), nobody)
