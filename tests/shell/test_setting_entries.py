from __future__ import annotations

from typing import Any

import pytest

from tray_agent.shell import setting_entries, setting_values
from tray_agent.shell.origins import Level, Origin
from tray_agent.shell.schema import Settings
from tray_agent.shell.setting_entries import BadRows, checked, entry, state

NIGHT = {"text": "SAT 22:00-6:00", "days": [5], "start_min": 1320, "end_min": 360}
DESK = {"text": None, "days": [0, 1], "start_min": 480, "end_min": 720}
LANGUAGES = {"": "As the system", "de": "Deutsch"}


def test_each_kind_of_setting_has_its_control_and_its_bounds() -> None:
    kinds = {key: entry(key, {})["type"] for key in setting_values.TYPES}
    assert kinds["hours.mode"] == kinds["intensity"] == "enum"
    assert (kinds["hours.ranges"], kinds["hours.holidays"]) == ("hours", "holidays")
    assert (kinds["quiet.call"], kinds["language"]) == ("bool", "text")
    days = entry("history.retention_days", {})
    assert (days["type"], days["min"], days["max"], days["unit"]) == ("int", 7, 365, "days")


def test_a_language_is_chosen_where_there_are_some() -> None:
    language = entry("language", LANGUAGES)
    assert (language["type"], language["default"]) == ("enum", "As the system")
    assert language["choices"][1] == {"value": "de", "words": "Deutsch"}


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("welcome", "On"),
        ("breaks.sound", "Off"),
        ("history.retention_days", "90 days"),
        ("insistence", "Show a notification"),
        ("hours.ranges", "mon-fri 08:00-18:00"),
        ("hours.holidays", "None"),
        ("language", "Empty"),
    ],
)
def test_the_default_is_told_in_words(key: str, words: str) -> None:
    assert entry(key, {})["default"] == words


def test_hours_are_shown_in_rows() -> None:
    shown = state("hours.ranges", Settings(), Origin(Level.DEFAULT))
    workdays = (0, 1, 2, 3, 4)
    assert shown["value"] == [
        {"text": "mon-fri 08:00-18:00", "days": workdays, "start_min": 480, "end_min": 1080}
    ]
    assert shown["is_default"]


@pytest.mark.parametrize(
    ("origin", "managed", "reason"),
    [
        (Origin(Level.USER), False, ""),
        (Origin(Level.MANDATORY, organisation="Example"), True, "Example has decided this."),
        (Origin(Level.MANDATORY), True, "Your organisation has decided this."),
        (Origin(Level.RECOMMENDED, organisation="Example"), False, "Example recommends this."),
        (Origin(Level.RECOMMENDED), False, "Your organisation recommends this."),
    ],
)
def test_whoever_decided_is_named(origin: Origin, managed: bool, reason: str) -> None:
    shown = state("intensity", Settings(), origin)
    assert (shown["managed"], shown["reason"]) == (managed, reason)


def test_rows_become_ranges_and_what_was_not_touched_stays_as_written() -> None:
    assert checked("hours.ranges", [NIGHT, DESK]) == ["SAT 22:00-6:00", "mon-tue 08:00-12:00"]


@pytest.mark.parametrize(
    ("key", "raw", "faults"),
    [
        ("hours.ranges", [NIGHT, {**DESK, "days": []}], {1: "Choose at least one day."}),
        ("hours.holidays", ["2026-12-25", "soon"], {1: '"soon" is not like "2026-12-25"'}),
    ],
)
def test_a_wrong_row_is_blamed_by_its_place(key: str, raw: list[Any], faults: dict[int, str]) -> None:
    with pytest.raises(BadRows) as told:
        checked(key, raw)
    assert {fault["at"]: fault["sentence"] for fault in told.value.faults} == faults


def test_no_hours_at_all_are_refused_as_a_whole() -> None:
    with pytest.raises(BadRows, match="Add the hours you work, or choose any time."):
        checked("hours.ranges", [])


def test_a_wrong_value_is_told_what_is_allowed() -> None:
    with pytest.raises(ValueError, match="It must be a whole number from 7 to 365."):
        checked("history.retention_days", 6)
    assert checked("history.retention_days", 7) == 7


def test_health_answers_are_no_settings() -> None:
    words = " ".join(setting_entries.entry(key, {})["help"].lower() for key in setting_values.TYPES)
    assert not any(word in words for word in ("pregnan", "knee", "wrist", "pain", "hurts"))
