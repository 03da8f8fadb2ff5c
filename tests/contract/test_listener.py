"""What every `Listener` promises, kept by the fake and by the real one alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.contract.adapters import makers, mistakes
from tests.contract.worlds import ListenerWorld
from tests.support.fake_input import FakeListener
from tests.support.fake_loop import FakeLoop
from tray_agent.ports import Listener

LET_ARM_S = 0.1
"""Real listeners arm on their way: input in the very next moment may be missed."""


def fake() -> Iterator[ListenerWorld]:
    loop = FakeLoop()
    lost: list[str] = []
    listener = FakeListener(loop, lost.append)

    def until(condition: Callable[[], object], what: str) -> None:
        loop.settle()
        if not condition():
            raise TimeoutError(what)

    yield ListenerWorld(listener.touched, loop.advance, until, listener.die, lost, listener)


@pytest.fixture(params=[fake, *makers("listeners")])
def world(request: pytest.FixtureRequest) -> Iterator[ListenerWorld]:
    yield from request.param()


class Heard(list[str]):
    """Counts what was heard."""

    def __call__(self) -> None:
        self.append("input")


def test_it_has_a_name_and_all_that_is_promised(world: ListenerWorld) -> None:
    assert world.listener.name
    assert mistakes(world.listener, Listener) == []


def test_it_is_born_silent(world: ListenerWorld) -> None:
    world.touch()
    world.let_pass(LET_ARM_S)
    assert world.listener.alive()


def test_one_arming_hears_one_input(world: ListenerWorld) -> None:
    heard = Heard()
    world.listener.arm(heard)
    world.let_pass(LET_ARM_S)
    assert heard == []
    for _ in range(3):
        world.touch()
    world.until(lambda: heard, "the input")
    world.touch()
    world.let_pass(LET_ARM_S)
    assert heard == ["input"]


def test_it_can_be_armed_again_and_again(world: ListenerWorld) -> None:
    heard = Heard()
    for n in range(1, 6):
        world.listener.arm(heard)
        world.let_pass(LET_ARM_S)
        world.touch()
        world.until(lambda n=n: len(heard) == n, f"input {n}")  # type: ignore[misc]


def test_it_can_be_armed_by_what_it_calls(world: ListenerWorld) -> None:
    heard = Heard()

    def again() -> None:
        heard()
        world.listener.arm(heard)

    world.listener.arm(again)
    world.let_pass(LET_ARM_S)
    world.touch()
    world.until(lambda: heard, "the first input")
    world.let_pass(LET_ARM_S)
    world.touch()
    world.until(lambda: len(heard) == 2, "the second input")


def test_disarmed_it_hears_nothing(world: ListenerWorld) -> None:
    heard = Heard()
    world.listener.arm(heard)
    world.let_pass(LET_ARM_S)
    world.listener.disarm()
    world.listener.disarm()
    world.touch()
    world.let_pass(LET_ARM_S)
    assert heard == []


def test_armed_anew_it_tells_only_the_new_one(world: ListenerWorld) -> None:
    old, new = Heard(), Heard()
    world.listener.arm(old)
    world.listener.arm(new)
    world.let_pass(LET_ARM_S)
    world.touch()
    world.until(lambda: new, "the input")
    assert old == []


def test_it_is_alive_armed_or_not(world: ListenerWorld) -> None:
    assert world.listener.alive()
    world.listener.arm(Heard())
    assert world.listener.alive()
    world.listener.disarm()
    assert world.listener.alive()


def test_a_loss_is_told_once(world: ListenerWorld) -> None:
    world.listener.arm(Heard())
    world.kill()
    world.until(lambda: world.lost, "the loss")
    world.let_pass(LET_ARM_S)
    assert len(world.lost) == 1
    assert not world.listener.alive()


def test_closed_it_hears_nothing_and_is_not_alive(world: ListenerWorld) -> None:
    heard = Heard()
    world.listener.arm(heard)
    world.let_pass(LET_ARM_S)
    world.listener.close()
    world.listener.close()
    world.touch()
    world.listener.arm(heard)
    world.listener.disarm()
    world.touch()
    world.let_pass(LET_ARM_S)
    assert heard == []
    assert world.lost == []
    assert not world.listener.alive()
