"""Lock and sleep reach a living agent, and `doctor` tells who says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.desktop import Desktop
from tests.support.live_agent import LiveAgent, Status
from tests.support.logind_mock import Logind
from tests.support.person import Person


@pytest.fixture
def logind(desk: Desktop) -> Iterator[Logind]:
    with Logind(desk.env["DBUS_SYSTEM_BUS_ADDRESS"]) as logind:
        yield logind


@pytest.fixture
def running(agent: LiveAgent) -> LiveAgent:
    """An agent that has started before there is a session, to which a twelfth of a second is a lull."""
    agent.start(speed=60)
    return agent


def session_health(agent: LiveAgent) -> tuple[str, str | None]:
    (part,) = (part for part in agent.ask("doctor")["parts"] if part["name"] == "session")
    return part["state"], part["reason"]


def test_a_lock_is_noticed_and_its_end(logind: Logind, running: LiveAgent) -> None:
    path = logind.opens("c1")
    running.until(lambda _: session_health(running) == ("ok", "not locked"), "the session")
    logind.hints(path, locked=True)
    running.until(lambda status: "locked" in status["quiet"], "the lock")
    assert session_health(running) == ("ok", "locked")
    logind.hints(path, locked=False)
    running.until(lambda status: "locked" not in status["quiet"], "the end of the lock")


def test_sleep_is_noticed_and_one_that_is_called_off(logind: Logind, running: LiveAgent) -> None:
    logind.opens("c1")
    logind.prepares_for_sleep(asleep=True)
    running.until(lambda status: "asleep" in status["quiet"], "the sleep")
    logind.prepares_for_sleep(asleep=False)
    running.until(lambda status: "asleep" not in status["quiet"], "the end of it")


def test_a_lock_that_nobody_confirms_ends_when_the_person_types(
    desk: Desktop, logind: Logind, running: LiveAgent
) -> None:
    path = logind.opens("c1")
    running.until(lambda _: session_health(running) == ("ok", "not locked"), "the session")
    logind.asks_to_lock(path)
    running.until(lambda status: "locked" in status["quiet"], "the lock")
    logind.prepares_for_sleep(asleep=True)
    logind.prepares_for_sleep(asleep=False)
    with Person(desk.display) as person:

        def types_on(status: Status) -> bool:
            person.type()
            return "locked" not in status["quiet"]

        running.until(types_on, "the end of the lock", every_s=0.2)


def test_a_logind_that_dies_is_missed_until_the_next_one(logind: Logind, running: LiveAgent) -> None:
    logind.opens("c1")
    running.until(lambda _: session_health(running) == ("ok", "not locked"), "the session")
    logind.kill()
    running.until(lambda _: session_health(running) == ("lost", "logind is not running"), "the loss")
    logind.start()
    logind.opens("c1")
    running.until(lambda _: session_health(running) == ("ok", "not locked"), "the session again")
