"""The chair as a timeline: when sitting began, and every time off the chair since.

Bouts and breaks are derived from it, so that a correction of the past re-computes all of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from tray_agent.core.model import Break, Cause
from tray_agent.core.rules import BREAK_COUNTS_AFTER_S


@dataclass(frozen=True, slots=True)
class Off:
    """Time off the chair, a break when long enough and a pause otherwise."""

    start: float
    end: float
    cause: Cause

    @property
    def is_break(self) -> bool:
        """Whether it ends the bout before it."""
        return self.end >= self.start + BREAK_COUNTS_AFTER_S


@dataclass(frozen=True, slots=True)
class Absence:
    """Time off the chair that still lasts."""

    start: float
    cause: Cause

    def is_break(self, now: float) -> bool:
        """Whether it has already ended the bout before it."""
        return now >= self.start + BREAK_COUNTS_AFTER_S


@dataclass(slots=True)
class Timeline:
    """`first` is when sitting began, None before; `bout_start` is kept so that reading it is cheap."""

    first: float | None = None
    bout_start: float | None = None
    offs: list[Off] = field(default_factory=list)
    absence: Absence | None = None

    def leave(self, at: float, cause: Cause) -> None:
        """The person left the chair; one who had never sat down, or is off it already, did not."""
        if self.first is not None and self.absence is None:
            self.absence = Absence(max(at, self.offs[-1].end if self.offs else self.first), cause)

    def sit_down(self, at: float) -> Off | None:
        """The person is on the chair from `at`; returns the time off it that this completes."""
        if self.first is None:
            self.first = self.bout_start = at
            return None
        if self.absence is None:
            return None
        off = Off(self.absence.start, max(at, self.absence.start), self.absence.cause)
        self.absence = None
        self.offs.append(off)
        if off.is_break:
            self.bout_start = off.end
        return off

    def sitting_s(self, now: float) -> float:
        """Length of the running bout, pauses included; 0 while none runs."""
        if self.bout_start is None:
            return 0.0
        if self.absence is None:
            return now - self.bout_start
        return 0.0 if self.absence.is_break(now) else self.absence.start - self.bout_start

    def correct(self, start: float, end: float, seated: bool) -> None:
        """Between `start` and `end` the person was on the chair, or was not; nothing before `first`."""
        if self.first is None or end <= self.first:
            return
        offs = self.offs.copy()
        if self.absence is not None:
            offs.append(Off(self.absence.start, math.inf, self.absence.cause))
        change = _on_chair if seated else _off_chair
        self.offs = sorted(change(offs, max(start, self.first), end), key=lambda off: off.start)
        if self.absence is not None:
            still = self.offs.pop()
            self.absence = Absence(still.start, still.cause)
        breaks = [off.end for off in self.offs if off.is_break]
        self.bout_start = breaks[-1] if breaks else self.first

    def breaks(self, since: float) -> tuple[Break, ...]:
        """Completed breaks that ended after `since`."""
        return tuple(
            Break(off.start, off.end, off.cause) for off in self.offs if off.is_break and off.end > since
        )

    def bouts(self, now: float, since: float) -> Iterator[tuple[float, float]]:
        """(start, end) of every bout after `since`, cut there; the running one ends at `now`."""
        start = self.first
        if start is None:
            return
        for off in self.offs:
            if off.is_break:
                if off.start > since:
                    yield max(start, since), off.start
                start = off.end
        end = now if self.absence is None else self.absence.start
        if end > max(start, since):
            yield max(start, since), end

    def forget(self, before: float) -> None:
        """Drop what ended before that time; the running bout keeps its start."""
        kept = [off for off in self.offs if off.end > before]
        dropped = [off.end for off in self.offs if off.is_break and off.end <= before]
        self.offs = kept
        if dropped:
            self.first = dropped[-1]


def _on_chair(offs: list[Off], start: float, end: float) -> Iterator[Off]:
    """What sitting from `start` to `end` leaves of each time off."""
    for off in offs:
        if off.end <= start or off.start >= end:
            yield off
            continue
        if off.start < start:
            yield Off(off.start, start, off.cause)
        if end < off.end:
            yield Off(end, off.end, off.cause)


def _off_chair(offs: list[Off], start: float, end: float) -> Iterator[Off]:
    """The stretch from `start` to `end` joined with every time off that it touches, and the others."""
    joined = [off for off in offs if off.start <= end and off.end >= start]
    yield from (off for off in offs if off not in joined)
    starts, ends = [start, *(off.start for off in joined)], [end, *(off.end for off in joined)]
    yield Off(min(starts), max(ends), Cause.SAID)
