"""The icon in the taskbar of Windows, and its menu, by sight and real clicks."""

from __future__ import annotations

import tomllib
from datetime import datetime

import pytest

from tests.support.person import Person
from tests.support.screen import Box
from tests.support.waiting import wait_until
from tests.support.wine_agent import WineAgent
from tests.support.wine_taskbar import HEIGHT, TRAY, Taskbar

TEAL = (22, 160, 140)
SEATED = "Sitting less than a minute, break in about 45 min"
ENTRIES = ["Start a break", "Pause", "Today …", "Why?", "Settings", "When to get help", "About", "Quit"]


@pytest.fixture
def seated(agent: WineAgent, person: Person) -> WineAgent:
    """An agent that has seen somebody."""
    person.move()
    agent.until(lambda now: now["posture"] == "seated", "sitting to be seen")
    return agent


def test_the_icon_is_in_the_taskbar_and_goes_with_the_agent(seated: WineAgent, taskbar: Taskbar) -> None:
    wait_until(lambda: taskbar.near(TEAL) > 10, "the icon to be drawn")
    left, top, right, bottom = taskbar.icon() or TRAY
    assert (right - left <= HEIGHT, bottom - top <= HEIGHT) == (True, True)
    seated.end()
    wait_until(lambda: taskbar.icon() is None, "the icon to go")


def test_a_new_taskbar_gets_the_icon_too(agent: WineAgent, taskbar: Taskbar) -> None:
    """As when Windows' own has crashed; Wine's cannot be started again, so it is made to forget."""
    helper, window = agent.desk.helper, agent.window
    assert helper.ask("forget_icon", hwnd=window)
    wait_until(lambda: taskbar.icon() is None, "the icon to be forgotten")
    assert helper.ask("taskbar_created", hwnd=window)
    wait_until(taskbar.icon, "the icon to be back")
    taskbar.open_menu()
    taskbar.choose("Quit")
    assert agent.ends() == 0


def test_the_pointer_on_the_icon_brings_up_what_is(seated: WineAgent, taskbar: Taskbar) -> None:
    taskbar.point_at_icon()
    place = taskbar.finds(SEATED)
    assert any(inside(place, tip) for tip in taskbar.tips())


def test_a_right_click_shows_the_menu_and_a_left_one_asks_for_nothing(
    agent: WineAgent, taskbar: Taskbar, person: Person
) -> None:
    taskbar.click_icon()
    taskbar.open_menu()
    (menu,) = taskbar.menus()
    places = [taskbar.finds(entry) for entry in ENTRIES]
    assert [place[1] for place in places] == sorted(place[1] for place in places)
    assert all(inside(place, menu) for place in places)
    person.click(100, 100)
    wait_until(lambda: not taskbar.menus(), "the menu to close")
    seen = agent.status()
    assert (seen["prompt"], seen["today"]["breaks"], seen["paused_until"]) == (None, 0, None)


def test_pause_and_resume_by_mouse(agent: WineAgent, taskbar: Taskbar) -> None:
    before = datetime.now().astimezone()
    taskbar.open_menu()
    taskbar.choose("Pause", "1 hour")
    seen = agent.until(lambda now: now["paused_until"], "the pause")
    left_s = (datetime.fromisoformat(seen["paused_until"]) - before).total_seconds()
    assert 3595 <= left_s <= 3630
    taskbar.open_menu()
    taskbar.choose("Resume")
    agent.until(lambda now: now["paused_until"] is None, "the end of the pause")


def test_an_intensity_chosen_by_mouse_is_in_force_and_in_the_file(agent: WineAgent, taskbar: Taskbar) -> None:
    taskbar.open_menu()
    taskbar.choose("Settings", "Intensity", "Intensive")
    agent.until(lambda now: now["next"]["due_in_s"] <= 1800, "breaks to come sooner")
    assert tomllib.loads(agent.settings.read_text("utf-8"))["intensity"] == "intensive"


def test_quit_by_mouse_saves_and_leaves(agent: WineAgent, taskbar: Taskbar) -> None:
    taskbar.open_menu()
    taskbar.choose("Quit")
    assert agent.ends() == 0
    assert agent.saved()["clocks"]


def inside(inner: Box, outer: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
