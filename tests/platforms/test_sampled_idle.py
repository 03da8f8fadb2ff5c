"""When a counter is asked that is told of nothing, and which edges come of it."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from tests.support.sampled import Sampled
from tray_agent.platforms.sampled_idle import SampledIdle
from tray_agent.ports import IdleCounter, Unavailable


class Counter(SampledIdle):
    """One that needs nothing but the moment of the last input."""

    name = "played"

    def __init__(self, machine: Played) -> None:
        super().__init__(machine.loop, machine.lost.append, machine.gone)
        self._machine, self._known = machine, machine.last

    def _sample(self) -> float:
        self._machine.answers()
        if self._machine.last != self._known:
            self._known, self._touched = self._machine.last, True
        return self._machine.loop.time - self._machine.last


class Played(Sampled):
    """Of no system."""

    gone = "nobody counts"

    def __init__(self, idle_s: float = 0.0) -> None:
        super().__init__()
        self.last = -idle_s
        self.counter = Counter(self)

    def touched(self) -> None:
        self.last = self.loop.time


MACHINES: list[Callable[[float], Sampled]] = [Played]
if sys.platform == "win32":
    from tests.platforms.windows.test_last_input import Machine

    MACHINES.append(Machine)


@pytest.fixture(params=MACHINES)
def make(request: pytest.FixtureRequest) -> Callable[[float], Sampled]:
    made: Callable[[float], Sampled] = request.param
    return made


@pytest.fixture
def machine(make: Callable[[float], Sampled]) -> Sampled:
    """Touched just now."""
    return make(0.0)


def test_it_keeps_the_port(machine: Sampled) -> None:
    counter: IdleCounter = machine.counter
    assert counter.name
    assert counter.doubt is None


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
    make: Callable[[float], Sampled], pause_s: float, idle_s: float, asked_at: list[float]
) -> None:
    machine = make(idle_s)
    machine.watch(pause_s)
    machine.loop.advance(61)
    assert machine.asked[: len(asked_at)] == pytest.approx(asked_at, abs=0.01)
    pause_at = max(0.0, pause_s - idle_s)
    assert machine.edges == [(pause_at, False, idle_s + pause_at)]


def test_work_costs_one_question_a_pause(machine: Sampled) -> None:
    machine.watch(30)
    for _ in range(600):
        machine.loop.advance(1)
        machine.touched()
    assert machine.edges == []
    assert len(machine.asked) <= 22


def test_a_return_with_the_next_pause_behind_it_is_told_as_both(machine: Sampled) -> None:
    machine.watch(1)
    machine.loop.advance(300.1)
    machine.touched()
    machine.loop.advance(20)
    assert machine.told == [False, True, False]


def test_whoever_asks_in_between_takes_no_edge_away(machine: Sampled) -> None:
    machine.watch(30)
    machine.loop.advance(60)
    machine.touched()
    assert machine.counter.idle_s() == 0
    machine.loop.advance(15)
    assert machine.told == [False, True]


def test_told_of_input_it_looks_at_once(machine: Sampled) -> None:
    machine.watch(30)
    machine.loop.advance(300)
    machine.counter.look()
    machine.touched()
    machine.loop.advance(0.06)
    assert machine.told == [False, True]
    asked = len(machine.asked)
    machine.counter.look()
    machine.loop.advance(1)
    assert len(machine.asked) == asked, "while input goes on there is nothing to hurry for"


def test_a_refusal_is_a_loss_told_once(machine: Sampled) -> None:
    machine.watch(30)
    machine.refuses = True
    machine.loop.advance(100)
    assert machine.lost == [machine.gone]
    with pytest.raises(Unavailable, match=machine.gone):
        machine.counter.idle_s()


def test_closed_it_asks_no_more(machine: Sampled) -> None:
    machine.watch(30)
    machine.counter.close()
    machine.counter.close()
    machine.counter.look()
    machine.loop.advance(100)
    assert (machine.asked, machine.edges, machine.lost) == ([], [], [])
