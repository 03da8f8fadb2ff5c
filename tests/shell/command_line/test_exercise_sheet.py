from __future__ import annotations

import pytest

from tray_agent.shell import catalogue
from tray_agent.shell.command_line import exercise_sheet

KNOWN = catalogue.load()


def test_the_list_has_every_exercise_below_what_it_is_for() -> None:
    lines = exercise_sheet.listed(KNOWN).splitlines()
    for id_ in KNOWN.ids:
        assert f"  {id_}: {KNOWN.english(id_).title}" in lines
    headings = [
        line for before, line in zip(["", *lines], lines, strict=False) if line[:1].isupper() and not before
    ]
    assert headings[:3] == ["Stand up", "Hip-flexor stretches", "Glute strength"]
    place = lines.index("  standing_quad: Standing thigh stretch")
    assert lines[place + 1] == "     standing, A*, hold for 30 s, 2 sets, each side, every day"


@pytest.mark.parametrize("exercise", KNOWN.ids)
def test_one_exercise_is_told_whole(exercise: str) -> None:
    text = KNOWN.english(exercise)
    told = " ".join(exercise_sheet.one(KNOWN, exercise).split())
    for line in (text.title, *text.equipment, *text.steps, *text.cues, *text.cautions, text.note):
        assert line in told
    for citation in text.sources:
        assert citation.source.name in told
    for neighbour in (text.easier, text.harder):
        assert neighbour is None or f"({neighbour})" in told
    assert ("Long hold" in told) == (text.long_hold is not None)
    assert ("The programme may choose it at" in told) == bool(text.levels)
    assert ("waits for the safety check" in told) == text.needs_check
    assert ("The working side" in told) == text.sided


def test_lines_fit_a_terminal() -> None:
    sheets = [exercise_sheet.listed(KNOWN), *(exercise_sheet.one(KNOWN, id_) for id_ in KNOWN.ids)]
    assert max(len(line) for sheet in sheets for line in sheet.splitlines()) <= 80


def test_what_is_not_given_is_not_told() -> None:
    told = exercise_sheet.one(KNOWN, "stand_up")
    assert "Needs: nothing" in told
    assert "Pace:" not in told
    assert "Easier:" not in told
    assert "leaves it out" not in told
