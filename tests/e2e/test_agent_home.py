"""Where no panel shows the icon: the applications menu, the home page behind it, and one hint."""

from __future__ import annotations

import configparser
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from Xlib.display import Display

from tests.support.desktop import Desktop
from tests.support.live_agent import LiveAgent, at_work
from tests.support.waiting import wait_until
from tests.support.x_windows import titles

HOME = "Tray Agent"


@pytest.fixture(scope="module")
def bare() -> Iterator[Desktop]:
    """A desktop without a panel."""
    with Desktop(without={"panel"}) as desk:
        yield desk


def test_a_second_start_opens_the_home_page_of_the_first(bare: Desktop) -> None:
    agent = LiveAgent(bare, "second")
    agent.start()
    with at_work(bare.display):
        agent.until(lambda now: now["posture"] == "seated", "sitting to be seen")
        assert HOME not in titles(bare.display)
        again = bare.tray_agent("run")
        assert again.returncode == 0
        wait_until(lambda: HOME in titles(bare.display), "the home page to open")
        (window,) = agent.children()
        assert bare.tray_agent("run").returncode == 0
    assert agent.children() == [window], "the home page is brought to the front, not opened twice"
    agent.end()
    wait_until(lambda: HOME not in titles(bare.display), "the home page to go with the agent")


def test_a_second_start_that_nobody_asked_for_opens_nothing(bare: Desktop) -> None:
    agent = LiveAgent(bare, "unasked")
    agent.start()
    again = bare.tray_agent("run", "--unasked")
    assert (again.returncode, again.stdout) == (0, "Tray Agent is running already.\n")
    assert agent.children() == []
    agent.end()


def test_the_launcher_is_made_and_one_hint_given_in_two_lives(bare: Desktop) -> None:
    agent = LiveAgent(bare, "hint")
    launcher = Path(bare.env["XDG_DATA_HOME"], "applications", "org.trayagent.TrayAgent.desktop")
    agent.start(speed=60)
    wait_until(lambda: bare.notes_shown() == 1, "the hint")
    wait_until(launcher.exists, "the entry of the applications menu")
    assert agent.end() == 0
    agent.start(speed=60)
    agent.until(lambda now: now["notifier"]["state"] == "ok", "notes to be possible")
    launcher.unlink()
    # What comes just before the hint comes again; the hint does not.
    wait_until(launcher.exists, "the entry to be made anew")
    assert bare.notes_shown() == 0
    agent.end()


def test_the_launchers_actions_reach_the_running_agent(bare: Desktop) -> None:
    agent = LiveAgent(bare, "actions")
    launcher = Path(bare.env["XDG_DATA_HOME"], "applications", "org.trayagent.TrayAgent.desktop")
    launcher.unlink(missing_ok=True)
    agent.start(speed=60)
    wait_until(launcher.exists, "the entry of the applications menu")
    entry = configparser.RawConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(launcher)
    subprocess.run(["sh", "-c", entry["Desktop Action Pause"]["Exec"]], env=bare.env, check=True)
    agent.until(lambda now: now["paused_until"], "the pause")
    subprocess.run(["sh", "-c", entry["Desktop Action Standing"]["Exec"]], env=bare.env, check=True)
    agent.until(lambda now: now["posture"] == "standing", "the word to be taken")
    subprocess.run(["gio", "launch", f"{launcher}"], env=bare.env, check=True)
    wait_until(lambda: HOME in titles(bare.display), "the home page to open")
    agent.end()


def test_the_home_page_can_be_used_with_the_keyboard_alone(bare: Desktop) -> None:
    agent = LiveAgent(bare, "keys")
    agent.start()
    assert bare.tray_agent("run").returncode == 0
    wait_until(lambda: HOME in titles(bare.display), "the home page to open")
    with closing(Display(bare.display)) as display:
        wait_until(lambda: _focused(display) == HOME, "the home page to have the focus")
    subprocess.run(["xdotool", "key", "Escape"], env=bare.env, check=True)
    wait_until(lambda: HOME not in titles(bare.display), "Escape to close it")
    wait_until(lambda: agent.children() == [], "its process to end")
    agent.end()


def _focused(display: Display) -> str:
    root = display.screen().root
    active = root.get_full_property(display.intern_atom("_NET_ACTIVE_WINDOW"), 0)
    if not active or not active.value[0]:
        return ""
    window = display.create_resource_object("window", active.value[0])
    title = window.get_full_property(display.intern_atom("_NET_WM_NAME"), 0)
    return title.value.decode() if title else ""
