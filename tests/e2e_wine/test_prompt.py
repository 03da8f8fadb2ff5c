"""A prompt on Windows: seen in a balloon at the icon, and answered there.

Wine's taskbar shows balloons and tells nobody of a click on one, as was seen by clicking.  So the click that
answers is posted by another program, as the taskbar of Windows posts it.
"""

from __future__ import annotations

import pytest

from tests.e2e_wine.conftest import NewAgent
from tests.e2e_wine.test_icon import inside
from tests.support.person import Person
from tests.support.waiting import wait_until
from tests.support.wine_agent import INTENSIVE, Memory, WineAgent
from tests.support.wine_taskbar import Taskbar

NIN_BALLOONUSERCLICK = 0x0405
TITLE, HOW = "Time to stand up", "Answer in the tray menu, or type “tray-agent snooze” or “tray-agent skip”."
ORANGE = (226, 90, 28)


@pytest.fixture
def prompted(new_agent: NewAgent, half_an_hour: Memory, person: Person) -> WineAgent:
    """An agent that asks."""
    agent = new_agent(INTENSIVE)
    half_an_hour.give(agent)
    agent.start()
    person.move()
    seen = agent.until(lambda now: now["prompt"], "the prompt", 60)
    assert (seen["prompt"]["insistence"], seen["today"]["prompts"]) == ("notify", 1)
    return agent


def test_a_balloon_says_it_and_a_click_on_it_says_yes(prompted: WineAgent, taskbar: Taskbar) -> None:
    title = taskbar.finds(TITLE, bold=True)
    how = taskbar.finds(HOW)
    assert any(inside(title, tip) and inside(how, tip) for tip in taskbar.tips())
    assert taskbar.near(ORANGE) > 10
    prompted.desk.helper.ask("taskbar_says", hwnd=prompted.window, event=NIN_BALLOONUSERCLICK)
    seen = prompted.until(lambda now: now["prompt"] is None, "the answer")
    assert seen["today"]["started"] == 1
    wait_until(lambda: taskbar.written(TITLE, bold=True) is None, "the balloon to go")


def test_a_click_on_the_icon_says_yes(prompted: WineAgent, taskbar: Taskbar) -> None:
    taskbar.click_icon()
    seen = prompted.until(lambda now: now["prompt"] is None, "the answer")
    assert seen["today"]["started"] == 1


def test_the_menu_offers_the_answers(prompted: WineAgent, taskbar: Taskbar) -> None:
    taskbar.open_menu()
    assert taskbar.finds("Later")
    taskbar.choose("Skip")
    seen = prompted.until(lambda now: now["prompt"] is None, "the answer")
    assert (seen["today"]["started"], seen["today"]["skipped"]) == (0, 1)
