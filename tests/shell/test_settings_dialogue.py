"""The settings window's changes, on a real settings file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.fake_windows import FakeWindows
from tray_agent.shell import setting_values
from tray_agent.shell.origins import Level, Origin
from tray_agent.shell.schema import MANAGED_ONLY
from tray_agent.shell.settings import BadSetting, SettingsFile
from tray_agent.shell.settings_dialogue import SettingsDialogue

HAND_MADE = "# mine\nintensity = 'gentle' # for now\n\n[hours]\nranges = ['SAT 22:00-6:00']\n"
DECIDED = Origin(Level.MANDATORY, "/etc", "Example Works", "help.example")
TWO_DAYS = """\
BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Christmas
DTSTART;VALUE=DATE:20261225
END:VEVENT
BEGIN:VEVENT
SUMMARY:New Year
DTSTART;VALUE=DATE:20270101
END:VEVENT
BEGIN:VEVENT
SUMMARY:Dentist
DTSTART:20261201T080000Z
END:VEVENT
BEGIN:VEVENT
SUMMARY:Gym
DTSTART;VALUE=DATE:20261201
RRULE:FREQ=WEEKLY
END:VEVENT
END:VCALENDAR
"""


class Organisation:
    """Decides what it is told to decide."""

    def __init__(self, file: SettingsFile) -> None:
        self.decided: dict[str, Origin] = {}
        self._rest = file

    def of(self, key: str) -> Origin:
        return self.decided.get(key) or self._rest.of(key)


class Person:
    """Somebody with a settings file and its window."""

    def __init__(self, folder: Path) -> None:
        self.file = SettingsFile(folder / "settings.toml")
        self.windows = FakeWindows()
        self.organisation = Organisation(self.file)
        self.asked: list[str] = []
        self.languages: dict[str, str] = {}
        self.dialogue = SettingsDialogue(
            self.windows,
            self.organisation,
            current=lambda: self.file.settings,
            change=self._change,
            forget=self._forget,
            languages=lambda: self.languages,
            check_safety=lambda: self.asked.append("safety"),
            open_file=lambda: self.asked.append("file"),
            today=lambda: date(2026, 11, 22),
        )

    def opens(self, page: str = "") -> dict[str, Any]:
        self.dialogue.open(self.asked.append, page)
        self.windows.says("settings", "ready")
        return self.windows.open_now["settings"]

    def sets(self, key: str, value: Any) -> list[dict[str, Any]]:
        return self.says("set", key=key, value=value)

    def says(self, event: str, **more: Any) -> list[dict[str, Any]]:
        """What the window hears in answer."""
        self.windows.told.clear()
        self.windows.says("settings", event, **more)
        return [message for _name, message in self.windows.told]

    def text(self) -> str:
        return self.file.path.read_text()

    def _change(self, values: Mapping[str, Any]) -> str | None:
        return self._tried(lambda: self.file.change(values))

    def _forget(self, key: str) -> str | None:
        return self._tried(lambda: self.file.forget(key))

    def _tried(self, change: Callable[[], object]) -> str | None:
        try:
            change()
        except (BadSetting, OSError) as error:
            return str(error)
        # As in the living agent, where whoever follows the settings is told within the change.
        self.dialogue.refresh()
        return None


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path)


def test_everything_is_shown_on_its_page(person: Person) -> None:
    brief = person.opens("quiet")
    shown = [key for key in setting_values.TYPES if key not in MANAGED_ONLY]
    assert [entry["key"] for entry in brief["entries"]] == shown
    assert {entry["group"] for entry in brief["entries"]} == {group["name"] for group in brief["groups"]}
    assert brief["page"] == "quiet"


def test_a_change_reaches_the_file_and_comments_stay(person: Person) -> None:
    person.file.path.write_text(HAND_MADE)
    person.file.reload()
    person.opens()
    heard = person.sets("insistence", "window")[-1]
    assert (heard["do"], heard["value"], heard["is_default"]) == ("value", "window", False)
    assert "# mine" in person.text() and "# for now" in person.text()
    assert 'insistence = "window"' in person.text()
    assert "SAT 22:00-6:00" in person.text()


def test_a_wrong_value_is_a_fault_and_the_file_as_it_was(person: Person) -> None:
    person.opens()
    sentence = "It must be a whole number from 90 to 600."
    assert person.sets("activity.idle_threshold_s", 20) == [
        {"do": "fault", "key": "activity.idle_threshold_s", "sentence": sentence, "faults": []}
    ]
    assert not person.file.path.exists()


def test_putting_it_right_is_answered_even_where_nothing_changes(person: Person) -> None:
    person.opens()
    person.sets("activity.idle_threshold_s", 20)
    assert person.sets("activity.idle_threshold_s", 150)[-1]["do"] == "value"


def test_a_disk_that_refuses_is_told_beside_the_field(person: Person) -> None:
    person.file.path.mkdir()
    person.opens()
    (fault,) = person.sets("welcome", False)
    assert fault["do"] == "fault" and fault["sentence"]


def test_reset_brings_the_default_back(person: Person) -> None:
    person.opens()
    person.sets("history.retention_days", 30)
    heard = person.says("reset", key="history.retention_days")[-1]
    assert (heard["value"], heard["is_default"]) == (90, True)
    assert person.file.settings.history.retention_days == 90
    assert "retention_days" not in person.file.path.read_text()


def test_hours_from_the_form_are_written_as_people_write_them(person: Person) -> None:
    rows: list[dict[str, Any]] = [
        {"text": "SAT 22:00-6:00", "days": [5], "start_min": 1320, "end_min": 360},
        {"text": None, "days": [0, 1, 2, 3, 4], "start_min": 480, "end_min": 720},
    ]
    person.opens()
    person.sets("hours.ranges", rows)
    assert person.file.settings.hours.ranges == ("SAT 22:00-6:00", "mon-fri 08:00-12:00")
    (fault,) = person.sets("hours.ranges", [{**rows[1], "days": []}])
    assert fault["faults"] == [{"at": 0, "sentence": "Choose at least one day."}]


def test_what_the_organisation_decided_is_grey_with_the_reason(person: Person) -> None:
    person.organisation.decided["intensity"] = DECIDED
    entries = {entry["key"]: entry for entry in person.opens()["entries"]}
    assert entries["intensity"]["managed"] and not entries["insistence"]["managed"]
    assert entries["intensity"]["reason"] == "Example Works has decided this."
    assert entries["intensity"]["link"] == "help.example"


@pytest.mark.parametrize("says", [{"event": "set", "value": "gentle"}, {"event": "reset"}])
def test_what_the_organisation_decided_cannot_be_changed(person: Person, says: dict[str, Any]) -> None:
    person.opens()
    person.organisation.decided["intensity"] = DECIDED  # meanwhile
    value, fault = person.says(key="intensity", **says)
    assert (value["managed"], value["value"]) == (True, "standard")
    assert fault["sentence"] == "Example Works has decided this."
    assert not person.file.path.exists()


def test_a_change_by_another_hand_is_shown_at_once(person: Person) -> None:
    person.opens()
    person.file.path.write_text("[quiet]\ncall = false\n")
    person.file.reload()
    person.dialogue.refresh()
    ((_name, told),) = person.windows.told
    assert (told["do"], told["key"], told["value"]) == ("value", "quiet.call", False)


def test_what_a_window_takes_on_only_as_it_opens_opens_it_again(person: Person) -> None:
    person.languages = {"": "As the system", "de": "Deutsch"}
    person.opens("hours")
    person.sets("appearance.scheme", "dark")
    assert person.windows.open_now["settings"]["page"] == "hours"
    for key, value in (("appearance.scheme", "system"), ("appearance.scale", 150), ("language", "de")):
        person.sets(key, value)
        brief = person.windows.open_now["settings"]
        shown = {entry["key"]: entry["value"] for entry in brief["entries"]}
        assert (brief["focus"], shown[key]) == (key, value)
    assert person.sets("insistence", "icon")[-1]["value"] == "icon"


def test_a_second_call_brings_the_window_to_the_front(person: Person) -> None:
    person.opens()
    brief = person.windows.open_now["settings"]
    person.dialogue.open(person.asked.append, "hours")
    assert person.windows.told == [("settings", {"do": "front", "page": "hours"})]
    assert person.windows.open_now["settings"] is brief


def test_a_closed_window_hears_nothing_and_can_be_opened_again(person: Person) -> None:
    person.opens()
    person.dialogue.close()
    person.dialogue.refresh()
    assert person.windows.told == []
    assert person.opens()["page"] == ""


def test_what_was_typed_last_is_kept_though_the_window_is_closed(person: Person) -> None:
    person.opens()
    person.dialogue.close()
    person.sets("history.retention_days", 30)
    assert person.file.settings.history.retention_days == 30
    assert person.opens("hours")["page"] == "hours"


def test_what_was_typed_last_in_a_window_that_was_replaced_is_kept(person: Person) -> None:
    person.opens()
    replaced = person.windows._said["settings"]
    person.sets("appearance.scale", 150)
    replaced({"event": "set", "key": "history.retention_days", "value": 30})
    replaced({"event": "ended"})
    assert person.file.settings.history.retention_days == 30
    assert person.sets("insistence", "icon")[-1]["value"] == "icon"


def test_where_no_window_can_be_shown_the_caller_is_told(person: Person) -> None:
    person.dialogue.open(person.asked.append)
    person.windows.says("settings", "gone", reason="no display")
    assert person.asked == ["no display"]
    assert person.opens()


def test_days_off_are_shown_before_they_are_taken(person: Person, tmp_path: Path) -> None:
    (tmp_path / "days.ics").write_text(TWO_DAYS)
    person.opens()
    person.sets("hours.holidays", ["2027-01-01"])
    (told,) = person.says("ics", path=f"{tmp_path}/days.ics")
    assert told["days"] == [{"text": "2026-12-25", "weekday": 4, "name": "Christmas"}]
    assert told["sentence"].splitlines() == [
        "1 is in your list already.",
        "1 event has a time of day: left out.",
        "1 event is not understood: left out.",
    ]
    assert person.file.settings.hours.holidays == ("2027-01-01",)


def test_the_name_of_a_day_off_is_kept_nowhere(person: Person, tmp_path: Path) -> None:
    (tmp_path / "days.ics").write_text(TWO_DAYS)
    person.opens()
    (told,) = person.says("ics", path=f"{tmp_path}/days.ics")
    person.sets("hours.holidays", [day["text"] for day in told["days"]])
    assert "2026-12-25" in person.text() and "Christmas" not in person.text()


def test_a_file_without_days_off_says_so(person: Person, tmp_path: Path) -> None:
    person.opens()
    (tmp_path / "empty.ics").write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    (told,) = person.says("ics", path=f"{tmp_path}/empty.ics")
    assert (told["days"], told["sentence"]) == ([], "There are no days off to come in this file.")
    none = tmp_path / "none.ics"
    (told,) = person.says("ics", path=f"{none}")
    assert told["sentence"] == f"There is no file {none}."


def test_the_safety_check_and_the_file_are_a_click_away(person: Person) -> None:
    person.opens()
    person.says("safety")
    person.says("file")
    assert person.asked == ["safety", "file"]
