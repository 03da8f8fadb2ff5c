from datetime import datetime
from typing import Any

from tray_agent.shell import weeks
from tray_agent.shell.history import BoutRow, BreakRow, DoseRow, Row

HOUR = 3600.0
FRIDAY, MONDAY = "2026-02-27", "2026-03-02"


def at(date: str, time: str) -> float:
    return datetime.fromisoformat(f"{date}T{time}").timestamp()


def bout(date: str, start: str, end: str) -> BoutRow:
    return BoutRow(at(date, start), at(date, end), "idle")


def dose(kind: str, date: str, left_s: float, right_s: float, sets: int) -> DoseRow:
    return DoseRow(kind, left_s, right_s, sets, 10 * sets, 0.0, at(date, "10:00"))


ROWS: list[Row] = [
    bout("2026-02-23", "09:00", "11:00"),
    bout(FRIDAY, "09:00", "13:00"),
    BreakRow(at(FRIDAY, "13:00"), at(FRIDAY, "13:10"), "idle"),
    dose("glutes", FRIDAY, 0.0, 0.0, 1),
    dose("glutes", FRIDAY, 0.0, 0.0, 0),
    bout(MONDAY, "04:30", "05:00"),
    dose("hip_flexor", MONDAY, 30.0, 20.0, 0),
    bout("2026-03-03", "09:00", "18:00"),
]


def figures(week: dict[str, Any]) -> tuple[Any, ...]:
    return week["days"], week["sitting_s"], week["breaks"], week["glute_days"]


def test_twelve_weeks_from_monday_to_monday() -> None:
    mondays = [week["monday"] for week in weeks.up_to(MONDAY, ROWS, running=True)]
    assert (len(mondays), mondays[0], mondays[-2:]) == (12, "2025-12-15", ["2026-02-23", MONDAY])
    assert weeks.begin("2026-03-08") == at("2025-12-15", "00:00")


def test_averages_are_of_days_with_sitting() -> None:
    *_older, last_week, _this_week = weeks.up_to(MONDAY, ROWS, running=True)
    assert figures(last_week) == (2, 3 * HOUR, 0.5, 1)


def test_a_running_day_counts_for_movement_alone() -> None:
    running, over = (weeks.up_to(MONDAY, ROWS, running=running)[-1] for running in (True, False))
    assert figures(running) == (0, 0.0, 0.0, 0)
    assert figures(over) == (1, HOUR / 2, 0.0, 0)
    assert [running["hip_left_s"], running["hip_right_s"]] == [30.0, 20.0]
