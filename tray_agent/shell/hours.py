"""The calendar put on the agent's axis: which day it is, when it rolls over, when work hours are.

A day rolls over at 04:00 local time or, where a work range spans 04:00, at that range's end.
Everything is computed as instants, so daylight saving and travel need no rule of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo

from msgspec.structs import replace

from tray_agent.core.events import Day
from tray_agent.shell.hours_ranges import Range, parse_holidays, parse_range
from tray_agent.shell.schema import Settings

ROLL_OVER_MIN = 4 * 60
_DAY_MIN = 24 * 60
_ONE_DAY = timedelta(days=1)


def work_ranges(settings: Settings) -> tuple[Range, ...] | None:
    """The work hours a person set, which skip the holidays; None when they work always."""
    hours = settings.hours
    if hours.mode == "always":
        return None
    holidays = tuple(map(parse_holidays, hours.holidays))
    return tuple(replace(parse_range(text), holidays=holidays) for text in hours.ranges)


def calendar(at: float, zone: tzinfo | None, ranges: Sequence[Range] | None) -> Day:
    """The day around `at` (seconds since the epoch) in `zone`, the system's own when None.

    `ranges` None means that every hour is a work hour.
    """
    today = datetime.fromtimestamp(at, zone).date()
    if at < _roll_over(today, zone, ranges):
        today -= _ONE_DAY
    elif at >= _roll_over(today + _ONE_DAY, zone, ranges):
        today += _ONE_DAY
    began, ends = (_roll_over(day, zone, ranges) for day in (today, today + _ONE_DAY))
    # Work around the clock ends, and the day begins, at 24:00: already on the next date.
    label = datetime.fromtimestamp(began, zone).date()
    year, week, _ = label.isocalendar()
    return Day(
        date=label.isoformat(),
        week=f"{year}-W{week:02}",
        ends_in_s=ends - at,
        work=None if ranges is None else tuple(_spans(at, today, zone, ranges)),
    )


def next_at(at: float, zone: tzinfo | None, minutes: int) -> float:
    """When the clock next shows so many minutes after midnight, each day once whatever the clock does."""
    today = datetime.fromtimestamp(at, zone).date()
    return min(moment for day in (today, today + _ONE_DAY) if (moment := _instant(day, minutes, zone)) > at)


def _roll_over(day: date, zone: tzinfo | None, ranges: Sequence[Range] | None) -> float:
    """When `day` begins."""
    ends = [ROLL_OVER_MIN]
    for work in ranges or ():
        if work.begins_on(day - _ONE_DAY) and work.end_min - _DAY_MIN > ROLL_OVER_MIN:
            ends.append(work.end_min - _DAY_MIN)
        if work.begins_on(day) and work.start_min < ROLL_OVER_MIN < work.end_min:
            ends.append(work.end_min)
    return _instant(day, max(ends), zone)


def _spans(
    at: float, today: date, zone: tzinfo | None, ranges: Iterable[Range]
) -> Iterator[tuple[float, float]]:
    """Work hours from yesterday to three days ahead, in seconds from `at`, joined where they touch."""
    spans = sorted(
        (_instant(day, work.start_min, zone) - at, _instant(day, work.end_min, zone) - at)
        for day in (today + step * _ONE_DAY for step in range(-1, 4))
        for work in ranges
        if work.begins_on(day)
    )
    while spans:
        start, end = spans.pop(0)
        while spans and spans[0][0] <= end:
            end = max(end, spans.pop(0)[1])
        yield start, end


def _instant(day: date, minutes: int, zone: tzinfo | None) -> float:
    days, minutes = divmod(minutes, _DAY_MIN)
    local = datetime.combine(day + days * _ONE_DAY, datetime.min.time(), zone)
    return local.replace(hour=minutes // 60, minute=minutes % 60).timestamp()
