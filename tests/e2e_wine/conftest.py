"""One Windows desktop for all tests that leave it as it was, and agents on it that no test outlives."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Callable, Iterator

import pytest

from tests.support.person import Person
from tests.support.places import ROOT
from tests.support.waiting import wait_until
from tests.support.wine_agent import ALWAYS, Memory, WineAgent, works
from tests.support.wine_desktop import PATIENCE_S, WineDesktop
from tests.support.wine_taskbar import Taskbar

FAILURES = ROOT / "build" / "failures"
NUMBERS = itertools.count(1)

NewAgent = Callable[..., WineAgent]


@pytest.fixture(scope="session")
def desk() -> Iterator[WineDesktop]:
    with WineDesktop() as desk:
        yield desk


@pytest.fixture(scope="session")
def person(desk: WineDesktop) -> Iterator[Person]:
    with Person(desk.display) as somebody:
        yield somebody


@pytest.fixture(scope="session")
def taskbar(desk: WineDesktop, person: Person) -> Taskbar:
    return Taskbar(desk, person)


@pytest.fixture
def new_agent(desk: WineDesktop, taskbar: Taskbar, request: pytest.FixtureRequest) -> Iterator[NewAgent]:
    """Makes agents, each with a home of its own; each ends with its icon."""
    failed_before = request.session.testsfailed
    made: list[WineAgent] = []

    def make(settings: str = ALWAYS) -> WineAgent:
        made.append(WineAgent(desk, f"agent{next(NUMBERS)}", settings))
        return made[-1]

    yield make
    if request.session.testsfailed > failed_before:
        folder = FAILURES / re.sub(r"[^\w.-]+", "-", request.node.nodeid)
        shutil.rmtree(folder, ignore_errors=True)
        for agent in made:
            agent.keep_evidence(folder)
    for agent in made:
        agent.end()
    wait_until(lambda: taskbar.icon() is None, "the icon to be gone", PATIENCE_S)


@pytest.fixture
def agent(new_agent: NewAgent) -> WineAgent:
    """One that runs and has its icon."""
    agent = new_agent()
    agent.start()
    return agent


@pytest.fixture(scope="session")
def half_an_hour(desk: WineDesktop, person: Person, tmp_path_factory: pytest.TempPathFactory) -> Memory:
    """What an agent remembers of somebody's work, who is asked at once where intensive is the intensity."""
    agent = WineAgent(desk, f"agent{next(NUMBERS)}")
    try:
        agent.start(speed=300)
        seen = works(person, agent, lambda now: now["sitting_s"] >= 1860, "half an hour to pass")
        assert (seen["prompt"], seen["today"]["prompts"]) == (None, 0)
    finally:
        agent.end()
    return Memory(tmp_path_factory.mktemp("half_an_hour") / "state", agent)
