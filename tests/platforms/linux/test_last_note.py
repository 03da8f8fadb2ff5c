"""What is remembered of the note on the screen, and of whom it is believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tray_agent.platforms.linux.last_note import LastNote

DUNST = "0123456789abcdef :1.7"
NEXT_DUNST = "0123456789abcdef :1.9"
ANOTHER_BUS = "fedcba9876543210 :1.7"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "note"


def test_a_note_that_was_left_is_told_to_the_next_agent_once(file: Path) -> None:
    LastNote(file).keep(DUNST, 12)
    heir = LastNote(file)
    assert heir.left_with(DUNST) == 12
    assert heir.left_with(DUNST) is None
    assert LastNote(file).left_with(DUNST) is None


@pytest.mark.parametrize("giver", [NEXT_DUNST, ANOTHER_BUS])
def test_the_same_number_of_somebody_else_is_another_note(file: Path, giver: str) -> None:
    LastNote(file).keep(DUNST, 12)
    heir = LastNote(file)
    assert heir.left_with(giver) is None
    assert heir.left_with(DUNST) is None


def test_a_note_that_was_taken_away_is_not_told(file: Path) -> None:
    first = LastNote(file)
    first.keep(DUNST, 12)
    first.keep(DUNST, 13)
    first.forget()
    first.forget()
    assert not file.exists()
    assert LastNote(file).left_with(DUNST) is None


@pytest.mark.parametrize("content", [b"", b"12", b"0123 :1.7 twelve\n", b"0123 :1.7 -3", b"\xff\xfe 3\n"])
def test_a_file_that_says_nothing_sensible_is_nothing(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert LastNote(file).left_with("0123 :1.7") is None


def test_a_place_that_cannot_be_written_costs_the_memory_and_no_more(tmp_path: Path) -> None:
    notes = LastNote(tmp_path / "gone" / "note")
    notes.keep(DUNST, 12)
    notes.forget()
    assert LastNote(tmp_path / "gone" / "note").left_with(DUNST) is None


def test_without_a_file_nothing_is_remembered() -> None:
    notes = LastNote(None)
    notes.keep(DUNST, 12)
    notes.forget()
    assert notes.left_with(DUNST) is None
