"""Every verb against the running agent, as a script would use it."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.e2e.test_agent_day import Sitting
from tests.support.desktop import Desktop
from tests.support.live_agent import LiveAgent, Memory, at_work
from tests.support.schemas import problems
from tests.support.waiting import wait_until
from tests.support.x_windows import titles

ASKING = ["status", "why", "break", "snooze", "skip", "resume", "standing", "sitting", "away", "quit"]


@pytest.fixture(scope="module")
def desk() -> Iterator[Desktop]:
    """Notes and windows, and no panel."""
    with Desktop(without={"panel"}) as desk:
        yield desk


def said(desk: Desktop, *args: str) -> dict[str, Any]:
    """What a verb answers as JSON."""
    done = desk.tray_agent(*args, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def refused(done: CompletedProcess[str], code: int) -> str:
    """The one sentence with which a command was refused."""
    assert (done.returncode, done.stdout) == (code, "")
    (sentence,) = done.stderr.splitlines()
    assert "Traceback" not in sentence
    return sentence


def test_status_keeps_its_schema_in_every_state(desk: Desktop, agent: LiveAgent, morning: Memory) -> None:
    with Sitting(agent, morning) as sitting:
        sitting.prompted()
        now = said(desk, "status")
        assert now["prompt"]["kind"] == "hip_flexor"
        assert problems("status", now) == []
        assert problems("why", said(desk, "why")) == []
        assert desk.tray_agent("snooze").returncode == 0
        for verb in (
            ["pause", "30m"],
            ["pause", "indefinitely"],
            ["resume"],
            ["standing"],
            ["sitting"],
            ["away"],
        ):
            assert desk.tray_agent(*verb).returncode == 0
            assert problems("status", said(desk, "status")) == []
            assert problems("why", said(desk, "why")) == []
    assert problems("doctor", said(desk, "doctor")) == []


def test_snooze_and_skip_answer_the_prompt_and_need_one(
    desk: Desktop, agent: LiveAgent, morning: Memory
) -> None:
    with Sitting(agent, morning) as sitting:
        sitting.prompted()
        assert desk.tray_agent("skip").returncode == 0
        now = said(desk, "status")
        assert (now["prompt"], now["today"]["skipped"]) == (None, 1)
        wait_until(lambda: desk.notes_shown() == 0, "the note to go")
    for verb in ("snooze", "skip"):
        assert refused(desk.tray_agent(verb), 2) == "no prompt is showing"


def test_words_about_the_person_are_believed(desk: Desktop, agent: LiveAgent) -> None:
    agent.start()
    for verb, posture in (("standing", "standing"), ("sitting", "seated"), ("away", "away")):
        assert desk.tray_agent(verb).returncode == 0
        assert said(desk, "status")["posture"] == posture


@pytest.mark.parametrize("kind", ["stand_up", "hip_flexor", "glutes"])
def test_break_opens_its_window(desk: Desktop, agent: LiveAgent, kind: str) -> None:
    agent.start()
    assert desk.tray_agent("break", kind).returncode == 0
    title = {"stand_up": "Stand up", "hip_flexor": "Hip-flexor stretch", "glutes": "Glute set"}[kind]
    wait_until(lambda: title in titles(desk.display), "the break window")


def test_pause_and_resume(desk: Desktop, agent: LiveAgent) -> None:
    agent.start()
    assert desk.tray_agent("resume").returncode == 0
    # The desktop's clock shows ten.
    for words in (["30m"], ["1h"], ["1h30m"], ["today"], ["until", "23:59"]):
        paused = said(desk, "pause", *words)["paused_until"]
        assert said(desk, "status")["paused_until"][:16] == paused[:16]
    assert said(desk, "pause", "indefinitely") == {"paused_until": "indefinite"}
    assert (
        refused(desk.tray_agent("pause", "until", "09:30"), 2)
        == "09:30 is past; a pause can only end later today"
    )
    assert said(desk, "status")["paused_until"] == "indefinite"
    assert desk.tray_agent("resume").returncode == 0
    assert said(desk, "status")["paused_until"] is None


def test_a_second_run_leaves_it_to_the_first(desk: Desktop, agent: LiveAgent) -> None:
    agent.start()
    again = desk.tray_agent("run")
    assert (again.returncode, again.stdout, again.stderr) == (0, "Tray Agent is running already.\n", "")
    assert agent.answers()


def test_without_an_agent_each_verb_says_so(desk: Desktop, agent: LiveAgent) -> None:
    desk.env["TRAY_AGENT_HOME"] = str(agent.home)
    for verb in ASKING:
        assert refused(desk.tray_agent(verb), 3) == "Tray Agent is not running"
    assert refused(desk.tray_agent("pause", "1h"), 3) == "Tray Agent is not running"
    assert desk.tray_agent("get", "intensity").stdout == "standard\n"
    parts = {part["name"]: part["state"] for part in said(desk, "doctor")["parts"]}
    assert parts == {"counter": "ok", "pynput": "ok", "tray": "absent", "notifier": "ok", "windows": "ok"}


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fly"],
        ["status", "now"],
        ["status", "--loud"],
        ["break", "nap"],
        ["pause"],
        ["pause", "soon"],
        ["pause", "0m"],
        ["pause", "until", "25:00"],
        ["run", "--speed", "0"],
        ["run", "--speed", "fast"],
        ["run", "--config", "nowhere.toml"],
        ["get", "mood"],
        ["set", "intensity", "brutal"],
        ["set", "activity.idle_threshold_s", "10"],
        ["replay", "nowhere.jsonl"],
    ],
)
def test_bad_input_is_one_sentence(desk: Desktop, agent: LiveAgent, words: list[str]) -> None:
    desk.env["TRAY_AGENT_HOME"] = str(agent.home)
    assert len(refused(desk.tray_agent(*words), 2)) > 10


def test_an_agent_that_hangs_times_out(desk: Desktop, agent: LiveAgent) -> None:
    agent.start()
    assert agent.process is not None
    agent.process.send_signal(signal.SIGSTOP)
    try:
        assert refused(desk.tray_agent("status"), 5) == "Tray Agent did not answer in time"
    finally:
        agent.process.send_signal(signal.SIGCONT)
    assert agent.answers()


def test_a_home_that_cannot_be_is_one_sentence(desk: Desktop, tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("")
    desk.env["TRAY_AGENT_HOME"] = str(home)
    sentence = f"the folder {home}/config cannot be used: Not a directory"
    assert refused(desk.tray_agent("run"), 1) == sentence
    assert refused(desk.tray_agent("set", "intensity", "gentle"), 1) == sentence


def test_settings_edited_by_hand_are_taken_up(desk: Desktop, agent: LiveAgent) -> None:
    with at_work(desk.display):
        agent.start()
        seen = agent.until(lambda now: now["next"], "sitting to be seen")
        assert seen["next"]["due_in_s"] > 2600
        agent.settings.write_text('hours.mode = "always"\nintensity = "intensive"\n')
        agent.until(lambda now: now["next"]["due_in_s"] <= 1800, "the edit to be taken up")


def test_set_reaches_the_running_agent(desk: Desktop, agent: LiveAgent) -> None:
    with at_work(desk.display):
        agent.start()
        agent.until(lambda now: now["next"], "sitting to be seen")
        done = desk.tray_agent("set", "intensity", "gentle")
        assert (done.returncode, done.stdout) == (0, 'intensity = "gentle"\n')
        agent.until(lambda now: now["next"]["due_in_s"] > 3000, "the new value to be in force")


def test_a_bad_value_is_told_and_the_others_stay(desk: Desktop, agent: LiveAgent) -> None:
    with at_work(desk.display):
        agent.start()
        agent.until(lambda now: now["next"], "sitting to be seen")
        agent.settings.write_text('hours.mode = "always"\nintensity = "intensive"\ninsistence = "loud"\n')
        seen = agent.until(lambda now: now["next"]["due_in_s"] <= 1800, "the good value to be in force")
        assert seen["quiet"] == ["day_start"]
    (fault,) = said(desk, "doctor")["faults"]
    assert 'insistence = "loud" is wrong' in fault
    assert f"{agent.settings}, line 3" in fault
    assert fault in desk.tray_agent("doctor").stdout
    agent.settings.write_text("hours.mode = [\n")
    wait_until(lambda: "TOML" in "".join(said(desk, "doctor")["faults"]), "the broken file to be told")
    assert agent.status()["next"]["due_in_s"] <= 1800


def test_another_settings_file(desk: Desktop, agent: LiveAgent, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('hours.mode = "always"\nintensity = "gentle"\n')
    with at_work(desk.display):
        agent.start("--config", str(mine), "--no-tray")
        seen = agent.until(lambda now: now["next"], "sitting to be seen")
        assert seen["next"]["due_in_s"] > 3000
        assert (seen["tray"]["backend"], seen["tray"]["state"]) == (None, "off")
        mine.write_text('hours.mode = "always"\n')
        agent.until(lambda now: now["next"]["due_in_s"] < 3000, "the edit to be taken up")


def test_outside_work_hours_nobody_is_asked(desk: Desktop, agent: LiveAgent) -> None:
    agent.settings.write_text('hours.ranges = ["mon-sun 03:00-04:00"]\n')
    with at_work(desk.display):
        agent.start()
        seen = agent.until(lambda now: now["posture"] == "seated", "sitting to be seen")
    assert "outside_hours" in seen["quiet"]
