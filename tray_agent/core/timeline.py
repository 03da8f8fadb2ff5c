"""The chair as a timeline: when sitting began, and every time off the chair since.

Bouts and breaks are derived from it, so that a correction of the past re-computes all of them.
"""

from __future__ import annotations

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
        """Between `start` and `end` the person was on the chair, or was not."""
        self.offs = sorted(_corrected(self.offs, start, end, seated), key=lambda off: off.start)
        if self.absence and seated and start <= self.absence.start < end:
            self.absence = Absence(end, self.absence.cause)
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


def _corrected(offs: list[Off], start: float, end: float, seated: bool) -> Iterator[Off]:
    """What the corrected stretch leaves of each time off, and the stretch itself when off the chair."""
    for off in offs:
        if off.start < start < off.end:
            yield Off(off.start, start, off.cause)
        if off.start < end < off.end:
            yield Off(end, off.end, off.cause)
        if off.end <= start or off.start >= end:
            yield off
    if not seated:
        yield Off(start, end, Cause.SAID)
