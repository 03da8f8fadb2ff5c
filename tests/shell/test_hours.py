from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tray_agent.core.events import Day
from tray_agent.shell.hours import calendar, next_at, work_ranges
from tray_agent.shell.hours_ranges import parse_range
from tray_agent.shell.schema import Hours, Settings

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
H = 3600.0


def on(local: str, *hours: str, zone: ZoneInfo = BERLIN) -> Day:
    """The calendar at a local time such as `2026-03-02 09:00`; no hours means always."""
    at = datetime.fromisoformat(local).replace(tzinfo=zone).timestamp()
    return calendar(at, zone, tuple(map(parse_range, hours)) if hours else None)


def work_h(day: Day) -> list[tuple[float, float]]:
    """Work that is not over, as hours from now."""
    assert day.work is not None
    return [(start / H, end / H) for start, end in day.work if end > 0]


def test_settings_say_when_work_is() -> None:
    assert work_ranges(Settings(hours=Hours(mode="always"))) is None
    assert work_ranges(Settings()) == (parse_range("mon-fri 08:00-18:00"),)


def test_holidays_hold_for_every_range() -> None:
    hours = Hours(ranges=("mon-fri 08:00-12:00", "fri 22:00-06:00"), holidays=("2026-12-25",))
    ranges = work_ranges(Settings(hours=hours))
    assert ranges is not None
    christmas, after = date(2026, 12, 25), date(2027, 1, 1)
    assert [work.begins_on(christmas) for work in ranges] == [False, False]
    assert [work.begins_on(after) for work in ranges] == [True, True]
    assert work_ranges(Settings(hours=Hours(mode="always", holidays=("2026-12-25",)))) is None


def test_a_holiday_ends_no_shift_before_it_and_moves_no_roll_over() -> None:
    hours = Hours(ranges=("mon-sun 22:00-06:00",), holidays=("2026-12-25",))
    ranges = work_ranges(Settings(hours=hours))
    at = datetime(2026, 12, 25, 5, 0, tzinfo=BERLIN).timestamp()
    eve = calendar(at, BERLIN, ranges)
    assert (eve.date, eve.ends_in_s) == ("2026-12-24", 1 * H)
    assert work_h(eve)[:2] == [(-7, 1), (41, 49)]
    christmas = calendar(at + 2 * H, BERLIN, ranges)
    assert (christmas.date, christmas.ends_in_s) == ("2026-12-25", 21 * H)


@pytest.mark.parametrize(
    ("zone", "local", "in_h"),
    [
        (BERLIN, "2026-05-04 04:00", 0.5),
        (BERLIN, "2026-05-04 04:30", 24),
        (BERLIN, "2026-03-28 04:30", 23),
        (BERLIN, "2026-10-24 04:30", 25),
        (NEW_YORK, "2026-03-07 04:30", 23),
        (NEW_YORK, "2026-10-31 04:30", 25),
    ],
)
def test_when_the_clock_next_shows_half_past_four(zone: ZoneInfo, local: str, in_h: float) -> None:
    at = datetime.fromisoformat(local).replace(tzinfo=zone).timestamp()
    assert next_at(at, zone, 4 * 60 + 30) - at == in_h * H


def test_an_hour_that_comes_twice_counts_once_and_one_that_is_skipped_counts_too() -> None:
    at, moments = datetime(2026, 10, 24, 12, 0, tzinfo=BERLIN).timestamp(), []
    for _ in range(3):
        at = next_at(at, BERLIN, 2 * 60 + 30)
        moments.append(datetime.fromtimestamp(at, BERLIN).isoformat())
    assert moments[:2] == ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]
    spring = datetime(2026, 3, 29, 0, 0, tzinfo=BERLIN).timestamp()
    skipped = datetime.fromtimestamp(next_at(spring, BERLIN, 2 * 60 + 30), BERLIN)
    assert skipped.isoformat() == "2026-03-29T03:30:00+02:00"


def test_a_plain_working_day() -> None:
    day = on("2026-03-02 09:00", "mon-fri 08:00-18:00")
    assert (day.date, day.week) == ("2026-03-02", "2026-W10")
    assert day.ends_in_s == 19 * H
    assert work_h(day)[:2] == [(-1, 9), (23, 33)]


def test_always_has_no_hours_and_rolls_over_at_four() -> None:
    day = on("2026-03-02 03:59")
    assert (day.date, day.ends_in_s, day.work) == ("2026-03-01", 60, None)
    day = on("2026-03-02 04:00")
    assert (day.date, day.ends_in_s) == ("2026-03-02", 24 * H)


def test_the_week_is_the_calendar_week_of_its_year() -> None:
    assert on("2027-01-01 12:00").week == "2026-W53"
    assert on("2027-01-04 03:00").week == "2026-W53"
    assert on("2027-01-04 04:00").week == "2027-W01"


