"""What every tray promises: null, fake, and the real ones in each plight that a panel leaves them in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.contract.adapters import makers, mistakes
from tests.contract.worlds import World
from tests.support.fake_world import FakeTray
from tray_agent.platforms.null import NullTray
from tray_agent.ports import Face, State, Tray
from tray_agent.shell.loop import SelectorLoop

FACES = [
    Face(look, 0.5, f"face “{look}”")
    for look in ("sitting", "prompt", "paused", "standing", "quiet", "unknown", "a look of next year")
]


def null(_world: World) -> Tray:
    return NullTray("nobody wants one")


def fake(_world: World) -> Tray:
    return FakeTray()


@pytest.fixture
def world() -> Iterator[World]:
    loop = SelectorLoop()
    with ExitStack() as stack:
        yield World(loop, stack)
    loop.close()


@pytest.fixture(params=[null, fake, *makers("trays")])
def tray(request: pytest.FixtureRequest, world: World) -> Tray:
    made: Tray = request.param(world)
    assert mistakes(made, Tray) == []
    return made


def test_it_takes_every_face_and_the_same_one_twice(world: World, tray: Tray) -> None:
    for face in FACES:
        tray.show(face)
        tray.show(face)
        world.turn_for(0.02)


def test_its_health_has_a_reason_unless_all_is_well(tray: Tray) -> None:
    health = tray.health()
    assert health.name == "tray"
    assert (health.state is State.OK) or health.reason


def test_health_stays_as_it_is_while_nothing_happens_in_the_world(world: World, tray: Tray) -> None:
    world.turn_for(0.1)
    before = tray.health()
    for face in FACES:
        tray.show(face)
    world.turn_for(0.05)
    assert tray.health() == before


def test_it_may_be_closed_twice_and_shown_a_face_too_late(world: World, tray: Tray) -> None:
    tray.show(FACES[0])
    tray.close()
    tray.close()
    tray.show(FACES[1])
    world.turn_for(0.05)
