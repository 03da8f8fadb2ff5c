"""The JSON that other programs rely on, against `docs/schemas`."""

import copy
from typing import Any

import pytest

from tests.support import answers
from tests.support.schemas import FOLDER, load, problems
from tray_agent.core.model import Insistence, Kind, Posture, Presence, Reason
from tray_agent.ports import State

DEFS = load("status.json")["$defs"]


@pytest.mark.parametrize("name", ["status", "why", "doctor"])
def test_ordinary_answers_pass(name: str) -> None:
    assert problems(name, getattr(answers, name)()) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"posture": "sitting"}, "status.posture"),
        ({"confidence": 2}, "status.confidence"),
        ({"sitting_s": True}, "status.sitting_s"),
        ({"quiet": ["coffee"]}, "status.quiet[0]"),
        ({"paused_until": "14:30"}, "status.paused_until"),
        ({"paused_until": "2026-03-02T14:30:00"}, "status.paused_until"),
        ({"prompt": {"id": 1}}, "status.prompt"),
        ({"because": [{"code": "No Code", "values": {}}]}, "status.because[0].code"),
        ({"tray": None}, "status.tray"),
    ],
)
def test_wrong_answers_do_not(changed: dict[str, Any], told: str) -> None:
    found = problems("status", answers.status(**changed))
    assert any(problem.startswith(told) for problem in found), found


@pytest.mark.parametrize("key", sorted(answers.status()))
def test_no_key_may_be_left_out(key: str) -> None:
    answer = copy.deepcopy(answers.status())
    del answer[key]
    assert problems("status", answer)


def test_codes_are_those_of_the_program() -> None:
    assert set(DEFS["reason"]["enum"]) == set(Reason)
    assert set(DEFS["kind"]["enum"]) == set(Kind)
    assert set(DEFS["state"]["enum"]) == set(State)
    status = load("status.json")["properties"]
    assert set(status["posture"]["enum"]) == set(Posture)
    assert set(status["presence"]["enum"]) == set(Presence)
    assert set(status["prompt"]["anyOf"][1]["properties"]["insistence"]["enum"]) == set(Insistence)


def test_every_schema_is_used() -> None:
    assert {file.stem for file in FOLDER.glob("*.json")} == {"settings", "status", "why", "doctor"}
