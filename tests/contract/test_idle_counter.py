"""What every `IdleCounter` promises, kept by the fake and by the real ones alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.contract.adapters import makers, mistakes
from tests.contract.worlds import CounterWorld, Kept
from tests.support.fake_input import FakeCounter
from tests.support.fake_loop import FakeLoop
from tray_agent.ports import IdleCounter, Unavailable


def fake(_kept: Kept) -> Iterator[CounterWorld]:
    loop = FakeLoop()
    lost: list[str] = []
    counter = FakeCounter(loop, lost.append)

    def until(condition: Callable[[], object], what: str) -> None:
        for _ in range(1000):
            if condition():
                return
            loop.advance(0.01)
        raise TimeoutError(what)

    yield CounterWorld(counter.touched, loop.advance, until, counter.die, lost, counter)
    counter.close()


@pytest.fixture(scope="module")
def kept() -> Iterator[Kept]:
    with Kept() as kept:
        yield kept


@pytest.fixture(params=[fake, *makers("idle_counters")])
def world(request: pytest.FixtureRequest, kept: Kept) -> Iterator[CounterWorld]:
    yield from request.param(kept)


class Edges(list[tuple[bool, float]]):
    """Collects what a watch reports."""

    def __call__(self, active: bool, idle_s: float) -> None:
        self.append((active, round(idle_s, 6)))


def test_it_has_a_name_and_all_that_is_promised(world: CounterWorld) -> None:
    assert world.counter.name
    assert mistakes(world.counter, IdleCounter) == []


def test_idle_time_grows_and_input_ends_it(world: CounterWorld) -> None:
    world.touch()
    world.let_pass(0.2)
    idle = world.counter.idle_s()
    assert 0.2 - world.late_s <= round(idle, 6) < 1.0
    world.touch()
    world.until(lambda: world.counter.idle_s() < idle, "the count to begin anew")


def test_edges_come_by_turns_and_begin_with_a_pause(world: CounterWorld) -> None:
    edges = Edges()
    world.touch()
    world.counter.watch(0.2, edges)
    for n in (1, 2):
        world.until(lambda n=n: len(edges) >= 2 * n - 1, "the pause")  # type: ignore[misc]
        world.let_pass(0.1)
        world.touch()
        world.touch()
        world.until(lambda n=n: len(edges) >= 2 * n, "the return")  # type: ignore[misc]
    assert [active for active, _ in edges[:4]] == [False, True, False, True]
    assert all(0.2 <= idle < 0.6 for active, idle in edges if not active)
    assert all(idle == 0.0 for active, idle in edges if active)


def test_input_that_goes_on_is_no_edge(world: CounterWorld) -> None:
    edges = Edges()
    world.touch()
    world.counter.watch(0.5, edges)
    for _ in range(8):
        world.let_pass(0.1)
        world.touch()
    assert edges == []


def test_a_pause_that_began_before_the_watch_is_reported(world: CounterWorld) -> None:
    edges = Edges()
    world.touch()
    world.let_pass(0.3)
    world.counter.watch(0.2, edges)
    assert edges == [], "callbacks come from the loop, never from inside the call"
    world.until(lambda: edges, "the pause")
    assert not edges[0][0]
    assert edges[0][1] >= 0.3 - world.late_s
    world.touch()
    world.until(lambda: len(edges) >= 2, "the return")
    assert edges[1] == (True, 0.0)


def test_a_new_watch_replaces_the_old_one(world: CounterWorld) -> None:
    old, new = Edges(), Edges()
    world.touch()
    world.counter.watch(0.1, old)
    world.counter.watch(0.3, new)
    world.until(lambda: new, "the pause")
    assert old == []
    assert new[0][1] >= 0.3


def test_a_watch_may_be_made_inside_an_edge(world: CounterWorld) -> None:
    short, long = Edges(), Edges()
    world.touch()

    def edge(active: bool, idle_s: float) -> None:
        short(active, idle_s)
        world.counter.watch(0.3, long)

    world.counter.watch(0.1, edge)
    world.until(lambda: long, "the longer pause")
    assert len(short) == 1


def test_a_loss_is_told_once_and_questions_are_refused(world: CounterWorld) -> None:
    world.counter.watch(5.0, Edges())
    world.kill()
    world.until(lambda: world.lost, "the loss")
    world.let_pass(0.1)
    assert len(world.lost) == 1
    with pytest.raises(Unavailable):
        world.counter.idle_s()


def test_a_closed_counter_tells_nothing(world: CounterWorld) -> None:
    edges = Edges()
    world.touch()
    world.counter.watch(0.1, edges)
    world.counter.close()
    world.counter.close()
    world.let_pass(0.3)
    assert edges == []
    assert world.lost == []
    with pytest.raises(Unavailable):
        world.counter.idle_s()
