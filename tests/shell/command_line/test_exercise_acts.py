from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.schemas import load, problems
from tray_agent.core.model import Condition, Intensity, Position
from tray_agent.shell import catalogue, resources
from tray_agent.shell.command_line import exercise_acts
from tray_agent.shell.command_line.arguments import Form, Open, parse
from tray_agent.shell.command_line.exercise_acts import exercises
from tray_agent.shell.exercise_text import Evidence, Muscle, Supports, Use
from tray_agent.shell.messages import CommandError, Exit

FORM = Form("exercises [NAME] [--json]", "", flags=frozenset({"--json"}), words=(Open.TEXT,))
KNOWN = catalogue.load()
Told = pytest.CaptureFixture[str]


def say(*typed: str) -> int:
    return exercises(FORM, parse(FORM, typed))


def as_json_of(exercise: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(exercise_acts.as_json(KNOWN.english(exercise))))
    return told


def as_json(capsys: Told, *typed: str) -> list[dict[str, Any]]:
    assert say("--json", *typed) == Exit.DONE
    told = json.loads(capsys.readouterr().out)
    assert problems("exercises", told) == []
    found: list[dict[str, Any]] = told["exercises"]
    return found


def test_without_a_name_all_are_listed(capsys: Told) -> None:
    assert say() == Exit.DONE
    out = capsys.readouterr().out
    assert all(f"  {id_}: " in out for id_ in KNOWN.ids)


def test_a_name_shows_one(capsys: Told) -> None:
    assert say("half_kneel") == Exit.DONE
    out = capsys.readouterr().out
    assert out.startswith("Half-kneeling hip stretch\n")
    assert "standing_quad:" not in out


def test_json_has_every_exercise_in_codes_and_english(capsys: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_", str.upper)
    told = as_json(capsys)
    assert [each["id"] for each in told] == list(KNOWN.ids)
    assert [each["title"] for each in told] == [KNOWN.english(id_).title for id_ in KNOWN.ids]


def test_json_of_one(capsys: Told) -> None:
    (told,) = as_json(capsys, "donkey_kick")
    assert (told["use"], told["position"], told["desk"], told["rep_s"]) == ("glutes", "all_fours", "C", 4.5)
    assert told["dose"]["sets"] == [2, 3] and told["dose"]["reps"] == [10, 10]
    assert told["dose"]["hold_s"] is None and told["long_hold"] is None
    assert told["sources"][0] == {
        "code": "article_tight_hip_flexor",
        "supports": ["movement", "dose"],
        "name": KNOWN.english("donkey_kick").sources[0].source.name,
        "where": None,
        "evidence": "read",
        "says": KNOWN.english("donkey_kick").sources[0].source.says,
    }


def test_codes_of_the_schema_are_those_of_the_program() -> None:
    defs = load("exercises.json")["$defs"]
    one, source = defs["exercise"]["properties"], defs["source"]["properties"]
    assert set(one["use"]["enum"]) == set(Use)
    assert set(one["position"]["enum"]) == set(Position)
    assert set(one["levels"]["items"]["enum"]) == set(Intensity)
    assert set(one["not_with"]["items"]["enum"]) == set(Condition)
    assert set(one["muscles"]["items"]["enum"]) == set(Muscle)
    assert set(source["supports"]["items"]["enum"]) == set(Supports)
    assert set(source["evidence"]["enum"]) == set(Evidence)


@pytest.mark.parametrize("key", ["id", "dose", "sources", "note", "levels"])
def test_no_key_may_be_left_out(key: str) -> None:
    told = as_json_of("split_stance")
    del told[key]
    assert problems("exercises", {"exercises": [told]})


def test_a_long_hold_is_told_apart(capsys: Told) -> None:
    (told,) = as_json(capsys, "split_stance")
    assert (told["dose"]["hold_s"], told["long_hold"]["hold_s"]) == ([30, 30], [300, 300])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("split_stanse", "there is no exercise split_stanse; did you mean split_stance?"),
        ("Glute-Bridge", "there is no exercise Glute-Bridge; did you mean glute_bridge?"),
        ("xyzzy", "there is no exercise xyzzy; tray-agent exercises lists them"),
    ],
)
def test_an_unknown_name_is_one_sentence(name: str, told: str) -> None:
    with pytest.raises(CommandError) as raised:
        say(name)
    assert (str(raised.value), raised.value.code) == (told, Exit.USAGE)


def test_a_broken_installation_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "config", tmp_path.joinpath)
    with pytest.raises(CommandError) as raised:
        say()
    assert raised.value.code is Exit.FAULT
    assert "sources.toml" in str(raised.value)
