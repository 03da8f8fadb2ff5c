"""Why the estimate is what it is: its rule, its evidence with ages, and what would change it."""

from __future__ import annotations

import pytest

from tests.support.timeline import Playbook
from tray_agent.core import events as ev
from tray_agent.core.explain import Rule
from tray_agent.core.model import Because, Posture


@pytest.fixture
def day() -> Playbook:
    """A day of single inputs: between two of them the last has an age."""
    return Playbook()


def told(reasons: tuple[Because, ...]) -> dict[str, dict[str, float | str]]:
    return {reason.code: reason.values for reason in reasons}


def expects(day: Playbook, rule: Rule, evidence: object, changes: object) -> None:
    said = day.view.explanation
    assert (said.rule, told(said.evidence), told(said.would_change)) == (rule, evidence, changes)


WORD: dict[str, dict[str, float]] = {"lock": {}, "sleep": {}, "word": {}}


def test_by_input(day: Playbook) -> None:
    day.works("0:00", "0:10")
    day.until("0:10:12")
    evidence = {"last_input": {"age_s": 12}, "sitting_since": {"age_s": 612}}
    expects(day, Rule.INPUT, evidence, {"no_input": {"in_s": 138}, **WORD})
    assert day.view.explanation.thresholds == {
        "idle_threshold_s": 150,
        "hold_s": 1200,
        "break_counts_after_s": 120,
        "standing_holds_s": 2400,
        "interval_s": 2700,
    }


def test_by_a_call_that_is_on(day: Playbook) -> None:
    day.works("0:00", "0:10")
    day.begins("call", "0:10:20")
    day.until("0:20")
    evidence = {"last_input": {"age_s": 600}, "sitting_since": {"age_s": 1200}, "call": {"age_s": 580}}
    expects(day, Rule.HELD, evidence, {"no_input": {"in_s": 750}, "hold_ends": {}, **WORD})
    assert day.view.estimate.posture is Posture.SEATED


def test_by_one_of_which_an_older_version_did_not_say_since_when(day: Playbook) -> None:
    day.works("0:00", "0:10")
    day.begins("media", "0:10:20")
    day.engine._state.quiet.since.clear()
    day.until("0:20")
    assert told(day.view.explanation.evidence)["media"] == {}


def test_by_one_that_has_just_ended(day: Playbook) -> None:
    day.works("0:00", "0:10")
    day.begins("media", "0:10:20")
    day.ends("media", "0:20")
    day.until("0:21")
    evidence = {"last_input": {"age_s": 660}, "sitting_since": {"age_s": 1260}, "hold_ended": {"age_s": 60}}
    expects(day, Rule.HOLD_ENDED, evidence, {"no_input": {"in_s": 90}, **WORD})


def test_what_would_change_it_does(day: Playbook) -> None:
    day.works("0:00", "0:10")
    day.begins("call", "0:10:20")
    day.until("0:20")
    left_s = told(day.view.explanation.would_change)["no_input"]["in_s"]
    assert isinstance(left_s, float | int)
    day.rests(left_s - 1)
    day.expects("seated", "0:32:29")
    day.rests(1)
    day.expects("away", "0:00")


def test_away_by_idleness(day: Playbook) -> None:
    day.works("0:00", "0:10")
    day.until("0:14")
    evidence = {"last_input": {"age_s": 240}, "left": {"age_s": 240, "cause": "idle"}}
    expects(day, Rule.LEFT, evidence, {"input": {}, "word": {}})


def test_away_by_a_lock(day: Playbook) -> None:
    day.works("0:00", "0:10")
    day.locks("0:10:05")
    day.until("0:13")
    evidence = {"last_input": {"age_s": 180}, "locked": {}, "left": {"age_s": 175, "cause": "lock"}}
    expects(day, Rule.LEFT, evidence, {"unlock": {}, "word": {}})


def test_standing(day: Playbook) -> None:
    day.works("0:00", "0:10")
    day.says("standing", "0:10")
    day.until("0:15")
    evidence = {"last_input": {"age_s": 300}, "standing_since": {"age_s": 300}}
    expects(day, Rule.SAID_STANDING, evidence, {"standing_expires": {"in_s": 2100}, "word": {}})


def test_unknown() -> None:
    day = Playbook()
    expects(day, Rule.NO_INPUT_YET, {}, {"input": {}, "word": {}})
    day.tells(ev.SensorLost())
    expects(day, Rule.NO_SENSOR, {}, {"sensor": {}, "word": {}})


@pytest.mark.parametrize(("signal", "left"), [("call", {}), ("sharing", {})])
def test_what_a_prompt_waits_for_and_how_long(day: Playbook, signal: str, left: dict[str, float]) -> None:
    day.begins(signal, "0:30")
    day.works("0:30", "0:40")
    waits = told(day.view.explanation.waits_for)
    assert waits == {signal: left, "day_start": {"left_s": 600}}
