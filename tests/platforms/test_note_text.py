"""Notes in bare words."""

from __future__ import annotations

import pytest

from tray_agent.platforms.note_text import shortened, without_buttons
from tray_agent.ports import Note

BUTTONS = (("start", "Start"),)


def test_a_note_to_be_answered_says_how() -> None:
    body, hint = without_buttons(Note(1, "Up", "45 min", BUTTONS)).split("\n")
    assert body == "45 min"
    assert "tray-agent snooze" in hint


def test_one_without_a_body_is_only_the_hint() -> None:
    assert "\n" not in without_buttons(Note(1, "Up", "", BUTTONS))


def test_one_that_wants_no_answer_stays_as_it_is() -> None:
    assert without_buttons(Note(1, "Well done", "3 min", ())) == "3 min"


@pytest.mark.parametrize(("text", "short"), [("12345", "12345"), ("123456", "1234…"), ("123 456", "123…")])
def test_a_text_too_long_ends_in_an_ellipsis(text: str, short: str) -> None:
    assert shortened(text, 5) == short
