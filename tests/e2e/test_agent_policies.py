"""A machine that an organisation manages: policies in its /etc, taken up while the agent runs."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.test_agent_day import Sitting
from tests.support.accessible import READS_ALOUD, Accessibility
from tests.support.desktop import Desktop
from tests.support.live_agent import ALWAYS, Memory
from tests.support.organisation import ManagedAgent
from tests.support.panel_menu import PanelMenu
from tests.support.schemas import problems
from tests.support.spoken_window import SpokenWindow
from tests.support.waiting import wait_until
from tests.support.x_windows import titles

NUMBERS = itertools.count()
HARDEST = {"insistence": "window", "intensity": "intensive", "organisation__quit": False}
"""As hard as an organisation may make it."""

SETTINGS, WELCOME = "Settings", "Welcome to Tray Agent"


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


@pytest.fixture(scope="module")
def tree(desk: Desktop) -> Iterator[Accessibility]:
    desk.env |= READS_ALOUD
    with Accessibility(desk) as tree:
        yield tree


def test_the_window_of_settings_tells_who_decided_and_whom_to_ask(
    tree: Accessibility, agent: ManagedAgent
) -> None:
    agent.decide(
        organisation__name="Example Works",
        organisation__link="https://intranet.example/breaks",
        hours__ranges=["mon-thu 08:00-17:00"],
    )
    agent.start()
    agent.ask("settings")
    window = SpokenWindow(tree, SETTINGS)
    window.says("Example Works has decided this.", "https://intranet.example/breaks")
    assert "enabled" not in window.part("Add hours", "push button").states
    assert window.words().count("https://intranet.example/breaks") == 1

    agent.decide(organisation__name="Example Works", hours__mode="always")
    wait_until(lambda: "enabled" in window.part("Add hours", "push button").states, "the hours to be free")
    window.says("Example Works has decided this.")
    assert "https://intranet.example/breaks" not in window.words()

    agent.decide()
    wait_until(lambda: "has decided this" not in window.words(), "all to be free")


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("hours.mode", "schedule", "schedule"),
        ("hours.ranges", ["fri 09:00-12:00"], '["fri 09:00-12:00"]'),
        ("hours.holidays", ["2026-12-24"], '["2026-12-24"]'),
        ("intensity", "intensive", "intensive"),
        ("insistence", "window", "window"),
        ("language", "de", "de"),
        ("history.retention_days", 0, "0"),
        ("welcome", False, "false"),
        ("exercises.floor", False, "false"),
        ("organisation.autostart", "never", "never"),
        ("organisation.quit", False, "false"),
        ("activity.source", "counter", "counter"),
    ],
)
def test_what_is_decided_beats_the_person_s_own_choice(
    agent: ManagedAgent, key: str, value: object, shown: str
) -> None:
    agent.decide(**{key.replace(".", "__"): value})
    assert agent.run("get", key).stdout == f"{shown}\n"
    assert agent.run("set", key, shown).returncode == 4
    (row,) = json.loads(agent.run("policy", "--json").stdout)["policies"]
    assert (row["name"], row["value"], row["level"], row["in_force"]) == (key, value, "mandatory", True)


def test_a_language_that_is_decided_is_spoken_at_once(desk: Desktop, agent: ManagedAgent) -> None:
    agent.start()
    wait_until(desk.tray_items, "the icon")
    menu = PanelMenu(desk)
    assert "Pause" in {path.split("/")[0] for path in menu.open()}
    agent.decide(language="de")
    wait_until(lambda: any(path.startswith("Einstellungen") for path in menu.open()), "German to be spoken")


def test_nothing_is_kept_but_today_where_nothing_may_be(agent: ManagedAgent) -> None:
    agent.decide(history__retention_days=0)
    agent.start()
    assert agent.run("set", "history.retention_days", "365").returncode == 4
    told = json.loads(agent.run("history", "--format", "json").stdout)
    assert len(told["days"]) <= 1


@pytest.mark.parametrize(("wanted", "other", "on"), [("always", "off", True), ("never", "on", False)])
def test_starting_with_the_session_can_be_decided(
    agent: ManagedAgent, wanted: str, other: str, on: bool
) -> None:
    agent.start()
    agent.decide(organisation__autostart=wanted)
    wait_until(lambda: json.loads(agent.run("autostart", "status", "--json").stdout)["on"] is on, wanted)
    assert agent.run("autostart", other).returncode == 4
    assert json.loads(agent.run("autostart", "status", "--json").stdout)["on"] is on


def test_no_welcome_does_not_skip_the_safety_check(
    tree: Accessibility, desk: Desktop, agent: ManagedAgent
) -> None:
    agent.settings.write_text('hours.mode = "always"\n')
    agent.decide(welcome=False, exercises__floor=True)
    agent.start()
    agent.ask("settings")
    SpokenWindow(tree, SETTINGS)
    assert WELCOME not in titles(desk.display)
    assert json.loads(agent.run("safety", "--json").stdout)["cleared"] is not True


def test_no_exercise_on_the_floor_where_the_organisation_wants_none(agent: ManagedAgent) -> None:
    agent.decide(exercises__floor=False)
    agent.start()
    assert agent.run("set", "exercises.floor", "true").returncode == 4
    assert agent.run("get", "exercises.floor").stdout == "false\n"


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
    assert agent.status()["paused_until"]
    assert agent.run("resume").returncode == 0
    assert agent.run("erase", "--yes").returncode == 0
    told = json.loads(agent.run("policy", "--json").stdout)["policies"]
    assert all(row["error"] and not row["in_force"] for row in told)


@pytest.mark.parametrize("verb", ["snooze", "skip"])
def test_a_prompt_can_be_put_off_whatever_the_organisation_decides(
    agent: ManagedAgent, morning: Memory, verb: str
) -> None:
    agent.decide(**HARDEST, snooze=False, skip=False, prompts__snoozes=0)
    with Sitting(agent, morning) as sitting:
        seen = agent.until(lambda now: now["prompt"], "the prompt", 20)
        assert seen["prompt"]["insistence"] == "window"
        assert agent.run(verb).returncode == 0
        agent.until(lambda now: now["prompt"] is None, "the prompt to go")
        sitting.leaves()


def test_nobody_else_can_make_it_fill_the_screen(agent: ManagedAgent) -> None:
    agent.decide(**{**HARDEST, "insistence": "firm"})
    agent.recommend(insistence="firm")
    agent.start()
    assert agent.run("get", "insistence").stdout == "notify\n"
    assert agent.run("set", "insistence", "firm").returncode == 0, "a person may"


def test_nobody_else_reads_or_gives_health_answers(agent: ManagedAgent) -> None:
    agent.decide(safety__cleared=True, cleared=True, history__health=True, exercises__floor=True)
    agent.start()
    assert agent.run("safety", "--json").stdout.count('"cleared": true') == 0
    agent.ask("safety", cleared=False, conditions=["sore_knee"])
    for told in (
        *(agent.run(*words).stdout for words in (["status", "--json"], ["doctor", "--json"])),
        agent.run("policy", "--json").stdout,
        (agent.state / "agent.log").read_text(),
    ):
        assert "sore_knee" not in told


def test_an_inventory_learns_of_errors_and_nothing_about_the_person(agent: ManagedAgent) -> None:
    agent.decide(intensity="brutal", activity__source="counter")
    agent.start()
    told = json.loads(agent.run("doctor", "--json").stdout)
    (error,) = told["policy_errors"]
    assert error["name"] == "intensity"
    assert problems("doctor", told) == []
