"""Times of day that a person names, found in the past: the last `23:50` to `00:20` before now."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from tray_agent.shell.words import _

ROUNDED_S = 60.0
"""Whoever says `10:11` at half past the minute of 10:10 means now."""
_ONE_DAY = timedelta(days=1)


def past(start: str, end: str, now: float, zone: tzinfo | None = None) -> tuple[float, float]:
    """When it was last from `start` to `end` (`HH:MM`) in `zone`, the system's own when None.

    Times are seconds since the epoch.  Raises `ValueError` with a sentence when one is no time of day,
    or nothing lies between them.
    """
    from_, to = _time(start), _time(end)
    if from_ == to:
        raise ValueError(_("{start}-{end} is no time at all").format(start=start, end=end))
    day = datetime.fromtimestamp(now, zone).date()
    if _instant(day, to, zone) > now + ROUNDED_S:
        day -= _ONE_DAY
    began = day if from_ < to else day - _ONE_DAY
    return _instant(began, from_, zone), min(_instant(day, to, zone), now)


def clock(at: float, zone: tzinfo | None = None) -> str:
    """The time of day, as people type it."""
    return datetime.fromtimestamp(at, zone).strftime("%H:%M")


def _instant(day: date, of_day: time, zone: tzinfo | None) -> float:
    return datetime.combine(day, of_day, zone).timestamp()


def _time(text: str) -> time:
    try:
        found = time.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None:
        raise ValueError(_('"{clock}" is not a time of day such as 14:30').format(clock=text))
    return found
