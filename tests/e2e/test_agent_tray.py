"""The icon in a real panel, and its menu as the panel calls it."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tests.e2e.conftest import NewAgent
from tests.e2e.test_agent_day import PANEL, near
from tests.support.desktop import Desktop
from tests.support.live_agent import LiveAgent, Status, at_work
from tests.support.panel_menu import PanelMenu
from tests.support.screen import changed, picture
from tests.support.waiting import wait_until
from tests.support.x_windows import titles
from tray_agent.shell.messages import Exit

TEAL = (22, 160, 140)
SETTINGS = """# mine
hours.mode = "always"  # I work at night
welcome = false
"""

HELD_UP = """
import os, sys, time

class HoldUp:
    def find_spec(self, name, *_more):
        # What counts here is what comes first, and not how soon: a busy machine's panel takes its time.
        if name == "tray_agent.platforms.linux.sni":
            arrival = sys.modules["tray_agent.arrival"]
            arrival.ICON_WITHIN_S, arrival.PICTURE_WITHIN_S = 10.0, 1.0
        if name == "apscheduler":
            with open({begun!r}, "w") as file:
                file.write(" ".join(sys.modules))
            while not os.path.exists({go_on!r}):
                time.sleep(0.01)

sys.meta_path.insert(0, HoldUp())
"""


@pytest.fixture
def agent(new_agent: NewAgent) -> LiveAgent:
    agent = new_agent(SETTINGS)
    agent.start()
    shown(agent)
    return agent


@pytest.fixture
def menu(agent: LiveAgent) -> PanelMenu:
    return PanelMenu(agent.desktop)


def shown(agent: LiveAgent, timeout_s: float = 10.0) -> Status:
    return agent.until(lambda now: now["tray"]["state"] == "ok", "the icon to be in the panel", timeout_s)


def test_the_icon_is_on_the_screen_and_goes_with_the_agent(desk: Desktop, agent: LiveAgent) -> None:
    assert PanelMenu(desk).property("Id") == "org.trayagent.TrayAgent"
    with at_work(desk.display):
        agent.until(lambda now: now["posture"] == "seated", "sitting to be seen")
    wait_until(lambda: near(desk, TEAL, PANEL) > 10, "the icon to be drawn")
    shown_with = picture(desk.display)
    agent.end()
    wait_until(lambda: near(desk, TEAL, PANEL) == 0, "the icon to go")
    left, top, right, bottom = changed(shown_with, picture(desk.display), PANEL) or PANEL
    assert right - left <= 34
    assert bottom - top <= 34


def test_the_icon_is_drawn_before_the_rest_is_loaded(
    desk: Desktop, new_agent: NewAgent, tmp_path: Path
) -> None:
    agent, begun, go_on = new_agent(SETTINGS), tmp_path / "begun", tmp_path / "go-on"
    (tmp_path / "sitecustomize.py").write_text(HELD_UP.format(begun=f"{begun}", go_on=f"{go_on}"))
    before, path = picture(desk.display), desk.env["PYTHONPATH"]
    desk.env.update(PYTHONPATH=f"{tmp_path}:{path}", TRAY_AGENT_HOME=f"{agent.home}")
    try:
        agent.process = desk.start_agent()
    finally:
        desk.env["PYTHONPATH"] = path
    wait_until(begun.exists, "the rest to be about to load")
    wait_until(lambda: changed(before, picture(desk.display), PANEL), "the icon to be drawn")
    loaded = set(begun.read_text().split())
    assert "tray_agent.platforms.linux.sni" in loaded
    assert not {"pynput", "sqlite3", "tray_agent.core.engine", "tray_agent.running"} & loaded
    go_on.touch()
    wait_until(agent.answers, "the agent to answer", 20)
    assert PanelMenu(desk).open()["Quit"].enabled


def test_an_agent_that_cannot_go_on_takes_its_icon_along(desk: Desktop, new_agent: NewAgent) -> None:
    agent = new_agent(SETTINGS)
    agent.state.mkdir(parents=True)
    with closing(sqlite3.connect(agent.state / "history.sqlite3")) as newer:
        newer.execute("PRAGMA user_version = 999")
    before = picture(desk.display)
    desk.env["TRAY_AGENT_HOME"] = f"{agent.home}"
    process = desk.start_agent()
    assert process.wait(20) == Exit.FAULT
    assert "newer" in desk.log("agent")
    wait_until(lambda: not changed(before, picture(desk.display), PANEL), "the panel to be as it was")


def test_the_icon_looks_and_reads_differently_in_each_state(
    desk: Desktop, agent: LiveAgent, menu: PanelMenu
) -> None:
    with at_work(desk.display):
        agent.until(lambda now: now["posture"] == "seated", "sitting to be seen")
        looks, titles_seen = {menu.property("IconPixmap")[0][2]}, {menu.property("ToolTip")[2]}
        for verb in ("standing", "sitting", "pause"):
            agent.ask(verb, **({"indefinitely": True} if verb == "pause" else {}))
            looks.add(menu.property("IconPixmap")[0][2])
            titles_seen.add(menu.property("ToolTip")[2])
    assert len(looks) == 3
    assert titles_seen >= {"Standing", "Paused"}


def test_the_first_line_says_how_things_are(desk: Desktop, agent: LiveAgent, menu: PanelMenu) -> None:
    with at_work(desk.display):
        agent.until(lambda now: now["posture"] == "seated", "sitting to be seen")
        first, *_rest = menu.open().values()
        assert first.label == "Sitting less than a minute, break in about 45 min"
        assert not first.enabled


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("Stand up", "Stand up"),
        ("Hip-flexor stretch", "Hip-flexor stretch"),
        ("Glute set", "Glute set"),
    ],
)
def test_a_break_of_each_kind_can_be_started(
    desk: Desktop, agent: LiveAgent, menu: PanelMenu, entry: str, title: str
) -> None:
    menu.click(f"Start a break/{entry}")
    wait_until(lambda: title in titles(desk.display), "the break window")
    assert agent.children()


def test_standing_is_said_and_taken_back(agent: LiveAgent, menu: PanelMenu) -> None:
    assert not menu.open()["I'm standing"].checked
    menu.click("I'm standing")
    agent.until(lambda now: now["posture"] == "standing", "the word to be taken")
    assert menu.open()["I'm standing"].checked
    menu.click("I'm standing")
    agent.until(lambda now: now["posture"] == "seated", "the word to be taken back")


@pytest.mark.parametrize(
    ("entry", "length_s"), [("30 minutes", 1800), ("1 hour", 3600), ("Rest of today", None)]
)
def test_pauses_and_resume(agent: LiveAgent, menu: PanelMenu, entry: str, length_s: float | None) -> None:
    before = time.time()
    menu.click(f"Pause/{entry}")
    seen = agent.until(lambda now: now["paused_until"], "the pause to begin")
    until = datetime.fromisoformat(seen["paused_until"])
    assert "paused" in seen["quiet"]
    if length_s is None:
        assert (until.hour, until.minute) == (4, 0)
    else:
        assert before + length_s - 2 <= until.timestamp() <= time.time() + length_s + 1
    entries = menu.open()
    assert next(iter(entries)) == "Paused"
    assert "Pause" not in entries
    menu.click("Resume")
    agent.until(lambda now: now["paused_until"] is None, "the pause to end")
    assert "Pause/1 hour" in menu.open()


def test_intensity_is_written_to_the_settings_and_in_force(agent: LiveAgent, menu: PanelMenu) -> None:
    assert menu.open()["Settings/Intensity/Standard"].checked
    menu.click("Settings/Intensity/Intensive")
    wait_until(lambda: menu.open()["Settings/Intensity/Intensive"].checked, "the intensity to change")
    assert not menu.open()["Settings/Intensity/Standard"].checked
    wait_until(lambda: "intensive" in agent.settings.read_text(), "the settings to be written")
    assert agent.settings.read_text() == SETTINGS + 'intensity = "intensive"\n'
    # And it is what counts: half an hour of sitting instead of three quarters.
    with at_work(agent.desktop.display):
        seen = agent.until(lambda now: now["next"], "sitting to be seen")
        assert 1500 < seen["next"]["due_in_s"] <= 1800


def test_settings_that_cannot_be_written_stay_and_the_agent_lives(agent: LiveAgent, menu: PanelMenu) -> None:
    agent.settings.write_text("hours.mode = [\n")
    wait_until(lambda: agent.ask("doctor")["faults"], "the fault to be seen")
    menu.click("Settings/Intensity/Gentle")
    log = agent.state / "agent.log"
    wait_until(lambda: "nothing was changed" in log.read_text(), "the refusal to be logged")
    wait_until(lambda: agent.desktop.notes_shown() == 1, "the person to be told")
    assert menu.open()["Settings/Intensity/Standard"].checked
    assert agent.settings.read_text() == "hours.mode = [\n"


def test_quit_ends_the_agent(desk: Desktop, agent: LiveAgent, menu: PanelMenu) -> None:
    menu.click("Quit")
    assert agent.process is not None
    assert agent.process.wait(2) == 0
    assert not agent.socket.exists()
    wait_until(lambda: desk.tray_items() == [], "the icon to go")


def test_a_panel_that_comes_late_or_comes_back_gets_the_icon() -> None:
    with Desktop(without={"panel", "dunst", "openbox"}) as desk:
        agent = LiveAgent(desk)
        agent.start()
        tray = agent.until(lambda now: now["tray"]["state"] == "absent", "the end of looking")["tray"]
        assert (tray["backend"], tray["state"], tray["reason"]) == (
            None,
            "absent",
            "no panel collects tray icons here",
        )
        for _time in range(2):
            desk.start("panel")
            shown(agent, 5)
            assert len(desk.tray_items()) == 1
            PanelMenu(desk).open()
            desk.kill("panel")
            agent.until(lambda now: now["tray"]["state"] == "absent", "the loss of the panel to be seen")
        assert agent.end() == 0
