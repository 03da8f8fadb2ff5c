"""What every context sensor promises, whether there is anything to be sensed or not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.contract.adapters import makers, mistakes
from tests.contract.worlds import Kept, SenseWorld
from tests.support.fake_world import FakeSensor
from tests.support.turning import turn_until
from tray_agent.core.model import Signal
from tray_agent.ports import ContextSensor, State
from tray_agent.shell.contexts import LOOK_S, NAMES
from tray_agent.shell.loop import SelectorLoop

WORDS = {True: "on", False: "off", None: None}


def fake(world: SenseWorld, _kept: Kept) -> ContextSensor:
    return FakeSensor("camera", world.told, Signal.CALL)


def fake_that_cannot_tell(world: SenseWorld, _kept: Kept) -> ContextSensor:
    sensor = FakeSensor("camera", world.told, Signal.CALL)
    sensor.on = None
    return sensor


@pytest.fixture(scope="module")
def kept() -> Iterator[Kept]:
    with Kept() as kept:
        yield kept


@pytest.fixture
def world() -> Iterator[SenseWorld]:
    loop = SelectorLoop()
    with ExitStack() as stack:
        yield SenseWorld(loop, stack)
    loop.close()


@pytest.fixture(params=[fake, fake_that_cannot_tell, *makers("context_sensors")])
def sensor(request: pytest.FixtureRequest, world: SenseWorld, kept: Kept) -> Iterator[ContextSensor]:
    made: ContextSensor = request.param(world, kept)
    yield made
    made.close()


def looks(world: SenseWorld, sensor: ContextSensor) -> bool | None:
    """What it tells after a look."""
    before = len(world.answers)
    sensor.look()
    turn_until(world.loop, lambda: len(world.answers) > before, "the answer to a look", LOOK_S)
    return world.answers[-1]


def test_it_is_one_of_the_settings_and_all_that_is_promised(sensor: ContextSensor) -> None:
    assert sensor.name in NAMES
    assert sensor.signal in Signal
    assert mistakes(sensor, ContextSensor) == []


def test_it_answers_each_look_in_time(world: SenseWorld, sensor: ContextSensor) -> None:
    for _ in range(3):
        looks(world, sensor)


def test_its_health_has_a_reason_unless_all_is_well_and_says_what_it_told(
    world: SenseWorld, sensor: ContextSensor
) -> None:
    for _ in range(2):
        health = sensor.health()
        assert health.name == sensor.name
        assert health.state in {State.OK, State.OFF} or health.reason
        assert health.value in WORDS.values()
        told = looks(world, sensor)
        assert sensor.health().value == WORDS[told]


def test_it_is_silent_once_it_is_closed_even_twice(world: SenseWorld, sensor: ContextSensor) -> None:
    sensor.look()
    sensor.close()
    sensor.close()
    before = list(world.answers)
    world.turn_for(0.2)
    assert world.answers == before