@pytest.mark.parametrize(
    ("zone", "night", "hours_long"),
    [
        (BERLIN, "2026-03-28", 23),  # 02:00 becomes 03:00 on the 29th
        (BERLIN, "2026-10-24", 25),
        (NEW_YORK, "2026-03-07", 23),
        (NEW_YORK, "2026-10-31", 25),
        (NEW_YORK, "2026-11-01", 24),
    ],
)
def test_a_day_with_a_change_of_clocks(zone: ZoneInfo, night: str, hours_long: float) -> None:
    day = on(f"{night} 04:00", zone=zone)
    assert (day.date, day.ends_in_s) == (night, hours_long * H)


def test_work_begins_by_the_new_clock() -> None:
    spring = on("2026-03-28 20:00", "mon-sun 08:00-18:00")
    assert work_h(spring)[0] == (11, 21)
    autumn = on("2026-10-24 20:00", "mon-sun 08:00-18:00")
    assert work_h(autumn)[0] == (13, 23)


def test_a_night_shift_over_the_change_of_clocks_is_as_long_as_it_is() -> None:
    spring = on("2026-03-28 22:00", "sat 22:00-06:00")
    assert work_h(spring)[0] == (0, 7)
    assert spring.ends_in_s == 7 * H
    autumn = on("2026-10-31 22:00", "sat 22:00-06:00", zone=NEW_YORK)
    assert work_h(autumn)[0] == (0, 9)


def test_a_range_that_begins_in_the_hour_that_is_skipped() -> None:
    assert work_h(on("2026-03-29 01:00", "sun 02:30-05:00"))[0] == (1.5, 3)


def test_a_night_shift_belongs_to_the_day_it_starts_on() -> None:
    shift = "mon-fri 22:00-06:00"
    assert on("2026-03-03 05:59", shift).date == "2026-03-02"
    assert on("2026-03-03 05:59", shift).ends_in_s == 60
    day = on("2026-03-03 06:00", shift)
    assert (day.date, day.ends_in_s) == ("2026-03-03", 24 * H)


def test_where_no_shift_runs_the_day_still_rolls_over_at_four() -> None:
    shift = "mon-fri 22:00-06:00"
    assert on("2026-03-07 05:59", shift).date == "2026-03-06"
    assert on("2026-03-08 04:00", shift).date == "2026-03-08"
    assert on("2026-03-07 06:00", shift).ends_in_s == 22 * H


def test_an_early_shift_over_four_ends_the_day_before() -> None:
    shift = "mon-fri 03:00-11:00"
    assert on("2026-03-03 10:59", shift).date == "2026-03-02"
    assert on("2026-03-03 11:00", shift).date == "2026-03-03"


def test_work_that_ends_or_begins_at_four_does_not_span_it() -> None:
    hours = ("mon-fri 22:00-04:00", "tue-sat 04:00-05:00")
    assert on("2026-03-03 03:59", *hours).date == "2026-03-02"
    assert on("2026-03-03 04:00", *hours).date == "2026-03-03"


def test_adjoining_and_overlapping_ranges_are_one() -> None:
    day = on("2026-03-02 07:00", "mon 08:00-12:00", "mon 12:00-14:00", "mon 13:00-13:30", "mon 15:00-18:00")
    assert work_h(day) == [(1, 7), (8, 11)]


def test_round_the_clock_adjoins_from_day_to_day() -> None:
    day = on("2026-03-04 12:00", "mon-sun 00:00-24:00")
    assert (day.date, day.ends_in_s) == ("2026-03-04", 12 * H)
    ((start, end),) = work_h(day)
    assert start <= -12
    assert end >= 48


def test_weekday_sets_and_a_weekend_ahead() -> None:
    day = on("2026-03-06 19:00", "mon,wed-fri 08:00-18:00")
    assert work_h(day) == [(61, 71)]
    assert work_h(on("2026-03-09 19:00", "mon,wed-fri 08:00-18:00"))[0] == (37, 47)


def test_the_same_moment_elsewhere() -> None:
    at = datetime(2026, 3, 2, 8, 0, tzinfo=UTC).timestamp()
    ranges = (parse_range("mon-fri 08:00-18:00"),)
    here, there = calendar(at, BERLIN, ranges), calendar(at, NEW_YORK, ranges)
    assert (here.date, there.date) == ("2026-03-02", "2026-03-01")
    assert work_h(here)[0] == (-1, 9)
    assert work_h(there)[0] == (5, 15)
    assert there.ends_in_s == 1 * H


if sys.platform != "win32":

    @pytest.fixture
    def kolkata(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """The system's own zone is half an hour off, for once."""
        with monkeypatch.context() as patch:
            patch.setenv("TZ", "Asia/Kolkata")
            time.tzset()
            yield
        time.tzset()

    @pytest.mark.usefixtures("kolkata")
    def test_without_a_zone_the_system_s_own_holds() -> None:
        at = datetime(2026, 3, 2, 3, 30, tzinfo=UTC).timestamp()
        day = calendar(at, None, (parse_range("mon-fri 08:00-18:00"),))
        assert (day.date, day.ends_in_s) == ("2026-03-02", 19 * H)
        assert work_h(day)[0] == (-1, 9)
