"""The rows of the history, and what they amount to day by day.  Times are UTC seconds since 1970."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from msgspec import Struct, field

from tray_agent.core.model import Break

_ROLL_OVER_S = 4 * 3600


class BoutRow(NamedTuple):
    """A bout of sitting and what ended it."""

    began: float
    ended: float
    cause: str


class BreakRow(NamedTuple):
    """A break and what told us of it."""

    began: float
    ended: float
    cause: str


class StandRow(NamedTuple):
    """Time stood at the desk, by the person's own word."""

    began: float
    ended: float


class PromptRow(NamedTuple):
    """A prompt from shown to `ended`, with its outcome."""

    kind: str
    insistence: str
    shown: float
    outcome: str
    ended: float


class DoseRow(NamedTuple):
    """Movement done at one time, as in `core.model.Dose`."""

    kind: str
    left_s: float
    right_s: float
    sets: int
    reps: int
    standing_s: float
    at: float


Row = BoutRow | BreakRow | StandRow | PromptRow | DoseRow


class Day(Struct):
    """What one day amounts to; `date` is ISO 8601, `prompts` counts outcomes, `doses` the movement."""

    date: str
    sitting_s: float = 0.0
    longest_bout_s: float = 0.0
    standing_s: float = 0.0
    breaks: int = 0
    prompts: dict[str, int] = field(default_factory=dict)
    doses: list[DoseRow] = field(default_factory=list)

    def count(self, row: Row) -> None:
        """Add a row to the day."""
        match row:
            case BoutRow():
                self.sitting_s += row.ended - row.began
                self.longest_bout_s = max(self.longest_bout_s, row.ended - row.began)
            case BreakRow():
                self.breaks += 1
            case StandRow():
                self.standing_s += row.ended - row.began
            case PromptRow():
                self.prompts[row.outcome] = self.prompts.get(row.outcome, 0) + 1
            case DoseRow():
                self.doses.append(row)


def day_of(at: float) -> str:
    """The local date a time belongs to, when days roll over at 04:00."""
    return time.strftime("%Y-%m-%d", time.localtime(at - _ROLL_OVER_S))


def day_began(at: float) -> float:
    """When the local day of a time began."""
    day = time.localtime(at - _ROLL_OVER_S)
    return time.mktime((day.tm_year, day.tm_mon, day.tm_mday, _ROLL_OVER_S // 3600, 0, 0, 0, 0, -1))


def by_day(rows: Iterable[Row], label: Callable[[float], str] = day_of) -> list[Day]:
    """The days that have rows, oldest first; a row belongs to the day it began on."""
    days: dict[str, Day] = {}
    for row in rows:
        date = label(began(row))
        if date not in days:
            days[date] = Day(date)
        days[date].count(row)
    return [days[date] for date in sorted(days)]


def began(row: Row) -> float:
    """When the row's interval, prompt or movement began."""
    match row:
        case BoutRow() | BreakRow() | StandRow():
            return row.began
        case PromptRow():
            return row.shown
        case DoseRow():
            return row.at


def break_row(taken: Break, at: Callable[[float], float]) -> BreakRow:
    """The row of a break on the agent's axis; `at` turns the axis into wall time.

    A break that still lasts has no length yet; its row is replaced when it is told again.
    """
    ended = taken.start if taken.end is None else taken.end
    return BreakRow(at(taken.start), at(ended), taken.cause)
