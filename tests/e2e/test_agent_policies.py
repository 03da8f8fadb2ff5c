"""A machine that an organisation manages: policies in its /etc, taken up while the agent runs."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desktop import Desktop
from tests.support.live_agent import ALWAYS
from tests.support.organisation import ManagedAgent
from tests.support.panel_menu import PanelMenu
from tests.support.waiting import wait_until

NUMBERS = itertools.count()


@pytest.fixture
def agent(desk: Desktop) -> Iterator[ManagedAgent]:
    agent = ManagedAgent(desk, f"managed{next(NUMBERS)}", ALWAYS)
    yield agent
    agent.kill()


def test_a_decision_is_taken_up_shown_and_taken_back_live(desk: Desktop, agent: ManagedAgent) -> None:
    agent.start()
    wait_until(desk.tray_items, "the icon")
    menu = PanelMenu(desk)
    assert menu.open()["Settings/Intensity/Intensive"].enabled

    agent.decide(intensity="gentle", organisation__name="Example Works", organisation__quit=False)
    wait_until(lambda: not menu.open()["Settings/Intensity/Intensive"].enabled, "the choice to be grey")
    shown = menu.open()
    assert shown["Settings/Intensity/Gentle"].checked
    assert shown["Settings/Managed by Example Works"].enabled
    assert "Quit" not in shown
    assert shown["Pause/Rest of today"].enabled

    refused = agent.run("set", "intensity", "intensive")
    assert (refused.returncode, refused.stderr) == (4, "intensity is decided by Example Works\n")
    stays = agent.run("quit")
    assert stays.returncode == 4
    assert "Example Works wants it to stay" in stays.stderr

    agent.decide()
    wait_until(lambda: menu.open()["Settings/Intensity/Intensive"].enabled, "the choice to be free again")
    assert agent.run("quit").returncode == 0


def test_what_is_wrong_is_told_to_the_administrator_and_harms_nothing(agent: ManagedAgent) -> None:
    agent.decide(insistence="firm", quiet__cal=True, hours__mode="always")
    (agent.policies / "managed" / "broken.json").write_text("{")
    agent.start()
    told = json.loads(agent.run("policy", "--json").stdout)["policies"]
    errors = {row["name"]: row["error"] for row in told}
    assert errors["hours.mode"] is None
    assert "only for a person to choose" in errors["insistence"]
    assert "did you mean quiet.call" in errors["quiet.cal"]
    assert "not JSON" in errors[""]
    assert agent.run("get", "insistence").stdout == "notify\n"
    log = (agent.state / "agent.log").read_text()
    assert "only for a person to choose" in log


def test_a_file_that_people_may_write_is_not_obeyed(agent: ManagedAgent) -> None:
    agent.decide(intensity="gentle")
    (agent.policies / "managed" / "all.json").chmod(0o666)
    agent.start()
    assert agent.run("get", "intensity").stdout == "standard\n"
    assert "must belong to root" in agent.run("policy").stdout


def test_a_recommendation_is_where_people_start_from(agent: ManagedAgent) -> None:
    agent.recommend(intensity="gentle")
    agent.start()
    assert agent.run("get", "intensity").stdout == "gentle\n"
    assert agent.run("set", "intensity", "intensive").returncode == 0
    assert agent.run("get", "intensity").stdout == "intensive\n"


def test_no_input_hook_where_the_organisation_wants_none(agent: ManagedAgent) -> None:
    agent.decide(activity__source="counter")
    agent.start()
    (hook,) = (part for part in agent.ask("doctor")["parts"] if part["name"] == "pynput")
    assert hook["state"] == "off"
    loaded = Path(f"/proc/{agent.pid}/maps").read_text()
    assert "libxcb-record" not in loaded


def test_not_now_and_erasing_are_nobody_else_s_to_decide(agent: ManagedAgent) -> None:
    agent.decide(snooze=False, skip=False, pause=False, erase=False, prompts__snooze=False, safety=False)
    agent.start()
    assert agent.run("pause", "today").returncode == 0
    assert agent.run("resume").returncode == 0
    assert agent.run("erase", "--yes").returncode == 0
    told = json.loads(agent.run("policy", "--json").stdout)["policies"]
    assert all(row["error"] and not row["in_force"] for row in told)
