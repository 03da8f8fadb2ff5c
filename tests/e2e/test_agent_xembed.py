"""The icon in panels that know only the old X way, clicked with a real mouse."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from Xlib import XK

from tests.support.desktop import Desktop
from tests.support.live_agent import LiveAgent, Memory, at_work
from tests.support.person import Person
from tests.support.screen import Box, centre, changed, colours, picture
from tests.support.tray_hosts import TrayHost
from tests.support.waiting import wait_until
from tests.support.x_windows import place_of, titles

BACK_WITHIN_S = 5.0


@pytest.fixture
def desk() -> Iterator[Desktop]:
    with Desktop(without={"panel", "dunst"}) as desk:
        yield desk


@pytest.fixture(params=["trayer", "tint2"])
def host(request: pytest.FixtureRequest, desk: Desktop) -> Iterator[TrayHost]:
    with TrayHost(request.param, desk.display) as host:
        yield host


def docked(agent: LiveAgent) -> float:
    """Wait for the icon; how long it took."""
    began = time.monotonic()
    agent.until(
        lambda now: (now["tray"]["backend"], now["tray"]["state"]) == ("xembed", "ok"), "the icon to dock"
    )
    return time.monotonic() - began


def where_the_icon_is(desk: Desktop, host: TrayHost, agent: LiveAgent) -> Box:
    """Start both, and see where the panel has put the icon."""
    host.start()
    agent.start()
    docked(agent)
    box = wait_until(lambda: place_of(desk.display, "tray-agent"), "the icon to be in the panel")
    assert box is not None
    wait_until(lambda: len(colours(picture(desk.display), box)) > 1, "the icon to be drawn")
    return box


def test_a_right_click_opens_the_menu_and_its_choice_is_carried_out(desk: Desktop, host: TrayHost) -> None:
    agent = LiveAgent(desk)
    box = where_the_icon_is(desk, host, agent)
    with Person(desk.display) as person:
        person.click(*centre(box), button=3)
        wait_until(agent.children, "the menu's process")
        before = picture(desk.display)
        wait_until(lambda: (changed(before, picture(desk.display)) or box) != box, "the menu to be drawn")
        person.press(XK.XK_Up)  # from nowhere to the last entry
        person.press(XK.XK_Return)
    assert agent.process is not None
    assert agent.process.wait(5) == 0


def test_a_menu_that_is_waved_away_leaves_nothing_behind(desk: Desktop, host: TrayHost) -> None:
    agent = LiveAgent(desk)
    box = where_the_icon_is(desk, host, agent)
    before = picture(desk.display)
    with Person(desk.display) as person:
        for _time in range(2):
            person.click(*centre(box), button=3)
            wait_until(lambda: changed(before, picture(desk.display), (0, 0, 1024, 600)), "the menu")
            person.press(XK.XK_Escape)
            wait_until(lambda: agent.children() == [], "its process to end")
    assert agent.status()["tray"]["state"] == "ok"
    agent.end()


def test_a_left_click_starts_the_break_that_is_asked_for(
    desk: Desktop, host: TrayHost, morning: Memory
) -> None:
    agent = LiveAgent(desk)
    morning.give(agent)
    box = where_the_icon_is(desk, host, agent)
    with at_work(desk.display, every_s=0.3):
        agent.until(lambda now: now["next"] is not None, "sitting to be seen")
    agent.end()
    with at_work(desk.display, every_s=0.15):
        agent.start(speed=40)
        docked(agent)
        agent.until(lambda now: now["prompt"] is not None, "the prompt", 20)
    with Person(desk.display) as person:
        person.click(*centre(box))
    agent.until(lambda now: now["today"]["started"] == 1, "the break to be started")
    wait_until(lambda: titles(desk.display), "the break window")
    agent.end()


def test_a_panel_that_comes_late_or_comes_back_gets_the_icon(desk: Desktop, host: TrayHost) -> None:
    agent = LiveAgent(desk)
    agent.start()
    agent.until(lambda now: now["tray"]["state"] == "absent", "the end of looking")
    for _time in range(2):
        host.start()
        assert docked(agent) < BACK_WITHIN_S
        host.kill()
        agent.until(lambda now: now["tray"]["state"] == "absent", "the loss of the panel to be seen")
    agent.end()


def test_the_icon_moves_to_the_better_panel_and_back(desk: Desktop, host: TrayHost) -> None:
    agent = LiveAgent(desk)
    host.start()
    agent.start()
    docked(agent)
    desk.start("panel")
    moved = {"backend": "status_notifier", "state": "ok", "reason": None}
    agent.until(lambda now: now["tray"] == moved, "the icon to move")
    assert len(desk.tray_items()) == 1
    wait_until(lambda: place_of(desk.display, "tray-agent") is None, "the other icon to go")
    desk.kill("panel")
    host.kill()
    host.start()
    assert docked(agent) < BACK_WITHIN_S
    agent.end()
