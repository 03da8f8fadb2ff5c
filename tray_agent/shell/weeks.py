"""The last twelve weeks in figures: averages of the days that are over, movement of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from tray_agent.core.model import Kind
from tray_agent.shell.history import Day, Row, by_day

WEEKS = 12


def begin(day: str) -> float:
    """A wall time that is early enough for all of the twelve weeks that end with the day's."""
    return datetime.combine(_monday(day, WEEKS - 1), time()).timestamp()


def up_to(day: str, rows: Iterable[Row], *, running: bool) -> list[dict[str, Any]]:
    """The twelve weeks that end with the day's, the oldest first.

    A day that is still `running` would lower an average, and so counts for movement alone.
    """
    days = [known for known in by_day(rows) if known.date <= day]
    over = [known for known in days if known.sitting_s > 0 and not (running and known.date == day)]
    return [_week(_monday(day, ago), days, over) for ago in range(WEEKS - 1, -1, -1)]


def _monday(day: str, weeks_ago: int) -> date:
    on = date.fromisoformat(day)
    return on - timedelta(days=on.weekday(), weeks=weeks_ago)


def _week(monday: date, days: Iterable[Day], over: Iterable[Day]) -> dict[str, Any]:
    dates = {(monday + timedelta(days=number)).isoformat() for number in range(7)}
    worked = [day for day in over if day.date in dates]
    doses = [(day.date, dose) for day in days if day.date in dates for dose in day.doses]
    stretches = [dose for _date, dose in doses if dose.kind == Kind.HIP_FLEXOR]
    return {
        "monday": monday.isoformat(),
        "days": len(worked),
        "sitting_s": sum(day.sitting_s for day in worked) / max(1, len(worked)),
        "breaks": sum(day.breaks for day in worked) / max(1, len(worked)),
        "hip_left_s": sum(dose.left_s for dose in stretches),
        "hip_right_s": sum(dose.right_s for dose in stretches),
        "glute_days": len({date for date, dose in doses if dose.kind == Kind.GLUTES and dose.sets}),
    }
