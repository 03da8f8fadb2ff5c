"""Where windows cannot be shown, as on a Python without Qt, everything can be done without one.

A folder stands for the Qt package in two tests: its window's process hangs, or dies, before it has painted.
"""

from __future__ import annotations

import pytest

from tests.e2e_wine.conftest import NewAgent
from tests.support.waiting import wait_until
from tests.support.wine_agent import WineAgent
from tests.support.wine_desktop import windows_path
from tests.support.wine_taskbar import Taskbar

NO_WINDOW = "No window can be shown"


def test_doctor_names_what_is_missing_and_what_helps(agent: WineAgent) -> None:
    part = agent.part("windows")
    assert (part["state"], part["reason"]) == (
        "absent",
        "PySide6 is not installed; the [gui] extra brings it",
    )
    assert "tray-agent[gui]" in part["remedy"]


def test_a_window_that_is_asked_for_is_told_of_in_a_balloon(agent: WineAgent, taskbar: Taskbar) -> None:
    assert agent.tell("today").returncode == 0
    assert taskbar.finds(NO_WINDOW, bold=True)


def test_a_break_is_guided_by_balloons(agent: WineAgent, taskbar: Taskbar) -> None:
    assert agent.tell("break", "stand_up").returncode == 0
    assert taskbar.finds("Stand up and move", bold=True)


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("import time\ntime.sleep(60)", "did not paint"),
        ("raise SystemExit(5)", "ended with status 5 and without a word"),
    ],
)
def test_a_window_that_does_not_paint_is_given_up(
    new_agent: NewAgent, taskbar: Taskbar, does: str, reason: str
) -> None:
    agent = new_agent()
    package = agent.home / "stand_in" / "PySide6"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(does)
    agent.start(variables={"PYTHONPATH": windows_path(package.parent)})
    assert agent.part("windows")["state"] == "ok"
    agent.ask("break", kind="stand_up")
    wait_until(lambda: agent.part("windows")["state"] == "degraded", "the window to be given up", 40)
    assert agent.part("windows")["reason"] == reason
    assert taskbar.finds("Stand up and move", bold=True)
