"""The day's course: who sat, stood or was away from when to when, as one row of spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tray_agent.core.memory import State
from tray_agent.core.model import Cause, Posture
from tray_agent.core.timeline import Off, Timeline


class Span(Struct, frozen=True):
    """A time in one posture, on the agent's axis; `cause` tells what took the person off the chair."""

    posture: Posture
    start: float
    end: float
    cause: Cause | None = None


class Course(Struct, frozen=True):
    """The day `date`, counted since `began`; its spans lie in order and apart."""

    date: str
    began: float
    spans: tuple[Span, ...]


def course(state: State, now: float) -> Course:
    """The day that is being counted, up to `now`."""
    person, ledger = state.estimator, state.ledger
    standing = None if person.standing_since is None else (person.standing_since, now)
    stood = [*person.timeline.stood, *([standing] if standing else [])]
    return Course(ledger.date, ledger.began, tuple(spans(person.timeline, stood, ledger.began, now)))


def spans(
    timeline: Timeline, stood: Iterable[tuple[float, float]], since: float, now: float
) -> Iterator[Span]:
    """Every span after `since`, cut there and at `now`; a pause is part of its bout, as in the figures."""
    seated, away = _chair(timeline, now)
    for span in in_order(seated, away, [Span(Posture.STANDING, *span, Cause.STANDING) for span in stood]):
        cut = replace(span, start=max(span.start, since), end=min(span.end, now))
        if cut.start < cut.end:
            yield cut


def in_order(seated: Sequence[Span], away: Iterable[Span], stood: Iterable[Span]) -> list[Span]:
    """All of them, in order and apart: who sits does not stand, and who stands is not away.

    The seated ones lie in order, and so do those stood.
    """
    standing = [part for span in stood for part in _outside(span, seated)]
    gone = [part for span in away for part in _outside(span, standing)]
    return sorted([*seated, *standing, *gone], key=lambda span: span.start)


def _chair(timeline: Timeline, now: float) -> tuple[list[Span], list[Span]]:
    """Bouts, and the breaks between them with the absence that still lasts."""
    if timeline.first is None:
        return [], []
    offs = [off for off in timeline.offs if off.is_break]
    if (absence := timeline.absence) is not None:
        offs.append(Off(absence.start, max(now, absence.start), absence.cause))
    starts = [timeline.first, *(off.end for off in offs)]
    ends = [*(off.start for off in offs), now]
    if timeline.absence is not None:
        starts.pop()
        ends.pop()
    seated = [Span(Posture.SEATED, *span) for span in zip(starts, ends, strict=True)]
    return seated, [Span(Posture.AWAY, off.start, off.end, off.cause) for off in offs]


def _outside(span: Span, others: Iterable[Span]) -> Iterator[Span]:
    """What is left of the span outside the others, which lie in order."""
    start = span.start
    for other in others:
        if start < other.start < span.end:
            yield replace(span, start=start, end=other.start)
        if other.start < span.end:
            start = max(start, other.end)
    if start < span.end:
        yield replace(span, start=start)
