"""What every session sensor promises, whoever tells it and in whatever plight."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise

import pytest

from tests.contract.adapters import makers, mistakes
from tests.contract.worlds import SESSION_ID, SessionWorld
from tray_agent.ports import News, SessionSensor
from tray_agent.shell.loop import SelectorLoop

LOCKS, SLEEP = (News.LOCKED, News.UNLOCKED), (News.SLEEPING, News.WOKE)


@pytest.fixture
def world() -> Iterator[SessionWorld]:
    loop = SelectorLoop()
    with ExitStack() as stack:
        yield SessionWorld(loop, stack)
    loop.close()


@pytest.fixture(params=makers("sessions"))
def sensor(request: pytest.FixtureRequest, world: SessionWorld) -> SessionSensor:
    made: SessionSensor = request.param(world)
    assert mistakes(made, SessionSensor) == []
    return made


def test_its_health_has_a_reason_and_tells_of_nobody(world: SessionWorld, sensor: SessionSensor) -> None:
    for _ in range(2):
        health = sensor.health()
        assert health.name == "session"
        assert health.source
        assert health.reason
        assert SESSION_ID not in health.reason
        world.happens()
        world.turn_for(0.2)
    sensor.close()


def test_nothing_is_told_twice(world: SessionWorld, sensor: SessionSensor) -> None:
    world.happens()
    world.turn_for(0.2)
    world.happens()
    world.turn_for(0.2)
    for kind in (LOCKS, SLEEP):
        told = [news for news in world.news if news in kind]
        assert all(one is not other for one, other in pairwise(told))
    sensor.close()


def test_it_is_silent_once_it_is_closed_even_twice(world: SessionWorld, sensor: SessionSensor) -> None:
    world.turn_for(0.1)
    sensor.close()
    sensor.close()
    before = list(world.news)
    world.happens()
    world.turn_for(0.2)
    assert world.news == before
