"""Every verb against the running agent, as a script would use it."""

from __future__ import annotations

import json
import re
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
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
from tray_agent.shell.history import BoutRow
from tray_agent.shell.store import SqliteStore

ASKING = ["status", "why", "break", "snooze", "skip", "resume", "standing", "sitting", "away", "quit"]
CODE = re.compile(r"[a-z0-9_.-]*")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
FREE = {"version", "source", "backend", "reason"}


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


def codes(answer: Any, at: str = "") -> Iterator[str]:
    """Every text in an answer, but for those that are a mechanism's own or an English clause."""
    if isinstance(answer, dict):
        for key, value in answer.items():
            yield from codes(value, key)
    elif isinstance(answer, list):
        for value in answer:
            yield from codes(value, at)
    elif isinstance(answer, str) and at not in FREE:
        yield answer


def test_no_answer_speaks_a_language(desk: Desktop, agent: LiveAgent) -> None:
    agent.start()
    said(desk, "pause", "30m")
    texts = [text for verb in ("status", "why", "doctor") for text in codes(said(desk, verb))]
    assert {"paused", "ok", "counter"} <= set(texts)
    assert [text for text in texts if not (CODE.fullmatch(text) or TIME.fullmatch(text))] == []


def test_what_was_done_is_an_empty_answer(desk: Desktop, agent: LiveAgent, morning: Memory) -> None:
    with Sitting(agent, morning) as sitting:
        sitting.prompted()
        for words in (["snooze"], ["standing"], ["sitting"], ["away"], ["resume"], ["break"]):
            assert problems("done", said(desk, *words)) == [], words
        assert problems("pause", said(desk, "pause", "today")) == []
        assert problems("pause", said(desk, "pause", "indefinitely")) == []
        assert problems("done", said(desk, "quit")) == []


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
    told = desk.tray_agent("pause", "until", "23:59").stdout
    assert told == "Paused until 23:59.\n"
    assert said(desk, "pause", "indefinitely") == {"paused_until": "indefinite"}
    assert (
        refused(desk.tray_agent("pause", "until", "9:30"), 2)
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
    found = said(desk, "doctor")
    assert problems("doctor", found) == [] and not found["running"]
    parts = {part["name"]: part["state"] for part in found["parts"]}
    well = {"counter": "ok", "pynput": "ok", "tray": "absent", "notifier": "ok", "windows": "ok"}
    assert well.items() <= parts.items()


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
        ["was", "happy"],
        ["was", "up", "12:30"],
        ["history", "--days", "0"],
        ["history", "--format", "xml"],
        ["autostart", "perhaps"],
        ["export"],
        ["erase"],
        ["completion", "csh"],
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
    sentence = f"the folder {home}/runtime cannot be used: Not a directory"
    assert refused(desk.tray_agent("run"), 1) == sentence
    assert refused(desk.tray_agent("set", "intensity", "gentle"), 1) == sentence


def test_was_puts_the_day_right(desk: Desktop, agent: LiveAgent, morning: Memory) -> None:
    morning.give(agent)
    agent.start()
    before = said(desk, "status")["today"]
    in_an_hour = datetime.fromisoformat(said(desk, "pause", "1h")["paused_until"])
    began, ended = (in_an_hour - timedelta(minutes=minutes) for minutes in (85, 75))
    told = desk.tray_agent("was", "up", f"{began:%H:%M}-{ended:%H:%M}")
    assert told.stdout == f"Noted: you were up from {began:%H:%M} to {ended:%H:%M}.\n"
    after = said(desk, "status")["today"]
    assert after["breaks"] == before["breaks"] + 1
    # A second or two were sat between the two questions.
    assert 590 <= before["sitting_s"] - after["sitting_s"] <= 600
    answer = said(desk, "was", "meeting", f"{began:%H:%M}-{ended:%H:%M}")
    assert problems("was", answer) == []
    assert answer["as"] == "meeting" and answer["from"][11:16] == f"{began:%H:%M}"
    assert said(desk, "status")["today"]["breaks"] == before["breaks"]
    assert "today" in refused(desk.tray_agent("was", "up", "03:00-03:10"), 2)


def test_autostart_is_kept_until_taken_back(desk: Desktop, agent: LiveAgent) -> None:
    off = said(desk, "autostart", "status")
    assert problems("autostart", off) == [] and not off["on"]
    on = said(desk, "autostart", "on")
    assert problems("autostart", on) == [] and on["on"]
    assert said(desk, "autostart", "status") == on
    assert "starts when you log in" in desk.tray_agent("autostart", "status").stdout
    assert not said(desk, "autostart", "off")["on"]


def remember_a_bout(agent: LiveAgent) -> None:
    """Forty minutes of sitting, the day before yesterday."""
    agent.state.mkdir(mode=0o700, parents=True)
    began = time.time() - 2 * 86400
    with closing(SqliteStore(agent.state / "history.sqlite3")) as store:
        store.add(BoutRow(began, began + 2400, "idle"))


def test_history_is_the_same_with_and_without_the_agent(desk: Desktop, agent: LiveAgent) -> None:
    remember_a_bout(agent)
    agent.start()
    running = [desk.tray_agent("history", "--format", form).stdout for form in ("text", "json", "csv")]
    assert " 40 min " in running[0]
    assert problems("history", json.loads(running[1])) == []
    assert '"sitting_s": 2400' in running[1] and ",2400,2400,0,0," in running[2]
    parts = {part["name"]: part["state"] for part in said(desk, "doctor")["parts"]}
    assert parts["history"] == "ok"
    agent.end()
    files = {file.name: file.read_bytes() for file in agent.state.iterdir()}
    assert [
        desk.tray_agent("history", "--format", form).stdout for form in ("text", "json", "csv")
    ] == running
    assert {file.name: file.read_bytes() for file in agent.state.iterdir()} == files


@pytest.mark.parametrize("running", [True, False])
def test_export_holds_what_erase_then_takes(
    desk: Desktop, agent: LiveAgent, tmp_path: Path, running: bool
) -> None:
    remember_a_bout(agent)
    (agent.state / "crash.txt").write_text("a fault of long ago")
    agent.start()
    if not running:
        agent.end()
    assert desk.tray_agent("export", str(tmp_path / "before.json")).returncode == 0
    told = json.loads((tmp_path / "before.json").read_text())
    assert problems("export", told) == [] and len(told["bouts"]) == 1
    assert told["state"]["state"]["ledger"]["date"]
    erased = time.monotonic()
    assert problems("done", said(desk, "erase", "--yes")) == []
    assert "Nothing is kept" in desk.tray_agent("history").stdout
    assert desk.tray_agent("export", str(tmp_path / "after.json")).returncode == 0
    assert json.loads((tmp_path / "after.json").read_text())["bouts"] == []
    left = {file.name for file in agent.state.iterdir()}
    if running:
        assert agent.answers() and "crash.txt" not in left
        # What it held it has emptied, and it goes on living and keeping.
        assert agent.rows("bouts") == []
        assert said(desk, "status")["today"]["sitting_s"] <= time.monotonic() - erased + 1
    else:
        assert left == set()
    assert agent.settings.exists()


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
    told = desk.tray_agent("doctor").stdout
    assert 'insistence = "loud" is wrong' in told
    assert f"{agent.settings}, line 3" in told
    assert said(desk, "doctor")["faults"] == 1
    agent.settings.write_text("hours.mode = [\n")
    wait_until(lambda: "TOML" in desk.tray_agent("doctor").stdout, "the broken file to be told")
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
