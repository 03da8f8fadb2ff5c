"""Working hours and days off as people write them.

Hours are `mon-fri 08:00-18:00` or `sat 22:00-06:00`, days off `2026-12-25` or `2026-12-24..2027-01-01`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from tray_agent.shell.words import _

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOUR_MIN = 60
DAY_MIN = 24 * HOUR_MIN

_RANGE = re.compile(r"(?P<days>\S+)\s+(?P<start>\d\d?:\d\d)\s*-\s*(?P<end>\d\d?:\d\d)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Holidays(Struct, frozen=True):
    """Days without work, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class Range(Struct, frozen=True):
    """Work on each of these `days` (0 is Monday) but the holidays, in minutes after that day's midnight.

    `end_min` is past 1440 when the range ends on the next day; it belongs to the day it starts on.
    """

    days: frozenset[int]
    start_min: int
    end_min: int
    holidays: tuple[Holidays, ...] = ()

    def begins_on(self, day: date) -> bool:
        """Whether there is work that starts on this day."""
        return day.weekday() in self.days and not any(day in off for off in self.holidays)


def parse_range(text: str) -> Range:
    """The range that is written there; raises `ValueError` with one sentence saying what is wrong."""
    match = _RANGE.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(_('"{text}" is not like "mon-fri 08:00-18:00"').format(text=text))
    days = frozenset(day for part in match["days"].split(",") for day in _days(part))
    start, end = _minutes(match["start"]), _minutes(match["end"])
    if start == DAY_MIN:
        raise ValueError(_("a range cannot start at 24:00; write 00:00 and the next day"))
    return Range(days, start, end if end > start else end + DAY_MIN)


def parse_holidays(text: str) -> Holidays:
    """The day or days that are written there; raises `ValueError` with one sentence saying what is wrong."""
    first, dots, last = (part.strip() for part in text.partition(".."))
    days = Holidays(_date(first), _date(last if dots else first))
    if days.last < days.first:
        raise ValueError(_('"{text}" ends before it begins').format(text=text))
    return days


def _date(text: str) -> date:
    if _DATE.fullmatch(text) is None:
        raise ValueError(_('"{text}" is not like "2026-12-25"').format(text=text))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(_('"{text}" is not in the calendar').format(text=text)) from None


def _days(part: str) -> Iterator[int]:
    first, dash, last = part.partition("-")
    start = _day(first)
    length = (_day(last) - start) % len(DAYS) if dash else 0
    return ((start + step) % len(DAYS) for step in range(length + 1))


def _day(name: str) -> int:
    if name not in DAYS:
        raise ValueError(_('"{name}" is not a day; days are {days}').format(name=name, days=" ".join(DAYS)))
    return DAYS.index(name)


def _minutes(clock: str) -> int:
    hours, minutes = map(int, clock.split(":"))
    total = hours * HOUR_MIN + minutes
    if minutes >= HOUR_MIN or total > DAY_MIN:
        raise ValueError(_('"{clock}" is not a time of day from 00:00 to 24:00').format(clock=clock))
    return total
