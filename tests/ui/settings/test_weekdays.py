from __future__ import annotations

from tray_agent.shell.hours_ranges import DAYS as WRITTEN
from tray_agent.ui.settings import weekdays


def test_days_stand_in_the_order_in_which_they_are_written() -> None:
    assert [weekdays.short(day).lower() for day in weekdays.DAYS] == list(WRITTEN)
    assert all(weekdays.whole(day).startswith(weekdays.short(day)) for day in weekdays.DAYS)
