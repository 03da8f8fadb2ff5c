"""The card against the list of red flags."""

import re

import pytest

from tray_agent.shell import help_card
from tray_agent.shell.help_card import ASK, AT_ONCE, MILD, SOON, STOP, card
from tray_agent.shell.passages import Passage

URGENT = (
    ("genitals", AT_ONCE),
    ("saddle", AT_ONCE),
    ("bladder or bowel", AT_ONCE),
    ("both legs", AT_ONCE),
    ("major accident", AT_ONCE),
    ("fever", SOON),
    ("nights", SOON),
    ("weight loss", SOON),
    ("cancer", SOON),
    ("pain in the groin", STOP),
    ("tingling down the leg", STOP),
    ("dizziness", STOP),
    ("mild pull", MILD),
    ("does not diagnose", MILD),
)


@pytest.mark.parametrize(("words", "passage"), URGENT)
def test_every_sign_stands_where_it_belongs(words: str, passage: Passage) -> None:
    assert any(words in line for line in passage.lines)


def test_only_the_red_flags_are_urgent_and_they_come_first() -> None:
    sections = card(reviewed=True).sections
    assert [section.urgent for section in sections] == [True, True, False, False, False]


def test_the_sources_are_named() -> None:
    (source,) = (section.source for section in card(reviewed=True).sections if section.source)
    assert source == f"Source: {help_card.SOURCES}"
    assert ASK.source


def test_it_names_no_number_that_rings_in_one_country_alone() -> None:
    text = " ".join(
        line for section in card(reviewed=True).sections for line in (section.heading, *section.lines)
    )
    assert "local emergency number" in text
    assert not re.search(r"\d", text)


def test_the_english_stands_beside_every_line_nobody_has_reviewed() -> None:
    notice, *sections = card(reviewed=False).sections
    assert notice.lines[0].startswith("No native speaker")
    assert all(len(section.english) == len(section.lines) for section in sections)
    assert all(bool(section.english_heading) == bool(section.heading) for section in sections)
    assert not any(section.english for section in card(reviewed=True).sections)


def test_a_note_has_room_for_what_is_urgent() -> None:
    for reviewed in (True, False):
        first, *signs = card(reviewed=reviewed).short.splitlines()
        assert "local emergency number" in first
        assert signs == list(AT_ONCE.lines)
