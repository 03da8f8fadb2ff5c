from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tray_agent.core.model import Kind
from tray_agent.shell import catalogue
from tray_agent.shell.exercise_text import Dose, Use, Written

KNOWN = catalogue.load()


def written(exercise: str, **changed: object) -> Written:
    """The file of an exercise, read again with something else in it."""
    text = KNOWN.english(exercise)
    fields: dict[str, Any] = msgspec.to_builtins(text)
    fields["sources"] = [{"of": each.of, "supports": list(each.supports)} for each in text.sources]
    return msgspec.convert({**fields, **changed}, Written)


def refused(exercise: str, **changed: object) -> str:
    with pytest.raises(msgspec.ValidationError) as raised:
        written(exercise, **changed)
    return str(raised.value)


def test_a_file_is_what_its_text_was_made_from() -> None:
    for id_ in KNOWN.ids:
        assert written(id_).steps == KNOWN.english(id_).steps


def test_three_uses_are_kinds_of_prompt() -> None:
    assert {use: use.kind for use in Use if use.kind} == {
        Use.STAND_UP: Kind.STAND_UP,
        Use.HIP_FLEXOR: Kind.HIP_FLEXOR,
        Use.GLUTES: Kind.GLUTES,
    }


@pytest.mark.parametrize(
    ("exercise", "changed", "told"),
    [
        ("glute_bridge", {"floor": False}, "floor must be true in all positions but standing and chair"),
        ("stand_up", {"floor": True}, "floor must be true in all positions but standing and chair"),
        ("stand_up", {"not_with": ["cannot_stand"]}, "not_with must not hold cannot_stand"),
        ("butterfly", {"levels": ["gentle"]}, "the programme does not choose what is for comfort"),
        ("stand_up", {"dose": {"hold_s": 30}}, "dose must have go_on_s where use is stand_up"),
        ("split_stance", {"dose": {"go_on_s": 30}}, "dose must have hold_s or reps where use is hip_flexor"),
        ("glute_bridge", {"dose": {"hold_s": 30}}, "dose must have reps where use is glutes"),
        ("split_stance", {"steps": ["Stretch."]}, "Expected `array` of length >= 3 - at `$.steps`"),
        ("split_stance", {"note": ""}, "Expected `str` of length >= 1 - at `$.note`"),
        ("split_stance", {"muscles": ["abs"]}, "Invalid enum value 'abs' - at `$.muscles[0]`"),
        ("split_stance", {"sources": []}, "`$.sources`"),
        ("split_stance", {"easier": "Harder One"}, "`$.easier`"),
    ],
)
def test_what_a_file_must_not_say(exercise: str, changed: dict[str, Any], told: str) -> None:
    assert told in refused(exercise, **changed)


TEMPO = {"there_s": 2, "hold_s": 1, "back_s": 2}


@pytest.mark.parametrize(
    ("dose", "told"),
    [
        ({}, "exactly one of hold_s, reps and go_on_s must be given"),
        ({"hold_s": 30, "go_on_s": 60}, "exactly one of hold_s, reps and go_on_s must be given"),
        ({"reps": 10}, "tempo belongs to reps and to nothing else"),
        ({"hold_s": 30, "tempo": TEMPO}, "tempo belongs to reps and to nothing else"),
        ({"reps": 10, "tempo": {**TEMPO, "hold_s": 10, "back_s": 9}}, "a rep must take 1 to 20 seconds"),
        ({"reps": 10, "tempo": {"there_s": 0, "hold_s": 0.5, "back_s": 0}}, "a rep must take 1 to 20"),
        ({"hold_s": [30, 20]}, "hold_s must be the least and then the most"),
        ({"hold_s": [30]}, "Expected `array` of length >= 2"),
        ({"hold_s": 0}, "Expected `int` >= 1"),
        ({"hold_s": 30, "minutes": 2}, "unknown field `minutes`"),
    ],
)
def test_what_a_dose_must_not_be(dose: dict[str, Any], told: str) -> None:
    with pytest.raises(msgspec.ValidationError) as raised:
        msgspec.convert(dose, Dose)
    assert told in str(raised.value)


def test_a_rep_is_as_long_as_its_parts() -> None:
    assert KNOWN.english("standing_hip_extension").rep_s == 5.0
    assert KNOWN.english("split_stance").rep_s is None


def test_the_line_of_sources_leaves_out_those_for_cautions_and_figures() -> None:
    line = KNOWN.english("half_kneel").source
    assert "posterior" not in line and "Hospital" not in line and "Compendium" not in line
    assert line.split("; ") == [
        'Web article "Is Your Lower Back Pain Caused by a Tight Hip Flexor?"',
        "Crossover trial of the tucked half-kneeling stretch, 2024",
    ]
    assert all(KNOWN.english(id_).source for id_ in KNOWN.ids)
