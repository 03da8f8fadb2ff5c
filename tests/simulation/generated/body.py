"""How a worker's body spends the day: on the chair, standing at the desk, elsewhere.

Sitting bouts, breaks, lunch, meetings and calls follow published marginals of office work, which
`docs/accuracy.md` names.  A day is drawn in two layers: appointments first, then sitting and getting
up around them, each whole and with its own end, never second by second.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from random import Random

from tests.simulation.generated.person import HOUR, MIN, Worker

Span = tuple[int, int]


class Place(Enum):
    """Where the body is; a meeting with the laptop open is sitting with input like any other."""

    CHAIR = "seated"
    AT_DESK_STANDING = "standing"
    ELSEWHERE = "away"


class Kind(Enum):
    """What an appointment is."""

    LUNCH_OUT = "lunch out"
    LUNCH_AT_DESK = "lunch at desk"
    MEETING = "meeting"
    CALL = "call"
    VIDEO = "video"


AT_DESK = frozenset({Kind.LUNCH_AT_DESK, Kind.CALL, Kind.VIDEO})


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something with a time of its own."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Stay:
    """The body in one place."""

    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class Body:
    """A day without gaps: stays in order, and what was to be done at the desk when."""

    stays: tuple[Stay, ...]
    appointments: tuple[Appointment, ...]


def times_a_day(mean: float, chance: Random) -> int:
    """How often something happens that comes by chance: Poisson."""
    count, product = 0, chance.random()
    while product > math.exp(-mean):
        count, product = count + 1, product * chance.random()
    return count


def spend_day(worker: Worker, chance: Random) -> Body:
    """One working day, from the first moment on the chair to leaving."""
    length = round(chance.uniform(8.2, 9.3) * HOUR)
    appointments = tuple(_appointments(worker, length, chance))
    stays = tuple(_stays(worker, length, appointments, chance))
    return Body(stays, appointments)


def _appointments(worker: Worker, length: int, chance: Random) -> list[Appointment]:
    profile = worker.profile
    wanted = [(_lunch_kind(worker, chance), chance.lognormvariate(math.log(worker.lunch_s), 0.25))]
    for mean, kind in (
        (profile.meetings, Kind.MEETING),
        (profile.calls, Kind.CALL),
        (profile.videos, Kind.VIDEO),
    ):
        wanted += [(kind, _length_s(kind, chance)) for _ in range(times_a_day(mean, chance))]
    diary: list[Appointment] = []
    for kind, seconds in wanted:
        for _attempt in range(8):
            start = round(_start(kind, length, chance))
            new = Appointment(start, start + round(seconds), kind)
            apart = all(new.end + 5 * MIN < old.start or old.end + 5 * MIN < new.start for old in diary)
            if apart and new.end < length:
                diary.append(new)
                break
    return sorted(diary, key=lambda appointment: appointment.start)


def _lunch_kind(worker: Worker, chance: Random) -> Kind:
    return Kind.LUNCH_AT_DESK if chance.random() < worker.lunch_at_desk else Kind.LUNCH_OUT


def _length_s(kind: Kind, chance: Random) -> float:
    match kind:
        case Kind.CALL:
            return min(60.0, max(5.0, chance.lognormvariate(math.log(14), 0.7))) * MIN
        case Kind.VIDEO:
            return chance.uniform(6, 50) * MIN
        case _:
            return chance.uniform(20, 80) * MIN


def _start(kind: Kind, length: int, chance: Random) -> float:
    if kind in {Kind.LUNCH_OUT, Kind.LUNCH_AT_DESK}:
        return chance.gauss(3.9, 0.4) * HOUR
    return chance.uniform(0.02, 0.95) * length


def _stays(worker: Worker, length: int, diary: tuple[Appointment, ...], chance: Random) -> Iterator[Stay]:
    """Sit, get up, sit: until an appointment elsewhere or the end of the day cuts in."""
    elsewhere = [a for a in diary if a.kind in {Kind.MEETING, Kind.LUNCH_OUT}]
    now = 0
    while now < length:
        while elsewhere and elsewhere[0].start < now + 30:
            for stay in _elsewhere(worker, elsewhere.pop(0), now, chance):
                yield stay
                now = stay.end
        latest = min(elsewhere[0].start if elsewhere else length, length)
        up = min(max(latest, now + 10), _gets_up(now, worker, diary, chance))
        yield from _bout(now, up, diary, chance)
        now = up
        for stay in _upright(worker, now, latest, chance):
            yield stay
            now = stay.end


def _bout(now: int, up: int, diary: tuple[Appointment, ...], chance: Random) -> Iterator[Stay]:
    """On the chair until `up`; some walk about while they are on the phone, for a good part of the call."""
    for a in diary:
        if a.kind is Kind.CALL and now + 10 < a.start and a.end + 30 < up and chance.random() < 0.12:
            start = a.start + round(chance.uniform(0.05, 0.3) * (a.end - a.start))
            back = a.end - round(chance.uniform(0.0, 0.2) * (a.end - a.start))
            yield Stay(now, start, Place.CHAIR)
            yield Stay(start, back, Place.ELSEWHERE)
            now = back
    yield Stay(now, up, Place.CHAIR)


def _upright(worker: Worker, now: int, latest: int, chance: Random) -> Iterator[Stay]:
    """A break, unless something begins; then now and then work on one's feet, where the desk allows it."""
    if now >= latest:
        return
    back = min(now + _break_s(chance), latest)
    yield Stay(now, back, Place.ELSEWHERE)
    if worker.sit_stand and chance.random() < 0.085:
        stood = min(back + round(chance.lognormvariate(math.log(20 * MIN), 0.6)), latest)
        if stood > back + MIN:
            yield Stay(back, stood, Place.AT_DESK_STANDING)


def _gets_up(now: int, worker: Worker, diary: tuple[Appointment, ...], chance: Random) -> int:
    """When this bout would end by itself; few walk out of a call, some out of a video."""
    mean_s = (3 if chance.random() < 0.6 else 26) * MIN * worker.sitting
    up = now + max(10, round(chance.expovariate(1 / mean_s)))
    for a in diary:
        stays_for = {Kind.CALL: 0.85, Kind.VIDEO: 0.6}.get(a.kind, 0.0)
        if a.start <= up < a.end and chance.random() < stays_for:
            up = a.end + round(chance.uniform(5, 60))
    return up


def _break_s(chance: Random) -> int:
    """Off the chair: two fifths are a stretch for a file, few are more than eight minutes."""
    kind = chance.random()
    if kind < 0.45:
        return round(chance.uniform(10, 59))
    if kind < 0.75:
        return round(chance.uniform(1, 3) * MIN)
    if kind < 0.93:
        return round(chance.uniform(3, 8) * MIN)
    return round(min(35.0, chance.lognormvariate(math.log(12), 0.5)) * MIN)


def _elsewhere(worker: Worker, what: Appointment, now: int, chance: Random) -> Iterator[Stay]:
    end = now + (what.end - what.start)
    if what.kind is Kind.MEETING and worker.laptop and chance.random() < 0.45:
        there, back = (round(chance.uniform(60, 200)) for _ in range(2))
        yield Stay(now, now + there, Place.ELSEWHERE)
        yield Stay(now + there, end - back, Place.CHAIR)
        yield Stay(end - back, end, Place.ELSEWHERE)
    else:
        yield Stay(now, end, Place.ELSEWHERE)
