"""Days off from calendar files in the shapes that common programs write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tray_agent.shell.ics import LARGEST_KB, Found, read

TODAY = date(2026, 11, 22)

OUTLOOK = """\
BEGIN:VCALENDAR
PRODID:-//Some Company//Some Mail 16.0//EN
VERSION:2.0
METHOD:PUBLISH
X-WR-CALNAME:Feiertage
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
CLASS:PUBLIC
DTSTART;TZID="W. Europe Standard Time":20261225T000000
DTEND;TZID="W. Europe Standard Time":20261227T000000
PRIORITY:5
SUMMARY;LANGUAGE=de:Weihnachten\\, beide
 \x20Tage
TRANSP:TRANSPARENT
UID:040000008200E
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
X-MICROSOFT-CDO-BUSYSTATUS:OOF
END:VEVENT
END:VCALENDAR
"""
GOOGLE = """\
BEGIN:VCALENDAR
PRODID:-//Some Search//Calendar 70//EN
VERSION:2.0
CALSCALE:GREGORIAN
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270101
DTEND;VALUE=DATE:20270102
DTSTAMP:20261101T101010Z
UID:one@example
STATUS:CONFIRMED
SUMMARY:New Year's Day
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260101
DTEND;VALUE=DATE:20260102
UID:past@example
SUMMARY:New Year's Day
END:VEVENT
BEGIN:VEVENT
DTSTART:20261201T080000Z
DTEND:20261201T090000Z
UID:timed@example
SUMMARY:Dentist
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261202
UID:off@example
STATUS:CANCELLED
SUMMARY:Called off
END:VEVENT
END:VCALENDAR
"""
THUNDERBIRD = """\
BEGIN:VCALENDAR
PRODID:-//Some Bird//NONSGML Calendar//EN
VERSION:2.0
BEGIN:VEVENT
CREATED:20200101T000000Z
UID:yearly
SUMMARY:Labour Day
RRULE:FREQ=YEARLY
DTSTART;VALUE=DATE:20100501
DTEND;VALUE=DATE:20100502
END:VEVENT
END:VCALENDAR
"""


def event(*lines: str) -> str:
    inner = "\n".join(("BEGIN:VEVENT", "UID:x", "SUMMARY:Off", *lines, "END:VEVENT"))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{inner}\nEND:VCALENDAR\n"


class Folder:
    def __init__(self, path: Path) -> None:
        self.file = path / "days.ics"

    def found(self, text: str, encoding: str = "utf-8") -> Found:
        self.file.write_text(text.replace("\n", "\r\n"), encoding, newline="")
        return read(self.file, TODAY)

    def texts(self, *lines: str) -> list[str]:
        return [day.text for day in self.found(event(*lines)).days]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_midnights_marked_as_a_whole_day_are_days(folder: Folder) -> None:
    (day,) = folder.found(OUTLOOK).days
    assert (day.text, day.name) == ("2026-12-25..2026-12-26", "Weihnachten, beide Tage")


def test_a_day_ends_before_the_end_that_is_written_and_the_past_is_left_out(folder: Folder) -> None:
    found = folder.found(GOOGLE)
    assert [(day.text, day.name) for day in found.days] == [("2027-01-01", "New Year's Day")]
    assert (found.timed, found.strange) == (1, 0)


def test_what_comes_each_year_comes_this_year_and_the_next_two(folder: Folder) -> None:
    assert [day.text for day in folder.found(THUNDERBIRD).days] == ["2027-05-01", "2028-05-01"]


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        (["DTSTART;VALUE=DATE:20261225"], ["2026-12-25"]),
        (["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20270102"], ["2026-12-24..2027-01-01"]),
        (["DTSTART;VALUE=DATE:20261224", "DURATION:P1W"], ["2026-12-24..2026-12-30"]),
        (["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261224"], ["2026-12-24"]),
        (["DTSTART;VALUE=DATE:20261120", "DTEND;VALUE=DATE:20261123"], ["2026-11-20..2026-11-22"]),
        (["DTSTART;VALUE=DATE:20191128", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"],
         ["2026-11-26", "2027-11-25", "2028-11-23"]),
        (["DTSTART;VALUE=DATE:20251225", "RRULE:FREQ=YEARLY;UNTIL=20261225"], ["2026-12-25"]),
        (["DTSTART;VALUE=DATE:20251225", "RRULE:FREQ=YEARLY;UNTIL=20261225T235959Z"], ["2026-12-25"]),
        (["DTSTART;VALUE=DATE:20251225", "RRULE:FREQ=YEARLY;COUNT=3"], ["2026-12-25", "2027-12-25"]),
        (["DTSTART;VALUE=DATE:20251225", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20271225"],
         ["2026-12-25", "2028-12-25"]),
        (["DTSTART;VALUE=DATE:20251225", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"], []),
        (["DTSTART;VALUE=DATE:20261230", "DTEND;VALUE=DATE:20270103", "RRULE:FREQ=YEARLY;COUNT=1"],
         ["2026-12-30..2027-01-02"]),
    ],
)  # fmt: skip
def test_which_days_an_event_takes(folder: Folder, lines: list[str], texts: list[str]) -> None:
    assert folder.texts(*lines) == texts


def test_an_end_of_year_that_began_last_year_is_not_over(folder: Folder) -> None:
    new_year = ["DTSTART;VALUE=DATE:20201121", "DTEND;VALUE=DATE:20201124", "RRULE:FREQ=YEARLY"]
    assert folder.texts(*new_year)[0] == "2026-11-21..2026-11-23"


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=WEEKLY"],
        ["DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=YEARLY;BYSECOND=1,2,3"],
        ["DTSTART;VALUE=DATE:20261399"],
        ["SUMMARY:no day at all"],
        ["DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:2026-Christmas"],
        ["DTSTART;VALUE=DATE:20261225", "DURATION:long"],
    ],
)
def test_what_is_not_understood_is_counted(folder: Folder, lines: list[str]) -> None:
    assert folder.found(event(*lines)) == Found((), timed=0, strange=1)


def test_two_names_for_one_day_share_a_line(folder: Folder) -> None:
    day = "BEGIN:VEVENT\nSUMMARY:{}\nDTSTART;VALUE=DATE:20261225\nEND:VEVENT\n"
    both = f"BEGIN:VCALENDAR\n{day.format('Christmas')}{day.format('Birthday')}END:VCALENDAR\n"
    assert [day.name for day in folder.found(both).days] == ["Birthday, Christmas"]


def test_an_old_encoding_costs_a_letter_and_no_day(folder: Folder) -> None:
    (day,) = folder.found(GOOGLE.replace("New Year's Day", "Año Nuevo"), "latin-1").days
    assert day.text == "2027-01-01"


def test_a_mark_of_the_encoding_is_no_fault(folder: Folder) -> None:
    assert folder.found(GOOGLE, "utf-8-sig").days


@pytest.mark.parametrize(
    "text", ["", "Christmas\n", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n", event()[:60], "{}", "BEGIN:"]
)
def test_a_file_that_is_no_calendar_is_refused(folder: Folder, text: str) -> None:
    with pytest.raises(ValueError, match="The file is not a calendar, or it is damaged."):
        folder.found(text)


def test_a_file_that_upsets_its_parser_is_damaged(folder: Folder) -> None:
    twice = OUTLOOK.replace("BEGIN:STANDARD", "TZID:Another Standard Time\nBEGIN:STANDARD")
    with pytest.raises(ValueError, match="damaged"):
        folder.found(twice)


def test_a_file_that_is_too_large_is_not_read(folder: Folder) -> None:
    with pytest.raises(ValueError, match=f"larger than {LARGEST_KB} KB"):
        folder.found(GOOGLE + " " * LARGEST_KB * 1024)


def test_a_file_that_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.ics", tmp_path, Path("/dev/zero")):
        with pytest.raises(ValueError, match="There is no file"):
            read(path, TODAY)
