"""The chair as a timeline: when sitting began, every time off the chair since, and time stood.

Bouts, breaks and standing are derived from it, so that a correction of the past re-computes all of
them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct, field

from tray_agent.core.model import Break, Cause, Posture
from tray_agent.core.rules import BREAK_COUNTS_AFTER_S, KEEP_S

Span = tuple[float, float]
"""From when to when."""


class Off(Struct, frozen=True):
    """Time off the chair, a break when long enough and a pause otherwise."""

    start: float
    end: float
    cause: Cause

    @property
    def is_break(self) -> bool:
        """Whether it ends the bout before it."""
        return self.end >= self.start + BREAK_COUNTS_AFTER_S


class Absence(Struct, frozen=True):
    """Time off the chair that still lasts."""

    start: float
    cause: Cause

    def is_break(self, now: float) -> bool:
        """Whether it has already ended the bout before it."""
        return now >= self.start + BREAK_COUNTS_AFTER_S


class Timeline(Struct):
    """`first` is when sitting began, None before; `bout_start` is kept so that reading it is cheap.

    `offs` and `stood` lie in order and apart.
    """

    first: float | None = None
    bout_start: float | None = None
    offs: list[Off] = field(default_factory=list)
    absence: Absence | None = None
    stood: list[Span] = field(default_factory=list)

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

    def stand(self, start: float, end: float) -> None:
        """The person stood from `start` to `end`; no time is stood twice."""
        if end > start:
            self.stood = _joined(self.stood, start, end)

    def stood_s(self, since: float, still: Span | None = None) -> float:
        """Time stood after `since`, with the span that may still last."""
        stood = self.stood if still is None else _joined(self.stood, *still)
        return sum(end - max(start, since) for start, end in stood if end > since)

    def sitting_s(self, now: float) -> float:
        """Length of the running bout, pauses included; 0 while none runs."""
        if self.bout_start is None:
            return 0.0
        if self.absence is None:
            return now - self.bout_start
        return 0.0 if self.absence.is_break(now) else self.absence.start - self.bout_start

    def correct(self, start: float, end: float, posture: Posture) -> None:
        """Between `start` and `end` the person was in `posture`; nothing changes before `first`.

        `seated` is on the chair, anything else off it; with an infinite `end` it is so still.
        """
        if self.first is None or end <= self.first:
            return
        start = max(start, self.first)
        offs = self.offs.copy()
        if self.absence is not None:
            offs.append(Off(self.absence.start, math.inf, self.absence.cause))
        if posture is Posture.SEATED:
            changed = _on_chair(offs, start, end)
            self.stood = list(_without(self.stood, start, end))
        elif posture is Posture.STANDING:
            changed = _off_chair(offs, Off(start, end, Cause.STANDING))
            self.stand(start, end)
        else:
            changed = _off_chair(offs, Off(start, end, Cause.SAID))
        self._take(sorted(changed, key=lambda off: off.start), self.first)

    def _take(self, offs: list[Off], first: float) -> None:
        still = offs.pop() if offs and offs[-1].end == math.inf else None
        self.absence = None if still is None else Absence(still.start, still.cause)
        self.offs = offs
        self.bout_start = max((off.end for off in offs if off.is_break), default=first)

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

    def ended(self, now: float, since: float) -> Iterator[tuple[Span, Cause]]:
        """Every bout that began at `since` or later and is over, with what ended it."""
        offs = [off for off in self.offs if off.is_break]
        if self.absence is not None and self.absence.is_break(now):
            offs.append(Off(self.absence.start, math.inf, self.absence.cause))
        start = self.first
        for off in offs:
            if start is not None and since <= start < off.start:
                yield (start, off.start), off.cause
            start = off.end

    def edge(self, at: float) -> float:
        """The beginning or end of a time off within a second of `at`, else `at` itself.

        What is told in ages was read a moment ago, and a moment must not be left over.
        """
        edges = [edge for off in self.offs for edge in (off.start, off.end)]
        if self.absence is not None:
            edges.append(self.absence.start)
        return min(
            (edge for edge in edges if abs(edge - at) <= 1), key=lambda edge: abs(edge - at), default=at
        )

    def around(self, at: float) -> float:
        """When the bout, the break or the standing that goes on at `at` began."""
        edges = [edge for off in self.offs if off.is_break for edge in (off.start, off.end)]
        if self.first is not None:
            edges.append(self.first)
        if self.absence is not None:
            edges.append(self.absence.start)
        chair = max((edge for edge in edges if edge <= at), default=at)
        return min([chair, *(start for start, end in self.stood if start <= at <= end)])

    def deadline(self) -> float | None:
        """When there is something to forget."""
        ends = [off.end for off in self.offs[:1]] + [end for _, end in self.stood[:1]]
        return min(ends) + KEEP_S if ends else None

    def forget(self, now: float) -> None:
        """Drop what ended `KEEP_S` ago or earlier; the running bout keeps its start."""
        dropped = [off for off in self.offs if now >= off.end + KEEP_S]
        self.first = max((off.end for off in dropped if off.is_break), default=self.first)
        self.offs = self.offs[len(dropped) :]
        self.stood = [span for span in self.stood if now < span[1] + KEEP_S]


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


def _off_chair(offs: list[Off], said: Off) -> Iterator[Off]:
    """What was said joined with every time off that it touches, and the others.

    The longest names the cause.
    """
    joined = [said, *(off for off in offs if off.start <= said.end and off.end >= said.start)]
    yield from (off for off in offs if off not in joined)
    longest = max(joined, key=lambda off: off.end - off.start)
    yield Off(min(off.start for off in joined), max(off.end for off in joined), longest.cause)


def _joined(spans: list[Span], start: float, end: float) -> list[Span]:
    """The spans with one more, which takes in those that it touches."""
    touched = [span for span in spans if span[0] <= end and span[1] >= start]
    apart = [span for span in spans if span not in touched]
    return sorted([*apart, (min([start, *(a for a, _ in touched)]), max([end, *(b for _, b in touched)]))])


def _without(spans: list[Span], start: float, end: float) -> Iterator[Span]:
    """What is left of the spans outside `start` to `end`."""
    for a, b in spans:
        parts = ((a, min(b, start)), (max(a, end), b))
        yield from (part for part in parts if part[0] < part[1])
