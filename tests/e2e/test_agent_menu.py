"""Every entry of the tray menu, chosen as a panel chooses it, and what came of it."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import NewAgent
from tests.support.desktop import Desktop
from tests.support.live_agent import LiveAgent, at_work
from tests.support.panel_menu import PanelMenu
from tests.support.waiting import wait_until
from tests.support.x_windows import titles

SETTINGS = {
    "Settings/Intensity/Gentle": ("intensity", "gentle"),
    "Settings/Intensity/Intensive": ("intensity", "intensive"),
    "Settings/Intensity/Standard": ("intensity", "standard"),
    "Settings/How to ask/Change the icon": ("insistence", "icon"),
    "Settings/How to ask/Open the break window": ("insistence", "window"),
    "Settings/How to ask/Fill the screen": ("insistence", "firm"),
    "Settings/How to ask/Show a notification": ("insistence", "notify"),
    "Settings/Working hours/Monday to Friday, 09:00 to 17:00": ("hours.ranges", ["mon-fri 09:00-17:00"]),
    "Settings/Working hours/Monday to Friday, 07:00 to 16:00": ("hours.ranges", ["mon-fri 07:00-16:00"]),
    "Settings/Working hours/Monday to Friday, 08:00 to 18:00": ("hours.mode", "schedule"),
    "Settings/Working hours/At any time": ("hours.mode", "always"),
    "Settings/Prompts/Breaks from sitting": ("prompts.stand_up", False),
    "Settings/Prompts/Hip-flexor stretch": ("prompts.hip_flexor", False),
    "Settings/Prompts/Glute strength": ("prompts.glutes", False),
    'Settings/Prompts/Ask "Were you up?"': ("prompts.ask_were_you_up", False),
    "Settings/No prompts/During calls": ("quiet.call", False),
    "Settings/No prompts/While sharing the screen": ("quiet.sharing", False),
    "Settings/No prompts/In full screen": ("quiet.fullscreen", False),
    "Settings/No prompts/On do-not-disturb": ("quiet.dnd", False),
    "Settings/I read, listen or dictate a lot": ("activity.long_silences", True),
}
WINDOWS = {
    "Today …": "Today",
    "Why?/More …": "Why?",
    "When to get help": "When to get help",
    "About/Welcome …": "Welcome to Tray Agent",
    "About/About Tray Agent": "About Tray Agent",
    "Settings/Working hours/Edit …": "Settings",
    "Settings/All settings …": "Settings",
    "Settings/Safety check …": "Safety check",
}
BREAKS = {
    "Start a break/Stand up": "stand_up",
    "Start a break/Hip-flexor stretch": "hip_flexor",
    "Start a break/Glute set": "glutes",
}
PAUSES = ["Pause/30 minutes", "Pause/1 hour", "Pause/Rest of today", "Pause/Until I resume"]
OTHERS = ["I'm standing", "Settings/Start with the session", "Settings/Settings file", "Quit"]


@pytest.fixture
def agent(new_agent: NewAgent) -> LiveAgent:
    agent = new_agent()
    agent.start()
    agent.until(lambda now: now["tray"]["state"] == "ok", "the icon to be in the panel")
    return agent


@pytest.fixture
def menu(agent: LiveAgent) -> PanelMenu:
    return PanelMenu(agent.desktop)


def test_every_entry_is_tried_below(menu: PanelMenu) -> None:
    entries = menu.open()
    headings = {path.rpartition("/")[0] for path in entries}
    can_be_chosen = {path for path, entry in entries.items() if entry.enabled} - headings
    until = {path for path in can_be_chosen if path.startswith("Pause/Until/")}
    assert len(until) == 8
    assert can_be_chosen - until == {*SETTINGS, *WINDOWS, *BREAKS, *PAUSES, *OTHERS}


def test_each_setting_is_written_and_shown_as_chosen(agent: LiveAgent, menu: PanelMenu) -> None:
    for path, (key, value) in SETTINGS.items():
        menu.click(path)
        wait_until(partial(_holds, agent.settings, key, value), f"{path} to be written")
        assert menu.open()[path].checked == (value is not False), path
    assert agent.ask("doctor")["faults"] == []


@pytest.mark.parametrize(("path", "title"), WINDOWS.items())
def test_what_is_to_be_read_or_edited_opens(
    desk: Desktop, agent: LiveAgent, menu: PanelMenu, path: str, title: str
) -> None:
    menu.click(path)
    wait_until(lambda: title in titles(desk.display), f"{title} to open")
    agent.end()
    wait_until(lambda: title not in titles(desk.display), f"{title} to go with the agent")


@pytest.mark.parametrize("path", PAUSES)
def test_pauses_last_as_long_as_they_say_and_end_when_told(
    agent: LiveAgent, menu: PanelMenu, path: str
) -> None:
    menu.click(path)
    until = agent.until(lambda now: now["paused_until"], "the pause to begin")["paused_until"]
    now = datetime.now().astimezone()
    match path:
        case "Pause/Until I resume":
            assert until == "indefinite"
        case "Pause/Rest of today":
            assert datetime.fromisoformat(until).strftime("%H:%M") == "04:00"
        case _:
            minutes = (datetime.fromisoformat(until) - now).total_seconds() / 60
            assert minutes == pytest.approx(60 if "hour" in path else 30, abs=0.2)
    entries = menu.open()
    assert next(iter(entries)) == "Paused"
    assert "Pause" not in entries
    menu.click("Resume")
    agent.until(lambda now: now["paused_until"] is None, "the pause to end")


def test_a_pause_until_a_half_hour_ends_then(agent: LiveAgent, menu: PanelMenu) -> None:
    third = [path for path in menu.open() if path.startswith("Pause/Until/")][2]
    menu.click(third)
    until = agent.until(lambda now: now["paused_until"], "the pause to begin")["paused_until"]
    # The desktop has a clock of its own.
    assert until[11:16] == third.removeprefix("Pause/Until/")


def test_starting_with_the_session_is_switched_on_and_off(
    desk: Desktop, agent: LiveAgent, menu: PanelMenu
) -> None:
    path = "Settings/Start with the session"
    entry = Path(desk.env["XDG_CONFIG_HOME"], "autostart", "org.trayagent.TrayAgent.desktop")
    assert not menu.open()[path].checked
    menu.click(path)
    wait_until(entry.exists, "the entry to be made")
    assert menu.open()[path].checked
    menu.click(path)
    wait_until(lambda: not entry.exists(), "the entry to go")
    assert not menu.open()[path].checked


def test_the_settings_file_opens_in_the_persons_own_program(
    desk: Desktop, new_agent: NewAgent, tmp_path: Path
) -> None:
    opener, opened = tmp_path / "xdg-open", tmp_path / "opened"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > {opened}\n')
    opener.chmod(0o755)
    path = desk.env["PATH"]
    desk.env["PATH"] = f"{tmp_path}:{path}"
    try:
        agent = new_agent()
        agent.start()
    finally:
        desk.env["PATH"] = path
    agent.until(lambda now: now["tray"]["state"] == "ok", "the icon to be in the panel")
    PanelMenu(desk).click("Settings/Settings file")
    wait_until(opened.exists, "the file to be opened")
    wait_until(lambda: opened.read_text() == f"{agent.settings}", "its name to be given")


def test_an_absence_can_be_called_sitting_from_the_menu(desk: Desktop, new_agent: NewAgent) -> None:
    agent = new_agent()
    agent.start(speed=300)
    with at_work(desk.display):
        agent.until(lambda now: now["sitting_s"] > 600, "ten minutes of sitting")
    agent.until(lambda now: now["posture"] == "away", "the person to be missed")
    with at_work(desk.display):
        seen = agent.until(lambda now: now["today"]["breaks"] == 1, "the break to be seen")
        before_s = seen["sitting_s"]
        menu = PanelMenu(desk)
        (path,) = [path for path in menu.open() if path.endswith("I was/Sitting")]
        menu.click(path)
        agent.until(
            lambda now: now["today"]["breaks"] == 0 and now["sitting_s"] > before_s + 600,
            "the break to be taken back",
        )


def _holds(settings: Path, key: str, value: object) -> bool:
    """Whether the settings file gives the key this value."""
    found: Any = tomllib.loads(settings.read_text())
    for name in key.split("."):
        found = found.get(name, {})
    return bool(found == value)
