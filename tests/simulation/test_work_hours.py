"""Work hours by the wall clock: people, calendar and engine together, where clocks and zones change.

life = Life("2026-03-28 06:00", BERLIN, "mon-sun 08:00-18:00")
life.works("2026-03-29 08:00", "2026-03-29 09:00")
life.was_asked("2026-03-29 08:45")
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.support.timeline import Playbook
from tray_agent.core import commands as do
from tray_agent.shell.hours import calendar, work_ranges
from tray_agent.shell.schema import Hours, Settings

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
DAYTIME = "mon-sun 08:00-18:00"
CHANGES = [
    pytest.param(BERLIN, ("2026-03-28", "2026-03-29", "2026-03-30"), id="Berlin, spring"),
    pytest.param(BERLIN, ("2026-10-24", "2026-10-25", "2026-10-26"), id="Berlin, autumn"),
    pytest.param(NEW_YORK, ("2026-03-07", "2026-03-08", "2026-03-09"), id="New York, spring"),
    pytest.param(NEW_YORK, ("2026-10-31", "2026-11-01", "2026-11-02"), id="New York, autumn"),
]


class Life:
    """One person at a desk, told in local times, whose calendar is told anew at each roll-over."""

    def __init__(self, start: str, zone: ZoneInfo, *ranges: str, holidays: tuple[str, ...] = ()) -> None:
        self.zone = zone
        self.ranges = work_ranges(Settings(hours=Hours(ranges=ranges, holidays=holidays)))
        self._start = self._instant(start)
        self.book = Playbook()
        self._tell_day()

    def until(self, local: str) -> None:
        """Time passes without input."""
        self._lives(local, self.book.rests)

    def works(self, start: str, end: str) -> None:
        """Input every 20 s."""
        self.until(start)
        self._lives(end, self.book.works_for)

    def moves_to(self, zone: ZoneInfo) -> None:
        """The machine is given another zone."""
        self.zone = zone
        self._tell_day()

    def was_asked(self, *times: str) -> None:
        """These are the times of all prompts since this was last asked."""
        shown = [at for at, command in self.book.log if isinstance(command, do.ShowPrompt)]
        self.book.log.clear()
        assert [self._local(at) for at in shown] == list(times), str(self.book)

    @property
    def quiet(self) -> list[str]:
        return [reason.value for reason in self.book.view.quiet]

    @property
    def date(self) -> str:
        return self.book.engine.date

    def _lives(self, local: str, how: Callable[[float], None]) -> None:
        end = self._instant(local) - self._start
        while self.book.now < end:
            how(min(end, self._day_ends) - self.book.now)
            if self.book.now >= self._day_ends:
                self._tell_day()

    def _tell_day(self) -> None:
        day = calendar(self._start + self.book.now, self.zone, self.ranges)
        self._day_ends = self.book.now + day.ends_in_s
        self.book.tells(day)

    def _instant(self, local: str) -> float:
        return datetime.fromisoformat(local).replace(tzinfo=self.zone).timestamp()

    def _local(self, at: float) -> str:
        return f"{datetime.fromtimestamp(self._start + at, self.zone):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(("zone", "days"), CHANGES)
def test_over_a_change_of_clocks_each_day_is_asked_at_the_same_hour(
    zone: ZoneInfo, days: tuple[str, ...]
) -> None:
    life = Life(f"{days[0]} 06:00", zone, DAYTIME)
    for day in days:
        life.works(f"{day} 08:00", f"{day} 08:50")
        life.was_asked(f"{day} 08:45")
        life.until(f"{day} 18:00")
        assert "outside_hours" in life.quiet
        assert life.date == day


@pytest.mark.parametrize(("zone", "days"), CHANGES)
def test_a_night_shift_over_a_change_of_clocks_is_one_day(zone: ZoneInfo, days: tuple[str, ...]) -> None:
    saturday, sunday, _ = days
    life = Life(f"{saturday} 20:00", zone, "sat 22:00-06:00")
    life.works(f"{saturday} 22:00", f"{saturday} 22:50")
    life.was_asked(f"{saturday} 22:45")
    life.works(f"{sunday} 04:30", f"{sunday} 05:20")
    life.was_asked(f"{sunday} 05:15")
    life.until(f"{sunday} 05:59")
    assert (life.date, "outside_hours" in life.quiet) == (saturday, False)
    life.until(f"{sunday} 06:00")
    assert (life.date, "outside_hours" in life.quiet) == (sunday, True)


def test_sitting_before_work_is_forgiven() -> None:
    life = Life("2026-05-04 06:00", BERLIN, DAYTIME)
    life.works("2026-05-04 07:10", "2026-05-04 08:50")
    life.was_asked("2026-05-04 08:45")


def test_what_comes_due_in_the_last_ten_minutes_is_forgotten_with_the_day() -> None:
    life = Life("2026-05-04 06:00", BERLIN, DAYTIME)
    life.works("2026-05-04 17:06", "2026-05-04 17:55")
    assert "day_end" in life.quiet
    life.works("2026-05-04 17:55", "2026-05-04 19:00")
    life.was_asked()
    life.works("2026-05-05 08:00", "2026-05-05 08:50")
    life.was_asked("2026-05-05 08:45")


def test_what_comes_due_before_the_last_ten_minutes_is_asked() -> None:
    life = Life("2026-05-04 06:00", BERLIN, DAYTIME)
    life.works("2026-05-04 17:04", "2026-05-04 17:52")
    life.was_asked("2026-05-04 17:49")


def test_who_sits_through_lunch_begins_anew_after_it() -> None:
    life = Life("2026-05-04 06:00", BERLIN, "mon-fri 08:00-12:00", "mon-fri 13:00-17:00")
    life.works("2026-05-04 11:20", "2026-05-04 13:50")
    life.was_asked("2026-05-04 13:45")


def test_part_time() -> None:
    life = Life("2026-05-04 06:00", BERLIN, "mon,thu 08:00-18:00", "wed 12:00-16:00")
    for day, asked in (("04", True), ("05", False), ("06", False), ("07", True), ("08", False)):
        life.works(f"2026-05-{day} 09:00", f"2026-05-{day} 09:50")
        life.was_asked(*[f"2026-05-{day} 09:45"] * asked)
    life.works("2026-05-13 12:00", "2026-05-13 12:50")
    life.was_asked("2026-05-13 12:45")


def test_on_holidays_nobody_is_asked() -> None:
    life = Life("2026-12-23 06:00", BERLIN, DAYTIME, holidays=("2026-12-24..2026-12-26", "2027-01-01"))
    for day in ("24", "25", "26"):
        life.works(f"2026-12-{day} 09:00", f"2026-12-{day} 11:00")
        assert "outside_hours" in life.quiet
    life.was_asked()
    life.works("2026-12-27 09:00", "2026-12-27 09:50")
    life.was_asked("2026-12-27 09:45")


def test_a_night_shift_into_a_holiday_is_worked_and_the_one_that_starts_on_it_is_not() -> None:
    life = Life("2026-12-24 06:00", BERLIN, "mon-sun 22:00-06:00", holidays=("2026-12-25",))
    life.works("2026-12-25 04:30", "2026-12-25 05:20")
    life.was_asked("2026-12-25 05:15")
    life.works("2026-12-25 22:00", "2026-12-26 05:00")
    life.was_asked()
    life.works("2026-12-26 22:00", "2026-12-26 22:50")
    life.was_asked("2026-12-26 22:45")


def test_hours_travel_with_the_person() -> None:
    """Noon in New York is the evening of Berlin; its midnight is Berlin's next morning."""
    life = Life("2026-05-04 06:00", BERLIN, DAYTIME)
    life.works("2026-05-04 08:00", "2026-05-04 08:50")
    life.was_asked("2026-05-04 08:45")
    life.until("2026-05-04 18:30")
    assert "outside_hours" in life.quiet
    life.moves_to(NEW_YORK)
    assert "outside_hours" not in life.quiet
    life.works("2026-05-04 12:40", "2026-05-04 13:30")
    life.was_asked("2026-05-04 13:25")
    life.works("2026-05-05 02:30", "2026-05-05 03:30")
    life.was_asked()
    assert life.date == "2026-05-04"


def test_who_travels_east_over_midnight_has_a_shorter_day() -> None:
    life = Life("2026-05-04 06:00", NEW_YORK, DAYTIME)
    life.works("2026-05-04 22:00", "2026-05-04 23:00")
    life.moves_to(BERLIN)
    assert life.date == "2026-05-05"
    life.works("2026-05-05 08:00", "2026-05-05 08:50")
    life.was_asked("2026-05-05 08:45")
