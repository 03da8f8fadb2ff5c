"""What the machine notices beside input: locks, sleep, calls, media, sharing, full screen, do-not-disturb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from tests.simulation.generated.body import Appointment, Body, Kind, Place, Span
from tests.simulation.generated.desk import Desk
from tests.simulation.generated.person import HOUR, MIN, Worker

LOCKS_BY_LENGTH = ((MIN, 0.02), (3 * MIN, 0.22), (8 * MIN, 0.55), (float("inf"), 0.85))
LIDS = 0.30
BUMPS_AN_HOUR = 0.15


@dataclass(frozen=True, slots=True)
class Contexts:
    """When which context is on; each list in order and without overlap."""

    spans: tuple[tuple[str, Span], ...]

    def awake(self) -> list[Span]:
        """When the machine does not lock by itself."""
        return [span for name, span in self.spans if name in {"call", "media"}]


def absences(body: Body) -> Iterator[Span]:
    """Every time away from the desk, from the first moment to the last."""
    left: int | None = None
    for stay in body.stays:
        if stay.place is Place.ELSEWHERE and left is None:
            left = stay.start
        elif stay.place is not Place.ELSEWHERE and left is not None:
            yield left, stay.start
            left = None
    if left is not None:
        yield left, body.stays[-1].end


def contexts(worker: Worker, body: Body, desk: Desk, chance: Random) -> Contexts:
    """What calls, videos and tools switch on, as far as this worker's programs tell."""
    found: list[tuple[str, Span]] = []
    for a in body.appointments:
        span = (_joins(a, body), a.end)
        if a.kind is Kind.CALL:
            found += _call(worker, span, chance)
        elif a.kind is Kind.VIDEO:
            found += [("media", span)] if chance.random() < 0.9 else []
            found += [("fullscreen", span)] if chance.random() < 0.4 else []
    microphone, speech = chance.random() < 0.8, chance.random() < 0.6
    found += [("call", span) for span in desk.dictating if microphone]
    found += [("media", span) for span in desk.listening if speech]
    found += _focus(body, chance)
    return Contexts(tuple(_merged(found)))


def _joins(what: Appointment, body: Body) -> int:
    """When the person first comes to the desk for it; its end if never."""
    at_desk = (stay for stay in body.stays if stay.place is not Place.ELSEWHERE)
    return min((max(stay.start, what.start) for stay in at_desk if stay.end > what.start), default=what.end)


def _call(worker: Worker, span: Span, chance: Random) -> Iterator[tuple[str, Span]]:
    start, end = span
    if start >= end:
        return
    if chance.random() < worker.microphone:
        yield "call", span
    if chance.random() < 0.6:
        yield "media", span
    if chance.random() < 0.25:
        a, b = sorted(round(chance.uniform(start, end)) for _ in range(2))
        yield "share", (a, b)
        if chance.random() < 0.5:
            yield "fullscreen", (a, b)
        if chance.random() < 0.5:
            yield "dnd", (a, b)


def _focus(body: Body, chance: Random) -> Iterator[tuple[str, Span]]:
    """Now and then somebody wants an hour without notifications."""
    if chance.random() < 0.15:
        start = round(chance.uniform(0, 0.8) * body.stays[-1].end)
        yield "dnd", (start, start + round(chance.uniform(30, 90) * MIN))


def _merged(found: list[tuple[str, Span]]) -> Iterator[tuple[str, Span]]:
    for name in sorted({name for name, _ in found}):
        merged: list[Span] = []
        for start, end in sorted(span for other, span in found if other == name):
            if merged and start <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(merged[-1][1], end))
            elif start < end:
                merged.append((start, end))
        yield from ((name, span) for span in merged)


@dataclass(slots=True)
class Session:
    """Locks and sleep: spans in which the session is locked or the machine asleep."""

    locked: list[Span]
    asleep: list[Span]


def session(worker: Worker, body: Body, desk: Desk, on: Contexts, chance: Random) -> Session:
    """Manual locks and lids where people leave, then the machine's own locks in what is left.

    Whoever locks gives an input with it, which is added to the desk's.
    """
    end, result = body.stays[-1].end, Session([], [])
    for left, back in absences(body):
        locks = next(p for longest, p in LOCKS_BY_LENGTH if back - left < longest) * worker.locks
        awake = any(start <= left < stop for start, stop in on.awake())
        if worker.laptop and back - left > 15 * MIN and not awake and chance.random() < LIDS:
            result.asleep.append((left + round(chance.uniform(1, 15)), back))
        if chance.random() < locks:
            desk.inputs.add(max(0, left - round(chance.uniform(0, 6))))
            result.locked.append((left, min(end, back + round(chance.uniform(0, 5)))))
    result.locked += _locks_itself(worker, desk, on, result, end)
    result.locked.sort()
    return result


def _locks_itself(worker: Worker, desk: Desk, on: Contexts, so_far: Session, end: int) -> list[Span]:
    """After so long without input, and without what keeps the screen on."""
    limit, found, taken = worker.profile.autolock_s, [], [*so_far.locked, *so_far.asleep]
    for last, following in pairwise([0, *sorted(desk.inputs), end]):
        kept_on = [stop for start, stop in on.awake() if start < last + limit < stop]
        at = max([last, *kept_on]) + limit
        if at < following and not any(a < following and at < b for a, b in taken):
            found.append((at, following))
    return found


def bumps(body: Body, chance: Random) -> Iterator[int]:
    """A shaken desk, a cat, a cleaner: input while nobody is there."""
    for left, back in absences(body):
        t = left + chance.expovariate(BUMPS_AN_HOUR / HOUR)
        while t < back:
            yield int(t)
            t += chance.expovariate(BUMPS_AN_HOUR / HOUR)
