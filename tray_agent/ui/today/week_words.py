"""Twelve weeks in words: the one source of their chart and their table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tray_agent.shell.words import _, duration, ngettext
from tray_agent.ui.today.clock_words import count, short_date
from tray_agent.ui.today.today_brief import Week

HOUR_S = 3600.0
NOTHING = "-"


@dataclass(frozen=True, slots=True)
class WeekBar:
    """One week: sitting hours and breaks are averages over its days, None without one."""

    label: str
    sitting_h: float | None
    breaks: float | None
    cells: tuple[str, ...]

    @property
    def sitting_words(self) -> str:
        """The value above its bar."""
        return "" if self.sitting_h is None else count(self.sitting_h, 1)

    @property
    def breaks_words(self) -> str:
        """The value above its bar."""
        return "" if self.breaks is None else count(self.breaks, 1)

    @property
    def sentence(self) -> str:
        """All there is to know of it."""
        if self.sitting_h is None:
            return _("Week of {date}: no full day").format(date=self.label)
        return _("Week of {date}: {sitting} h of sitting and {breaks} breaks a day").format(
            date=self.label, sitting=self.sitting_words, breaks=self.breaks_words
        )


def bars(weeks: Iterable[Week]) -> list[WeekBar]:
    """A bar for each week, the oldest first."""
    return [_bar(week) for week in weeks]


def titles() -> tuple[str, ...]:
    """The heads of the table's columns."""
    return (
        _("Week of"),
        _("Days"),
        _("Sitting a day, h"),
        _("Breaks a day"),
        _("Hip flexors, left"),
        _("Hip flexors, right"),
        _("Glute days"),
    )


def exact(seconds: float) -> str:
    """A length of time that was counted, not estimated."""
    minutes, rest = divmod(round(seconds), 60)
    if rest and not minutes:
        return _("{n} s").format(n=count(rest))
    if not rest:
        return _("{n} min").format(n=count(minutes))
    return _("{minutes} min {seconds} s").format(minutes=count(minutes), seconds=count(rest))


def aim(longest_s: float) -> str:
    """The day's aim for a bout."""
    return _("aim: up to {time}").format(time=duration(longest_s))


def sets(number: int, reps: int) -> str:
    """Strength done."""
    told = ngettext("{n} set, {reps} repetitions", "{n} sets, {reps} repetitions", number)
    return told.format(n=count(number), reps=count(reps))


def _bar(week: Week) -> WeekBar:
    known = bool(week.days)
    sitting_h, breaks = (week.sitting_s / HOUR_S, week.breaks) if known else (None, None)
    label = short_date(week.monday)
    cells = (
        label,
        count(week.days),
        count(sitting_h, 1) if sitting_h is not None else NOTHING,
        count(breaks, 1) if breaks is not None else NOTHING,
        exact(week.hip_left_s),
        exact(week.hip_right_s),
        count(week.glute_days),
    )
    return WeekBar(label, sitting_h, breaks, cells)
