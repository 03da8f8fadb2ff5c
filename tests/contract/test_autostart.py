"""What starting with the session promises, where it can be had and where it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.contract.adapters import makers, mistakes
from tests.contract.worlds import StartWorld
from tray_agent.platforms.null import NoAutostart
from tray_agent.ports import Autostart, Startup
from tray_agent.shell.loop import SelectorLoop


def null(_world: StartWorld) -> Autostart:
    return NoAutostart()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[StartWorld]:
    loop = SelectorLoop()
    with ExitStack() as stack:
        yield StartWorld(loop, stack, tmp_path)
    loop.close()


@pytest.fixture(params=[null, *makers("autostarts")])
def autostart(request: pytest.FixtureRequest, world: StartWorld) -> Autostart:
    made: Autostart = request.param(world)
    assert mistakes(made, Autostart) == []
    return made


def switched(autostart: Autostart, *, on: bool) -> Startup | None:
    """What it says to that, None where it refuses."""
    try:
        return autostart.set(on=on)
    except OSError:
        return None


@pytest.mark.parametrize("wishes", [(True,), (True, True), (True, False), (False,), (True, False, True)])
def test_it_is_what_it_says_and_a_refusal_changes_nothing(
    autostart: Autostart, wishes: tuple[bool, ...]
) -> None:
    for on in wishes:
        before = autostart.status()
        said = switched(autostart, on=on)
        assert autostart.status() == (before if said is None else said)


def test_what_starts_it_is_named_while_something_does(autostart: Autostart) -> None:
    for on in (True, False):
        for now in (autostart.status(), switched(autostart, on=on) or autostart.status()):
            assert bool(now.mechanism) is now.on


def test_nobody_starts_it_before_the_person_wants_it(autostart: Autostart) -> None:
    assert not autostart.status().on


def test_what_is_not_as_the_person_chose_has_a_reason(autostart: Autostart) -> None:
    for on in (True, False):
        said = switched(autostart, on=on)
        assert said is None or said.on is on or said.reason
