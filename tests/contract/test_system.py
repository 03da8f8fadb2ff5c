"""Each system's module offers all that the agent asks of a system, and its desktop all of a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.contract.adapters import makers, mistakes
from tests.contract.worlds import World
from tray_agent import platforms
from tray_agent.platforms import Desktop, System
from tray_agent.ports import Advice, Autostart, Channel
from tray_agent.shell.loop import SelectorLoop

SYSTEMS = makers("systems")
Pair = tuple[System, type[Desktop]]
"""The module, and the class of its desktop."""


@pytest.fixture
def world() -> Iterator[World]:
    loop = SelectorLoop()
    with ExitStack() as stack:
        yield World(loop, stack)
    loop.close()


@pytest.fixture(params=SYSTEMS)
def pair(request: pytest.FixtureRequest, world: World) -> Pair:
    made: Pair = request.param(world)
    return made


def test_the_module_is_a_system(pair: Pair) -> None:
    assert mistakes(pair[0], System) == []


def test_its_desktop_is_one(pair: Pair) -> None:
    kind = pair[1]
    assert mistakes(kind.__new__(kind), Desktop) == []


def test_the_command_line_may_ask_without_a_desktop(pair: Pair) -> None:
    system = pair[0]
    channel = system.channel()
    assert channel is None or mistakes(channel, Channel) == []
    assert mistakes(system.autostart(), Autostart) == []
    assert all(isinstance(language, str) for language in system.languages())
    assert isinstance(system.advice(), Advice)


def test_its_clock_never_goes_back(pair: Pair) -> None:
    awake = pair[0].awake()
    assert awake() <= awake()


def test_the_system_at_hand_is_selected(world: World) -> None:
    system, _ = SYSTEMS[0].values[0](world)
    assert platforms.select() is system
