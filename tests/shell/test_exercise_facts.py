"""The catalogue against the list of facts: nothing that a source says, or that was decided, may get lost."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tray_agent.shell import catalogue, exercise_words
from tray_agent.shell.exercise_text import Dose, Supports, Text

FACTS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("exercise_facts.toml").read_text("utf-8"))
KNOWN = catalogue.load()
ARTICLES = {
    "article_hip_flexors",
    "article_tight_hip_flexor",
    "article_tight_hip_flexors",
    "article_what_is_a_hip_flexor",
}
EACH = pytest.mark.parametrize("exercise", FACTS)


def amounts(dose: Dose | None, wanted: dict[str, Any]) -> dict[str, Any]:
    """What the dose has under the names that are wanted."""
    told = msgspec.to_builtins(dose) or {}
    found = {name: told.get(name) for name in wanted}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def told(text: Text) -> str:
    """All that a person reads besides the cautions."""
    return " ".join([text.title, *text.equipment, *text.steps, *text.cues, text.note]).lower()


def test_facts_and_exercises_are_the_same_ones() -> None:
    assert FACTS.keys() == set(KNOWN.ids)


@EACH
def test_each_fact_is_in_the_exercise(exercise: str) -> None:
    text, facts = KNOWN.english(exercise), dict(FACTS[exercise])
    for name in ("dose", "long_hold"):
        wanted = facts.pop(name, {})
        assert amounts(getattr(text, name), wanted) == wanted
    for word in facts.pop("says"):
        assert word in told(text), word
    for word in facts.pop("careful"):
        assert word in " ".join(text.cautions).lower(), word
    least, most = facts.pop("hold_of_rep_s", (0, 10))
    assert text.dose.tempo is None or least <= text.dose.tempo.hold_s <= most
    assert set(facts.pop("not_with", ())) <= set(text.not_with)
    facts.pop("sources")
    assert {name: getattr(text, name) for name in facts if name != "levels"} == {
        name: value for name, value in facts.items() if name != "levels"
    }
    assert list(text.levels) == facts.get("levels", list(text.levels))


@EACH
def test_each_exercise_cites_what_it_rests_on(exercise: str) -> None:
    cited = {citation.of: citation.supports for citation in KNOWN.english(exercise).sources}
    for source, supported in FACTS[exercise]["sources"].items():
        assert supported in cited[source], source
    spoken_for = {supported for supports in cited.values() for supported in supports}
    assert spoken_for >= {Supports.MOVEMENT, Supports.DOSE, Supports.CAUTION, Supports.EFFORT}


def test_every_article_and_every_source_is_used() -> None:
    used = {citation.of for id_ in KNOWN.ids for citation in KNOWN.english(id_).sources}
    listed = tomllib.loads((Path(__file__).parents[2] / "config" / "sources.toml").read_text("utf-8"))
    assert used == listed.keys()
    assert used >= ARTICLES


@EACH
def test_a_pace_told_in_words_is_the_pace_shown(exercise: str) -> None:
    text = KNOWN.english(exercise)
    if text.dose.tempo and "in two seconds" in (said := told(text)):
        assert 2 in (text.dose.tempo.there_s, text.dose.tempo.back_s), said


@EACH
def test_a_long_hold_is_no_more_than_once_a_day(exercise: str) -> None:
    long_hold = KNOWN.english(exercise).long_hold
    if long_hold is not None:
        assert long_hold.times_a_day == 1
        assert exercise_words.ends(long_hold.hold_s or 0) == (300, 300)
