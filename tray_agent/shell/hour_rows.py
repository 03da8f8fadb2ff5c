"""A range of working hours taken apart into a row of days and times, and put together again."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from tray_agent.shell.hours_ranges import DAY_MIN, DAYS, HOUR_MIN, parse_range
from tray_agent.shell.words import _


class HourRow(Struct, frozen=True):
    """One range as a form shows it.

    `text` is the range as it is written, None once somebody changed the row; `days` count from 0,
    Monday; the times are minutes after midnight, and an `end_min` at or before `start_min` lies on the
    next day.
    """

    text: str | None
    days: tuple[int, ...]
    start_min: int
    end_min: int


def row(text: str) -> HourRow:
    """The row for a range as it is written; raises `ValueError` when it is not understood."""
    work = parse_range(text)
    return HourRow(text, tuple(sorted(work.days)), work.start_min, work.end_min % DAY_MIN)


def written(hours: HourRow) -> str:
    """The range as it is written, untouched where nobody changed it; raises `ValueError` for no days."""
    if hours.text is not None:
        return hours.text
    if not hours.days:
        raise ValueError(_("Choose at least one day."))
    days = ",".join(_runs(hours.days))
    return f"{days} {_clock(hours.start_min)}-{_clock(hours.end_min)}"


def _runs(days: Collection[int]) -> Iterator[str]:
    """Days in a row as `mon-fri`, single ones by their name."""
    for first in sorted(days):
        if first - 1 in days:
            continue
        last = first
        while last + 1 in days:
            last += 1
        yield DAYS[first] if last == first else f"{DAYS[first]}-{DAYS[last]}"


def _clock(minutes: int) -> str:
    hours, rest = divmod(minutes, HOUR_MIN)
    return f"{hours:02}:{rest:02}"
