"""What Windows tells of lock, clock and zone, posted to the agent's real window; and no taskbar at all."""

from __future__ import annotations

import pytest

from tests.e2e_wine.conftest import NewAgent
from tests.support.person import Person
from tests.support.waiting import wait_until
from tests.support.wine_agent import Status, WineAgent, works
from tests.support.wine_desktop import WineDesktop

WM_SETTINGCHANGE, WM_TIMECHANGE, WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x001A, 0x001E, 0x0218, 0x02B1
LOCK, UNLOCK = 7, 8
SUSPEND, RESUME = 0x04, 0x12
TASKBAR = "Shell_TrayWnd"


SPEED = 10


@pytest.fixture
def seated(new_agent: NewAgent, person: Person) -> WineAgent:
    """An agent that has seen somebody; who leaves and is back within seconds was not away."""
    agent = new_agent()
    agent.start(speed=SPEED)
    works(person, agent, at_the_desk, "sitting to be seen")
    return agent


def at_the_desk(now: Status) -> bool:
    return (now["posture"], now["presence"]) == ("seated", "present")


def test_behind_the_lock_nobody_is_there(seated: WineAgent, person: Person) -> None:
    seated.post(WM_WTSSESSION_CHANGE, LOCK)
    seated.until(lambda now: now["presence"] == "away" and "locked" in now["quiet"], "the lock to be heard")
    seated.post(WM_WTSSESSION_CHANGE, UNLOCK)
    seated.until(lambda now: "locked" not in now["quiet"], "the end of the lock to be heard")
    works(person, seated, at_the_desk, "somebody to be there")


def test_a_sleep_that_is_announced_and_over(seated: WineAgent, person: Person) -> None:
    seated.post(WM_POWERBROADCAST, SUSPEND)
    seated.until(lambda now: "asleep" in now["quiet"], "the sleep to be heard")
    seated.post(WM_POWERBROADCAST, RESUME)
    works(
        person, seated, lambda now: at_the_desk(now) and "asleep" not in now["quiet"], "somebody to be there"
    )


def test_clock_and_zone_may_change(seated: WineAgent) -> None:
    before = seated.status()
    for message in (WM_TIMECHANGE, WM_SETTINGCHANGE):
        assert seated.send(message) is not None
    after = seated.status()
    assert at_the_desk(after)
    assert 0 <= after["sitting_s"] - before["sitting_s"] <= 10 * SPEED
    assert "ERROR" not in (seated.state / "agent.log").read_text("utf-8")


def test_it_lives_on_without_a_taskbar_and_says_so() -> None:
    """A new one cannot be shown: whatever Wine starts after the first has died is on another desktop."""
    with WineDesktop() as desk:
        agent = WineAgent(desk, "agent")
        agent.start()
        (pid,) = [each["pid"] for each in desk.helper.ask("windows") if each["class"] == TASKBAR]
        assert desk.helper.ask("kill", pid=pid)
        wait_until(lambda: agent.part("tray")["state"] == "absent", "the loss to be noticed")
        tray, notifier = agent.part("tray"), agent.part("notifier")
        assert (tray["reason"], notifier["state"]) == ("no taskbar is running", "absent")
        assert tray["remedy"]
        agent.ask("quit")
        assert agent.ends() == 0
