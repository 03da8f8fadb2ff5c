from datetime import datetime

import pytest

from tray_agent.core.model import Break, Cause
from tray_agent.shell.history import (
    BoutRow,
    BreakRow,
    Day,
    DoseRow,
    PromptRow,
    Row,
    StandRow,
    break_row,
    by_day,
    day_began,
    day_of,
)


def test_days_add_up() -> None:
    stretch = DoseRow("hip_flexor", 30.0, 30.0, 0, 0, 0.0, 3000.0)
    rows: list[Row] = [
        BoutRow(100_000.0, 102_400.0, "idle"),
        BoutRow(0.0, 2700.0, "idle"),
        BoutRow(3000.0, 4000.0, "lock"),
        BreakRow(2700.0, 3000.0, "idle"),
        StandRow(2750.0, 2800.0),
        StandRow(2900.0, 2910.0),
        PromptRow("stand_up", "notify", 2690.0, "started", 2695.0),
        PromptRow("stand_up", "notify", 3990.0, "skipped", 3995.0),
        stretch,
    ]
    assert by_day(rows, lambda at: "2026-03-02" if at < 50_000 else "2026-03-03") == [
        Day("2026-03-02", 3700.0, 2700.0, 60.0, 1, {"started": 1, "skipped": 1}, [stretch]),
        Day("2026-03-03", 2400.0, 2400.0),
    ]


def test_break_of_the_engine_becomes_a_row() -> None:
    def at(t: float) -> float:
        return 1000.0 + t

    assert break_row(Break(1.0, 200.0, Cause.LOCK), at) == BreakRow(1001.0, 1200.0, "lock")
    assert break_row(Break(1.0, None, Cause.IDLE), at) == BreakRow(1001.0, 1001.0, "idle")


@pytest.mark.parametrize("hours", [0, 3.99, 4, 4.01, 12, 23.99, 52])
def test_a_day_begins_at_four(hours: float) -> None:
    at = datetime(2026, 3, 2).timestamp() + hours * 3600
    began = day_began(at)
    assert datetime.fromtimestamp(began).hour == 4
    assert 0 <= at - began < 86400
    assert day_of(began) == day_of(at)
    assert day_of(began - 1) < day_of(at)
