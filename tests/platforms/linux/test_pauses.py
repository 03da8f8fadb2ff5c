from __future__ import annotations

import pytest

from tests.support.fake_loop import FakeLoop
from tray_agent.platforms.linux.pauses import Pauses
from tray_agent.ports import Unavailable


class Edges(list[tuple[bool, float]]):
    """Collects what a watch reports."""

    def __call__(self, active: bool, idle_s: float) -> None:
        self.append((active, idle_s))


@pytest.fixture
def loop() -> FakeLoop:
    return FakeLoop()


@pytest.fixture
def pauses(loop: FakeLoop) -> Pauses:
    return Pauses(loop, now=loop.now)


@pytest.fixture
def edges() -> Edges:
    return Edges()


def test_idle_time_runs_from_the_last_input_while_it_is_still(loop: FakeLoop, pauses: Pauses) -> None:
    loop.advance(3)
    assert pauses.idle_s() == 0, "input goes on for all that is known"
    pauses.fell_still(5)
    loop.advance(2)
    assert pauses.idle_s() == 7
    pauses.went_on()
    loop.advance(2)
    assert pauses.idle_s() == 0


def test_a_pause_is_told_when_it_is_complete_and_its_end_at_once(
    loop: FakeLoop, pauses: Pauses, edges: Edges
) -> None:
    pauses.watch(30, edges)
    pauses.fell_still(5)
    loop.advance(24)
    assert edges == []
    loop.advance(1)
    assert edges == [(False, 30)]
    loop.advance(100)
    pauses.went_on()
    assert len(edges) == 1, "never from inside a call"
    loop.settle()
    assert edges[1:] == [(True, 0.0)]


def test_a_short_pause_is_none(loop: FakeLoop, pauses: Pauses, edges: Edges) -> None:
    pauses.watch(30, edges)
    for _ in range(3):
        pauses.fell_still(5)
        loop.advance(20)
        pauses.went_on()
        loop.advance(20)
    assert edges == []
    assert loop.pending() == []


def test_a_pause_that_is_complete_already_is_told_in_the_next_round(
    loop: FakeLoop, pauses: Pauses, edges: Edges
) -> None:
    pauses.fell_still(100)
    pauses.watch(30, edges)
    assert edges == []
    loop.advance(0)
    assert edges == [(False, 100)]


def test_word_of_a_stillness_that_is_known_changes_nothing(
    loop: FakeLoop, pauses: Pauses, edges: Edges
) -> None:
    pauses.watch(30, edges)
    pauses.fell_still(50)
    loop.advance(1)
    pauses.fell_still(60)
    assert pauses.idle_s() == 51
    pauses.fell_still(5)
    assert pauses.idle_s() == 5, "younger input was input"
    assert len(edges) == 1


def test_a_new_watch_replaces_the_old_one(loop: FakeLoop, pauses: Pauses, edges: Edges) -> None:
    late = Edges()
    pauses.watch(10, edges)
    pauses.fell_still(5)
    pauses.watch(20, late)
    loop.advance(60)
    assert edges == []
    assert late == [(False, 20)]
    pauses.went_on()
    pauses.watch(10, edges)
    loop.settle()
    assert late == [(False, 20)], "what was posted to it is dropped"


def test_once_stopped_it_is_silent(loop: FakeLoop, pauses: Pauses, edges: Edges) -> None:
    pauses.watch(10, edges)
    pauses.fell_still(5)
    pauses.stop()
    loop.advance(60)
    assert edges == []


def test_where_nothing_is_presumed_the_first_fact_tells(loop: FakeLoop, edges: Edges) -> None:
    pauses = Pauses(loop, presumed=False, now=loop.now)
    pauses.watch(30, edges)
    with pytest.raises(Unavailable, match="nothing is known"):
        pauses.idle_s()
    pauses.went_on()
    loop.settle()
    assert edges == [(True, 0.0)], "input that goes on is news"
    assert pauses.idle_s() == 0


def test_where_nothing_is_presumed_a_pause_is_told_with_its_whole_age(loop: FakeLoop, edges: Edges) -> None:
    pauses = Pauses(loop, presumed=False, now=loop.now)
    pauses.watch(30, edges)
    pauses.fell_still(300)
    loop.advance(0)
    assert edges == [(False, 300)]
    assert pauses.idle_s() == 300
