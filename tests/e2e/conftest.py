"""One desktop shared by the tests of a file, fresh agents on it, and what an agent remembers of a morning."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from jeepney import new_method_call

from tests.support.desktop import DUNST, ROOT, Desktop
from tests.support.disks import SmallDisk
from tests.support.live_agent import ALWAYS, LiveAgent, Memory, at_work

FAILURES = ROOT / "build" / "failures"
NUMBERS = itertools.count(1)

# Policies need an /etc of their own, which only who may mount can have.
collect_ignore = [] if SmallDisk.possible() else ["test_agent_policies.py"]

NewAgent = Callable[..., LiveAgent]


@pytest.fixture(scope="module")
def desk() -> Iterator[Desktop]:
    """Everything a desktop has."""
    with Desktop() as desk:
        yield desk


@pytest.fixture
def cleared(desk: Desktop) -> Iterator[None]:
    """Nobody takes back the note of an agent that was killed."""
    yield
    if desk.name_owned(DUNST.bus_name):
        desk.call(new_method_call(DUNST, "NotificationCloseAll"))


@pytest.fixture
def new_agent(desk: Desktop, cleared: None, request: pytest.FixtureRequest) -> Iterator[NewAgent]:
    """Makes agents, each with a home of its own; none outlives the test, nor do their notes."""
    failed_before = request.session.testsfailed
    with ExitStack() as ends:

        def make(settings: str = ALWAYS) -> LiveAgent:
            agent = LiveAgent(desk, f"agent{next(NUMBERS)}", settings)
            ends.callback(agent.kill)
            return agent

        yield make
        if request.session.testsfailed > failed_before:
            desk.keep_evidence(FAILURES / re.sub(r"[^\w.-]+", "-", request.node.nodeid))


@pytest.fixture
def agent(new_agent: NewAgent) -> LiveAgent:
    """An agent that may prompt at any hour, not yet started."""
    return new_agent()


@pytest.fixture(scope="session")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    """What an agent remembers after 44 minutes of somebody's work, a minute before its first prompt."""
    with Desktop(without={"panel", "dunst", "openbox"}) as desk, at_work(desk.display):
        agent = LiveAgent(desk)
        agent.start(speed=300)
        seen = agent.until(lambda now: now["sitting_s"] >= 44 * 60, "44 minutes to pass", 20)
        assert (seen["prompt"], seen["today"]["prompts"]) == (None, 0)
        agent.end()
        return Memory(tmp_path_factory.mktemp("morning") / "state", agent)
