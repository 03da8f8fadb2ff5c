from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_agent.shell.hour_rows import HourRow, row, written
from tray_agent.shell.hours_ranges import parse_range


@pytest.mark.parametrize("text", ["mon-fri 08:00-12:00", "FRI-mon 8:00-9:30", "tue,thu-sat 22:00-24:00"])
def test_what_nobody_changed_is_written_as_it_was(text: str) -> None:
    assert written(row(text)) == text


def test_a_night_ends_on_the_next_day() -> None:
    assert row("sat 22:00-06:00") == HourRow("sat 22:00-06:00", (5,), 22 * 60, 6 * 60)
    assert row("mon 00:00-24:00") == HourRow("mon 00:00-24:00", (0,), 0, 0)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((0, 1, 2, 3, 4), "mon-fri"),
        ((0, 2), "mon,wed"),
        ((6, 0), "mon,sun"),
        ((1, 2, 5, 6), "tue-wed,sat-sun"),
    ],
)
def test_days_in_a_row_are_written_short(days: tuple[int, ...], words: str) -> None:
    assert written(HourRow(None, days, 8 * 60, 12 * 60 + 5)) == f"{words} 08:00-12:05"


def test_no_day_is_no_range() -> None:
    with pytest.raises(ValueError, match="Choose at least one day."):
        written(HourRow(None, (), 0, 60))


DAYS = st.sets(st.integers(0, 6), min_size=1)
MINUTES = st.integers(0, 24 * 60 - 1)


@given(DAYS, MINUTES, MINUTES)
def test_what_is_written_is_read_back(days: set[int], start: int, end: int) -> None:
    made = HourRow(None, tuple(sorted(days)), start, end)
    again = row(written(made))
    assert (again.days, again.start_min, again.end_min) == (made.days, start, end)
    assert parse_range(written(made)).days == days
