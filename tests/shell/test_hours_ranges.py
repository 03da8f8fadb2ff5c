from datetime import date

import pytest
from msgspec.structs import replace

from tray_agent.shell.hours_ranges import Holidays, Range, parse_holidays, parse_range


@pytest.mark.parametrize(
    ("text", "days", "start", "end"),
    [
        ("mon-fri 08:00-18:00", {0, 1, 2, 3, 4}, 480, 1080),
        ("sat 22:00-06:00", {5}, 1320, 1440 + 360),
        ("mon,wed 9:00 - 17:30", {0, 2}, 540, 1050),
        ("sat-mon,thu 08:00-12:00", {5, 6, 0, 3}, 480, 720),
        ("Sun 08:00-08:00", {6}, 480, 1440 + 480),
        ("  fri   00:00-24:00 ", {4}, 0, 1440),
        ("fri 00:00-00:00", {4}, 0, 1440),
    ],
)
def test_ranges(text: str, days: set[int], start: int, end: int) -> None:
    assert parse_range(text) == Range(frozenset(days), start, end)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", 'is not like "mon-fri 08:00-18:00"'),
        ("mon-fri", 'is not like "mon-fri 08:00-18:00"'),
        ("mon 8-9", 'is not like "mon-fri 08:00-18:00"'),
        ("mon-fry 08:00-18:00", '"fry" is not a day'),
        ("mon, 08:00-18:00", '"" is not a day'),
        ("mon 08:60-18:00", '"08:60" is not a time of day'),
        ("mon 08:00-24:01", '"24:01" is not a time of day'),
        ("mon 24:00-06:00", "cannot start at 24:00"),
    ],
)
def test_what_is_wrong_is_said(text: str, told: str) -> None:
    with pytest.raises(ValueError) as refused:
        parse_range(text)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-12-25", date(2026, 12, 25), date(2026, 12, 25)),
        ("2026-12-24..2027-01-01", date(2026, 12, 24), date(2027, 1, 1)),
        (" 2028-02-29 .. 2028-02-29 ", date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_holidays(text: str, first: date, last: date) -> None:
    assert parse_holidays(text) == Holidays(first, last)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", '"" is not like "2026-12-25"'),
        ("24.12.2026", '"24.12.2026" is not like "2026-12-25"'),
        ("20261225", '"20261225" is not like "2026-12-25"'),
        ("2026-12-24..", '"" is not like "2026-12-25"'),
        ("2026-12-24..31", '"31" is not like "2026-12-25"'),
        ("2026-02-29", '"2026-02-29" is not in the calendar'),
        ("2027-01-01..2026-12-24", '"2027-01-01..2026-12-24" ends before it begins'),
    ],
)
def test_what_is_wrong_with_a_holiday_is_said(text: str, told: str) -> None:
    with pytest.raises(ValueError) as refused:
        parse_holidays(text)
    assert str(refused.value) == told


def test_no_work_begins_on_a_holiday() -> None:
    work = replace(parse_range("mon-fri 22:00-06:00"), holidays=(parse_holidays("2026-12-24..2026-12-25"),))
    begins = [day for day in range(21, 29) if work.begins_on(date(2026, 12, day))]
    assert begins == [21, 22, 23, 28]
