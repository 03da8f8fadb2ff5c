"""One virtual desktop for each file of tests, fresh agents on it, and evidence kept when a test fails."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.desktop import ROOT, Desktop
from tests.support.live_agent import ALWAYS, LiveAgent, Memory, at_work
from tests.support.person import Person

FAILED = pytest.StashKey[bool]()
EVIDENCE = ROOT / "build" / "evidence"
NUMBERS = itertools.count(1)

NewAgent = Callable[..., LiveAgent]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Iterator[None]:  # the type of a wrapper is that of what it yields
    report: pytest.TestReport = yield  # type: ignore[assignment]
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report  # type: ignore[return-value]


@pytest.fixture(scope="module")
def desktop() -> Iterator[Desktop]:
    """Everything a desktop has; shared by the tests of one file."""
    with Desktop() as desktop:
        yield desktop


@pytest.fixture
def person(desktop: Desktop) -> Iterator[Person]:
    """Somebody at the desktop who does nothing yet."""
    with Person(desktop.display) as person:
        yield person


@pytest.fixture
def new_agent(desktop: Desktop, request: pytest.FixtureRequest) -> Iterator[NewAgent]:
    """Makes agents, each with a home of its own; none outlives the test."""
    with ExitStack() as ends:

        def make(settings: str = ALWAYS) -> LiveAgent:
            agent = LiveAgent(desktop, f"agent{next(NUMBERS)}", settings)
            ends.callback(agent.kill)
            return agent

        yield make
        if request.node.stash.get(FAILED, False):
            desktop.keep_evidence(EVIDENCE / Path(request.node.name).name)


@pytest.fixture
def agent(new_agent: NewAgent) -> LiveAgent:
    """An agent that may prompt at any hour, not yet started."""
    return new_agent()


@pytest.fixture(scope="session")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    """What an agent remembers after 44 minutes of somebody's work, a minute before its first prompt."""
    with Desktop(without={"panel", "dunst", "openbox"}) as desktop, at_work(desktop.display):
        agent = LiveAgent(desktop)
        agent.start(speed=300)
        seen = agent.until(lambda now: now["sitting_s"] >= 44 * 60, "44 minutes to pass", 20)
        assert (seen["prompt"], seen["today"]["prompts"]) == (None, 0)
        agent.end()
        return Memory(tmp_path_factory.mktemp("morning") / "state", agent)
