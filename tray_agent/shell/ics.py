"""Days off from a calendar file (.ics), as other programs write them.

Taken are events of whole days that are not over yet; those that come back each year, for this year and
the next two.  The names serve to choose among them and go no further.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tray_agent.shell.words import _

if TYPE_CHECKING:
    from icalendar import Component

LARGEST_KB = 256
"""A file of this size, some 700 events, takes half a second to read."""

YEARS_AHEAD = 2

_BROKEN = (AttributeError, LookupError, OverflowError, TypeError, ValueError)
"""What the parsers raise on files that do not keep to the standard."""

_DAY = timedelta(days=1)
_CLOCK_RULES = {"BYHOUR", "BYMINUTE", "BYSECOND"}


class DayOff(Struct, frozen=True, order=True):
    """A day, or several in a row, both ends included."""

    first: date
    last: date
    name: str

    @property
    def text(self) -> str:
        """The days as the settings write them."""
        return f"{self.first}" if self.first == self.last else f"{self.first}..{self.last}"


class Found(Struct, frozen=True):
    """The days off of a file in their order, and how many events were left out: those with a time of
    day, and those that cannot be understood or come back more often than each year.
    """

    days: tuple[DayOff, ...]
    timed: int = 0
    strange: int = 0


class _Strange(Exception):
    """An event nobody can make a day off of."""


class _Timed(Exception):
    """An event with a time of day."""


def read(path: Path, today: date) -> Found:
    """The days off in the file; raises `ValueError` with one sentence when there are none to be had."""
    days: set[DayOff] = set()
    timed = strange = 0
    horizon = date(today.year + YEARS_AHEAD, 12, 31)
    for event in _events(_text(path)):
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        try:
            days.update(_days_off(event, today, horizon))
        except _Timed:
            timed += 1
        except (_Strange, *_BROKEN):
            strange += 1
    return Found(tuple(sorted(_named_together(days))), timed, strange)


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise ValueError(_("There is no file {path}.").format(path=path))
        with path.open("rb") as file:
            raw = file.read(LARGEST_KB * 1024 + 1)
    except OSError as error:
        raise ValueError(_("The file cannot be read: {why}.").format(why=error.strerror)) from None
    if len(raw) > LARGEST_KB * 1024:
        sentence = _("The file is larger than {size} KB; choose one with the days off alone.")
        raise ValueError(sentence.format(size=LARGEST_KB))
    # Old programs write in the encoding of their country; dates are the same in all of them.
    return raw.decode("utf-8-sig", errors="replace")


def _events(text: str) -> list[Component]:
    # Only who has such a file pays for its parser, once: 65 ms and 5 MB.
    from icalendar import Calendar

    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except _BROKEN:
        calendars = []
    if not calendars or any(calendar.name != "VCALENDAR" for calendar in calendars):
        raise ValueError(_("The file is not a calendar, or it is damaged."))
    return [event for calendar in calendars for event in calendar.walk("VEVENT")]


def _days_off(event: Component, today: date, horizon: date) -> Iterator[DayOff]:
    """Each time the event comes that is not over before `today`, repeated ones up to `horizon`."""
    first = _whole_day(event, "DTSTART")
    length = _length(event, first)
    name = " ".join(str(event.get("SUMMARY", "")).split())
    for start in _starts(event, first, today - length, horizon):
        last = start + length
        if last >= today:
            yield DayOff(start, last, name)


def _whole_day(event: Component, name: str) -> date:
    """The date of an event without a time of day; some programs write midnight and a note of their own."""
    moment = _moment(event, name)
    if not isinstance(moment, datetime):
        return moment
    whole = str(event.get("X-MICROSOFT-CDO-ALLDAYEVENT", "")).upper() == "TRUE"
    if whole and moment.time() == time():
        return moment.date()
    raise _Timed


def _moment(event: Component, name: str) -> date:
    moment = getattr(event.get(name), "dt", None)
    if not isinstance(moment, date):
        raise _Strange
    return moment


def _length(event: Component, first: date) -> timedelta:
    """From the first day to the last: the end that is written is the day after it."""
    if "DTEND" in event:
        return max(_whole_day(event, "DTEND") - first - _DAY, timedelta())
    lasts = getattr(event.get("DURATION"), "dt", _DAY)
    if not isinstance(lasts, timedelta):
        raise _Strange
    return max(timedelta(days=lasts.days) - _DAY, timedelta())


def _starts(event: Component, first: date, earliest: date, horizon: date) -> Iterable[date]:
    if "RRULE" not in event:
        return [first]
    rule = event.get("RRULE")
    if isinstance(rule, list) or rule.get("FREQ") != ["YEARLY"] or _CLOCK_RULES & set(rule):
        raise _Strange
    return [day for day in _yearly(rule, first, horizon) if day >= earliest and day not in _left_out(event)]


def _yearly(rule: Any, first: date, horizon: date) -> Iterator[date]:
    from dateutil.rrule import rrulestr

    # Without an end, a rule for a day that never comes would be followed to the year 9999.
    bounded = {name: value for name, value in rule.items() if name != "UNTIL"}
    until = rule.get("UNTIL", [horizon])[0]
    last = min(until.date() if isinstance(until, datetime) else until, horizon)
    begins = datetime.combine(first, time())
    ends = datetime.combine(last, time())
    text = type(rule)(bounded).to_ical().decode()
    repeated = rrulestr(text, dtstart=begins)
    if "COUNT" not in rule:
        repeated = repeated.replace(until=ends)  # type: ignore[union-attr]  # one rule, never a set
    for moment in repeated:
        if moment > ends:
            return
        yield moment.date()


def _left_out(event: Component) -> set[date]:
    """The days on which a repeated event does not come, by its own word."""
    listed = event.get("EXDATE", [])
    days = [entry.dt for group in (listed if isinstance(listed, list) else [listed]) for entry in group.dts]
    return {day.date() if isinstance(day, datetime) else day for day in days}


def _named_together(days: Iterable[DayOff]) -> Iterator[DayOff]:
    """Each stretch of days once; two events on the same days share a line."""
    names: dict[tuple[date, date], list[str]] = {}
    for day in sorted(days):
        names.setdefault((day.first, day.last), []).append(day.name)
    for (first, last), several in names.items():
        yield DayOff(first, last, ", ".join(name for name in several if name))
