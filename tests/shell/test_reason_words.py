"""Every code has words of its own: one that has none would be shown to people as it is."""

from __future__ import annotations

import pytest

from tests.support.timeline import Playbook
from tray_agent.core import belief
from tray_agent.core.explain import Change, Rule
from tray_agent.core.model import Because, Cause, Reason, Signal
from tray_agent.core.recall import Relief
from tray_agent.core.timeline import Absence
from tray_agent.shell import reason_words

NUMBERS = {"idle_s": 300.0, "away_s": 300.0, "in_s": 300.0}
GROUNDS = [
    belief.seated(30)[1],
    *(belief.held(signal, 300)[1] for signal in (Signal.CALL, Signal.MEDIA)),
    *(belief.away(Absence(0.0, cause), 300)[1] for cause in Cause),
    *(because for _, because in belief.WHATEVER_THE_INPUT.values()),
]


def are_words(said: str, code: str) -> None:
    assert said != code
    assert " " in said or said == "paused", said
    assert "_" not in said


@pytest.mark.parametrize("because", GROUNDS, ids=lambda because: because.code)
def test_grounds(because: Because) -> None:
    are_words(reason_words.grounds(because.code, because.values), because.code)


@pytest.mark.parametrize("rule", [Rule.NO_INPUT_YET, Rule.HOLD_ENDED])
def test_rules_that_say_more_than_the_bare_reason(rule: Rule) -> None:
    are_words(reason_words.grounds(rule, {}), rule)


@pytest.mark.parametrize("code", Change)
def test_what_would_change_the_answer(code: Change) -> None:
    are_words(reason_words.change(code, NUMBERS), code)


@pytest.mark.parametrize("code", Relief)
def test_what_ended_the_waiting(code: Relief) -> None:
    are_words(reason_words.ending(code), code)


@pytest.mark.parametrize("code", Reason)
def test_why_there_is_no_prompt(code: Reason) -> None:
    said = reason_words.reason(code)
    assert said != code or code is Reason.PAUSED
    assert reason_words.reasons([code, Reason.CALL]) == f"{said}, you are in a call"


@pytest.mark.parametrize("say", [reason_words.reason, reason_words.ending])
def test_a_code_of_another_version_is_shown_as_it_is(say: object) -> None:
    assert callable(say)
    assert say("coffee") == "coffee"
    assert reason_words.change("coffee", {}) == reason_words.grounds("coffee", {}) == "coffee"


def test_whatever_the_engine_gives_as_grounds_is_among_those_above() -> None:
    day = Playbook()
    day.works("0:00", "0:45")
    assert {because.code for because in day.view.estimate.because} <= {because.code for because in GROUNDS}
