from __future__ import annotations

from typing import Any

import pytest

from tests.support.fake_windows import FakeWindows
from tray_agent.shell.hours_ranges import parse_range
from tray_agent.shell.sheets import Hours, Section, Sheets

HOURS = Hours("schedule", ("mon-fri 08:00-12:00",), ("2026-12-25",))


def check_holiday(text: str) -> None:
    if not text.startswith("20"):
        raise ValueError(f"{text} is not a day")


class Asker:
    def __init__(self) -> None:
        self.windows = FakeWindows()
        self.sheets = Sheets(self.windows)
        self.failed: list[str] = []
        self.answers: list[Any] = []
        self.trouble: str | None = None

    def hours(self) -> None:
        self.sheets.hours(HOURS, parse_range, check_holiday, self.save, self.failed.append)
        self.windows.says("hours", "ready")

    def save(self, hours: Hours) -> str | None:
        self.answers.append(hours)
        return self.trouble

    def safety(self, *, cleared: bool) -> None:
        self.sheets.safety(self.answers.append, self.failed.append, cleared=cleared)
        self.windows.says("safety", "ready")

    def writes(self, event: str, *ranges: str, holidays: tuple[str, ...] = ()) -> None:
        self.windows.says("hours", event, mode="schedule", ranges=list(ranges), holidays=list(holidays))


@pytest.fixture
def asker() -> Asker:
    return Asker()


def test_something_to_read(asker: Asker) -> None:
    asker.sheets.text("Why?", [Section(("Sitting.",), "Now", points=True)], asker.failed.append)
    section = {"lines": ("Sitting.",), "heading": "Now", "points": True}
    assert asker.windows.open_now["text"] == {"v": 1, "title": "Why?", "sections": [section]}


def test_what_cannot_be_shown_fails(asker: Asker) -> None:
    asker.sheets.text("Why?", [], asker.failed.append)
    asker.windows.says("text", "gone", reason="no display")
    assert asker.failed == ["no display"]


def test_the_hours_are_shown_as_they_are(asker: Asker) -> None:
    asker.hours()
    brief = asker.windows.open_now["hours"]
    assert (brief["mode"], brief["ranges"], brief["holidays"]) == ("schedule", HOURS.ranges, HOURS.holidays)


def test_a_check_names_every_fault_by_its_text(asker: Asker) -> None:
    asker.hours()
    asker.writes("check", "mon 08:00-12:00", "frei 8", holidays=("never",))
    ((name, told),) = asker.windows.told
    assert (name, set(told["faults"]["ranges"])) == ("hours", {"frei 8"})
    assert told["faults"]["holidays"] == {"never": "never is not a day"}
    assert not asker.answers


def test_a_check_without_faults_takes_them_back(asker: Asker) -> None:
    asker.hours()
    asker.writes("check", "mon 08:00-12:00")
    assert asker.windows.told == [("hours", {"faults": {"ranges": {}, "holidays": {}}})]


def test_good_hours_are_saved_and_the_window_leaves(asker: Asker) -> None:
    asker.hours()
    asker.writes("chosen", "mon 08:00-12:00", holidays=("2027-01-01",))
    assert asker.answers == [Hours("schedule", ("mon 08:00-12:00",), ("2027-01-01",))]
    assert asker.windows.open_now == {}


def test_faulty_hours_are_not_saved_and_the_window_stays(asker: Asker) -> None:
    asker.hours()
    asker.writes("chosen", "frei 8")
    assert (asker.answers, list(asker.windows.open_now)) == ([], ["hours"])
    assert asker.windows.told[0][1]["faults"]["ranges"]


def test_hours_that_cannot_be_kept_say_why_and_the_window_stays(asker: Asker) -> None:
    asker.trouble = "the settings file cannot be written"
    asker.hours()
    asker.writes("chosen", "mon 08:00-12:00")
    assert asker.windows.told == [("hours", {"sentence": "the settings file cannot be written"})]
    assert list(asker.windows.open_now) == ["hours"]


def test_cancelled_hours_change_nothing(asker: Asker) -> None:
    asker.hours()
    asker.windows.says("hours", "ended")
    assert (asker.answers, asker.windows.told) == ([], [])


@pytest.mark.parametrize("cleared", [True, False])
def test_the_safety_answer(asker: Asker, cleared: bool) -> None:
    asker.safety(cleared=not cleared)
    assert asker.windows.open_now["safety"] == {"v": 1, "cleared": not cleared}
    asker.windows.says("safety", "ended", cleared=cleared)
    assert asker.answers == [cleared]


def test_not_now_is_no_answer(asker: Asker) -> None:
    asker.safety(cleared=True)
    asker.windows.says("safety", "ended")
    assert asker.answers == []


def test_close_closes_every_one(asker: Asker) -> None:
    asker.hours()
    asker.safety(cleared=False)
    asker.sheets.text("Why?", [], asker.failed.append)
    asker.sheets.close()
    assert asker.windows.open_now == {}
