"""What every notifier promises: the null one, the fake, the last resort, and the real ones in each plight."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.contract.adapters import makers, mistakes
from tests.contract.worlds import NoteWorld
from tests.support.fake_world import FakeNotifier
from tray_agent.platforms.null import NullNotifier
from tray_agent.platforms.plyer_notifier import PlyerNotifier
from tray_agent.ports import Note, Notifier, State
from tray_agent.shell.loop import SelectorLoop

STAND_UP = Note(
    1, "Time to stand up", "Sitting <about> 45 min & more", (("start", "Start"), ("skip", "Skip"))
)
HIPS = Note(2, "Time for your hips", "", ())


def null(_world: NoteWorld) -> Notifier:
    return NullNotifier("nobody wants one")


def fake(_world: NoteWorld) -> Notifier:
    return FakeNotifier()


def last_resort(world: NoteWorld) -> Notifier:
    def notify(**_text: Any) -> None:
        pass

    return PlyerNotifier(world.loop, notify)


@pytest.fixture
def world() -> Iterator[NoteWorld]:
    loop = SelectorLoop()
    with ExitStack() as stack:
        world = NoteWorld(loop, stack)
        yield world
        world.turn_for(0.05)
    loop.close()


@pytest.fixture(params=[null, fake, last_resort, *makers("notifiers")])
def notifier(request: pytest.FixtureRequest, world: NoteWorld) -> Notifier:
    made: Notifier = request.param(world)
    assert mistakes(made, Notifier) == []
    return made


def test_notes_may_come_in_any_order_with_withdrawals(world: NoteWorld, notifier: Notifier) -> None:
    notifier.withdraw()
    for note in (STAND_UP, HIPS, STAND_UP):
        notifier.show(note)
        world.turn_for(0.03)
    notifier.withdraw()
    notifier.withdraw()
    world.turn_for(0.05)
    notifier.show(HIPS)
    world.turn_for(0.05)
    notifier.close()


def test_nobody_answers_but_the_person(world: NoteWorld, notifier: Notifier) -> None:
    notifier.show(STAND_UP)
    world.turn_for(0.1)
    notifier.show(HIPS)
    world.turn_for(0.1)
    notifier.withdraw()
    notifier.close()
    world.turn_for(0.1)
    assert world.answers == []


def test_its_health_has_a_reason_unless_all_is_well(world: NoteWorld, notifier: Notifier) -> None:
    for _ in range(2):
        health = notifier.health()
        assert health.name == "notifier"
        assert (health.state is State.OK) or health.reason
        notifier.show(STAND_UP)
        world.turn_for(0.1)
    notifier.close()


def test_it_may_be_closed_twice(world: NoteWorld, notifier: Notifier) -> None:
    notifier.show(STAND_UP)
    notifier.close()
    notifier.close()
    world.turn_for(0.05)
