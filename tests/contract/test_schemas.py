"""The JSON that other programs rely on, against `docs/schemas`."""

import copy
from typing import Any

import pytest

from tests.support import answers
from tests.support.schemas import FOLDER, load, problems
from tray_agent.core.explain import Change, Evidence, Rule
from tray_agent.core.model import Insistence, Kind, Outcome, Posture, Presence, Reason
from tray_agent.core.recall import Relief
from tray_agent.ports import State
from tray_agent.shell import inventory
from tray_agent.shell.command_line.forms import FORMS as VERBS

DEFS = load("status.json")["$defs"]


STARTUP = {"on": True, "mechanism": "xdg", "reason": None}
TIMES = {"from": "2026-03-02T12:30:00+01:00", "to": "2026-03-02T13:00:00+01:00"}


@pytest.mark.parametrize("name", ["status", "why"])
def test_ordinary_answers_pass(name: str) -> None:
    assert problems(name, getattr(answers, name)()) == []


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("why", answers.why(last_prompt=answers.asked(), last_held=answers.held())),
        ("why", answers.why(last_held=answers.held(until=None, ended_by=None))),
        ("done", {}),
        ("pause", {"paused_until": "indefinite"}),
        ("pause", {"paused_until": "2026-03-02T14:30:00+01:00"}),
        ("was", {"as": "up", **TIMES}),
        ("autostart", STARTUP),
        ("autostart", {"on": False, "mechanism": None, "reason": "switched off in the session's settings"}),
        ("history", {"days": []}),
        ("doctor", inventory.of(answers.doctor())),
    ],
)
def test_the_other_answers_pass(name: str, answer: dict[str, Any]) -> None:
    assert problems(name, answer) == []


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("why", answers.why(last_prompt={"at": "10:45"})),
        ("why", answers.why(last_prompt=answers.asked(at="10:45"))),
        ("why", answers.why(last_prompt=answers.asked(outcome="gone"))),
        ("why", answers.why(last_held=answers.held(ended_by="coffee"))),
        ("why", answers.why(last_held=answers.held(since="10:45"))),
        ("why", answers.why(now={"posture": "seated"})),
        ("done", {"message": "Done."}),
        ("pause", {"paused_until": None}),
        ("pause", {}),
        ("was", {"as": "sitting", **TIMES}),
        ("was", {"as": "up", "from": "12:30", "to": "13:00"}),
        ("autostart", {**STARTUP, "mechanism": "By your desktop"}),
        ("history", {"days": [{"date": "2 March"}]}),
        ("history", {}),
        ("doctor", answers.doctor()),
    ],
)
def test_the_other_wrong_answers_do_not(name: str, answer: dict[str, Any]) -> None:
    assert problems(name, answer)


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
    assert tuple(load("was.json")["properties"]["as"]["enum"]) == VERBS["was"].words[0]
    why = load("why.json")["properties"]
    assert set(why["now"]["properties"]["rule"]["enum"]) == set(Rule)
    assert set(why["last_held"]["anyOf"][1]["properties"]["ended_by"]["enum"]) == {None, *Relief}
    assert set(why["last_prompt"]["anyOf"][1]["properties"]["outcome"]["enum"]) == {None, *Outcome}
    for name, codes in (("would_change", Change), ("evidence", Evidence)):
        assert all(code in why["now"]["properties"][name]["description"] for code in codes)
    days = load("history.json")["properties"]["days"]["items"]["properties"]
    assert set(Outcome) <= days.keys()


def test_every_schema_is_for_something_that_is_said() -> None:
    verbs = {name for name, form in VERBS.items() if "--json" in form.flags or name in ("history", "export")}
    done = {"break", "snooze", "skip", "resume", "standing", "sitting", "away", "erase", "today", "quit"}
    assert {file.stem for file in FOLDER.glob("*.json")} == verbs - done | {"done", "settings"}
