"""When a counter is asked that is told of nothing, and which edges come of it."""

from __future__ import annotations

import pytest

from tests.support.fake_loop import FakeLoop
from tray_agent.platforms.sampled_idle import SampledIdle
from tray_agent.ports import IdleCounter, Unavailable

GONE = "nobody counts"


class Counter(SampledIdle):
    """One whose last input a test sets; `asked` is when it was asked."""

    name = "played"

    def __init__(self, idle_s: float = 0.0) -> None:
        self.loop = FakeLoop()
        self.lost: list[str] = []
        self.asked: list[float] = []
        self.edges: list[tuple[float, bool, float]] = []
        self.refuses = False
        self.last = self._known = -idle_s
        super().__init__(self.loop, self.lost.append, GONE)

    def touched(self) -> None:
        self.last = self.loop.time

    def begins(self, pause_s: float) -> None:
        self.watch(pause_s, lambda active, idle: self.edges.append((self.loop.time, active, idle)))

    @property
    def told(self) -> list[bool]:
        return [active for _, active, _ in self.edges]

    def _sample(self) -> float:
        if self.refuses:
            raise Unavailable(GONE)
        self.asked.append(self.loop.time)
        if self.last != self._known:
            self._known, self._touched = self.last, True
        return self.loop.time - self.last


def test_it_keeps_the_port() -> None:
    counter: IdleCounter = Counter()
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
    pause_s: float, idle_s: float, asked_at: list[float]
) -> None:
    counter = Counter(idle_s)
    counter.begins(pause_s)
    counter.loop.advance(61)
    assert counter.asked[: len(asked_at)] == pytest.approx(asked_at, abs=0.01)
    pause_at = max(0.0, pause_s - idle_s)
    assert counter.edges == [(pause_at, False, idle_s + pause_at)]


def test_work_costs_one_question_a_pause() -> None:
    counter = Counter()
    counter.begins(30)
    for _ in range(600):
        counter.loop.advance(1)
        counter.touched()
    assert counter.edges == []
    assert len(counter.asked) <= 22


def test_a_return_with_the_next_pause_behind_it_is_told_as_both() -> None:
    counter = Counter()
    counter.begins(1)
    counter.loop.advance(300.1)
    counter.touched()
    counter.loop.advance(20)
    assert counter.told == [False, True, False]


def test_whoever_asks_in_between_takes_no_edge_away() -> None:
    counter = Counter()
    counter.begins(30)
    counter.loop.advance(60)
    counter.touched()
    assert counter.idle_s() == 0
    counter.loop.advance(15)
    assert counter.told == [False, True]


def test_told_of_input_it_looks_at_once() -> None:
    counter = Counter()
    counter.begins(30)
    counter.loop.advance(300)
    counter.look()
    counter.touched()
    counter.loop.advance(0.06)
    assert counter.told == [False, True]
    asked = len(counter.asked)
    counter.look()
    counter.loop.advance(1)
    assert len(counter.asked) == asked, "while input goes on there is nothing to hurry for"


def test_a_refusal_is_a_loss_told_once() -> None:
    counter = Counter()
    counter.begins(30)
    counter.refuses = True
    counter.loop.advance(100)
    assert counter.lost == [GONE]
    with pytest.raises(Unavailable, match=GONE):
        counter.idle_s()


def test_closed_it_asks_no_more() -> None:
    counter = Counter()
    counter.begins(30)
    counter.close()
    counter.close()
    counter.look()
    counter.loop.advance(100)
    assert (counter.asked, counter.edges, counter.lost) == ([], [], [])
