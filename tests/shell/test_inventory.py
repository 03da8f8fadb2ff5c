"""What an inventory may collect: nothing that tells of the person, whatever the parts have to say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import answers
from tests.support.schemas import load, problems
from tray_agent.ports import State
from tray_agent.shell import contexts, inventory, part_rows

EVERY_PART = {*contexts.NAMES, *part_rows.NAMES}


def part(name: str, state: str = "ok", **told: str | None) -> dict[str, Any]:
    silent = {"source": None, "reason": None, "value": None, "permission": None, "remedy": None}
    return {"name": name, "state": state, **silent, **told}


def told(*parts: dict[str, Any], **more: object) -> dict[str, Any]:
    """What is collected where `doctor` says this; it always keeps to the schema."""
    found = inventory.of(answers.doctor(parts=[*parts], **more))
    assert problems("doctor", found) == []
    return found


def objects(schema: object) -> Iterator[dict[str, Any]]:
    """Every object that a schema describes."""
    inner: list[Any] = []
    if isinstance(schema, dict):
        inner = [*schema.values()]
        if schema.get("type") == "object":
            yield schema
    elif isinstance(schema, list):
        inner = schema
    for each in inner:
        yield from objects(each)


def test_it_is_decided_of_every_part_what_is_told() -> None:
    groups = (inventory.SENSES, inventory.OWN_PARTS, inventory.KEPT_BACK)
    assert set().union(*groups) == EVERY_PART
    assert sum(map(len, groups)) == len(EVERY_PART)


def test_the_schema_lists_all_that_may_be_told() -> None:
    schema = load("doctor.json")
    described = [*objects(schema)]
    assert len(described) == 4
    for each in described:
        assert each["additionalProperties"] is False
        assert set(each["required"]) == each["properties"].keys()
    assert schema["properties"].keys() == {
        "version",
        "running",
        "parts",
        "policy_errors",
        "faults",
        "crashed",
    }
    sense, own = schema["$defs"]["sense"]["properties"], schema["$defs"]["own_part"]["properties"]
    assert sense.keys() == {"name", "state"}
    assert set(sense["name"]["enum"]) == inventory.SENSES
    assert own.keys() == {"name", "state", "source", "reason"}
    assert set(own["name"]["enum"]) == inventory.OWN_PARTS


@pytest.mark.parametrize("name", sorted(inventory.SENSES))
def test_what_a_sense_notices_changes_nothing(name: str) -> None:
    """A call, a lock, a program that keeps the keyboard to itself, a video: all the same."""
    quiet = told(part(name, source="pulse", value="off"))
    for loud in (
        part(name, source="pulse, open files", value="on"),
        part(name, source="logind", value="remote", reason="locked"),
        part(name, "degraded", reason="a program keeps the keyboard to itself (Secure Input)"),
    ):
        assert told(loud) == quiet
    assert quiet["parts"] == [{"name": name, "state": "ok"}]


@pytest.mark.parametrize("state", sorted({*State} - {State.OK, State.DEGRADED}))
def test_a_sense_that_does_not_work_is_told_without_a_reason(state: State) -> None:
    found = told(part("microphone", state, source="pulse", reason="no sound server"))
    assert found["parts"] == [{"name": "microphone", "state": state}]


def test_whether_somebody_needs_a_screen_reader_is_not_told() -> None:
    for name in ("screen_reader", "player"):
        assert told(part(name, "absent", source="pulse", reason="it did not answer"))["parts"] == []


def test_what_nobody_has_decided_on_is_left_out() -> None:
    found = told(part("chair", value="warm"), last_input={"counter_s": 3, "pynput_s": 3}, mood="fine")
    assert found == told()


def test_a_part_of_the_program_that_is_not_well_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", f"{tmp_path}")
    monkeypatch.setenv("USERPROFILE", f"{tmp_path}")
    well = part("tray", source="xembed", reason="seen", value="on", remedy="Look behind the arrow.")
    ill = part("settings", "degraded", source="file", reason=f"{tmp_path} cannot be written")
    assert told(well, ill)["parts"] == [
        {"name": "tray", "state": "ok", "source": "xembed", "reason": None},
        {"name": "settings", "state": "degraded", "source": "file", "reason": "~ cannot be written"},
    ]


def test_a_home_that_is_everything_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/")
    monkeypatch.setenv("USERPROFILE", "/")
    (found,) = told(part("log", "degraded", reason="/var cannot be written"))["parts"]
    assert found["reason"] == "/var cannot be written"


def test_faults_are_counted_and_crashes_only_said(tmp_path: Path) -> None:
    faults = ["settings.toml: hours.ranges is 'after my therapy'", "settings.toml: no such key"]
    found = told(faults=faults, last_crash=f"{tmp_path}/crash.txt")
    assert (found["faults"], found["crashed"]) == (2, True)
    assert not told(last_crash=None)["crashed"]
    assert f"{tmp_path}" not in json.dumps(found)


def test_errors_of_policies_are_told_whole() -> None:
    error = {"name": "intensity", "source": "a.json", "error": "no such value"}
    assert told(policy_errors=[error])["policy_errors"] == [error]


@pytest.mark.parametrize(
    "slipped_in",
    [
        {"last_input": {"counter_s": 3, "pynput_s": None}},
        {"sitting_s": 2400},
        {"parts": [{"name": "microphone", "state": "ok", "value": "on"}]},
        {"parts": [{"name": "session", "state": "ok", "reason": "locked"}]},
        {"parts": [{"name": "camera", "state": "degraded"}]},
        {"parts": [{"name": "screen_reader", "state": "ok"}]},
        {"parts": [{"name": "tray", "state": "ok", "source": None, "reason": None, "value": "on"}]},
        {"policy_errors": [{"name": "a", "source": "b", "error": "c", "person": "anna"}]},
        {"faults": ["settings.toml, line 1: wrong"]},
        {"crashed": "/srv/anna/crash.txt"},
    ],
)
def test_the_schema_refuses_what_is_personal(slipped_in: dict[str, Any]) -> None:
    assert problems("doctor", {**told(), **slipped_in})
