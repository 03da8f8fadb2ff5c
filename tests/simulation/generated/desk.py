"""What the hands do at the desk: seconds with input, and what is on meanwhile.

Work is a run of activities, each with a length of its own; a call, a video or lunch at the desk
takes their place while it lasts.  Pauses between inputs are drawn, never the rule that judges them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tests.simulation.generated.body import AT_DESK, Appointment, Body, Kind, Place, Span, Stay
from tests.simulation.generated.person import MIN, Worker

LONGEST_THOUGHT_S = 25 * MIN


@dataclass(frozen=True, slots=True)
class Activity:
    """How long it goes on and how its inputs come: median and sigma of lognormal seconds.

    `busy` is the share of seconds with input where that says it better; neither means no input.
    """

    lasts: tuple[float, float]
    gaps: tuple[float, float] | None = None
    busy: float = 0.0


ACTIVITIES = {
    "type": Activity((42, 1.0), busy=0.72),
    "mouse": Activity((55, 1.0), busy=0.50),
    "read": Activity((85, 1.0), gaps=(6.5, 0.95)),
    "long_read": Activity((150, 0.9), gaps=(24, 1.0)),
    "think": Activity((40, 1.3)),
    # All input of these is injected by the tool the person works with.
    "dictate": Activity((260, 0.8), gaps=(45, 1.1)),
    "listen": Activity((300, 0.9), gaps=(130, 0.9)),
    "switch": Activity((180, 0.9), gaps=(30, 1.0)),
}
MEANWHILE = {
    Kind.CALL: Activity((0, 0), gaps=(16, 1.35)),
    Kind.VIDEO: Activity((0, 0), gaps=(170, 1.0)),
    Kind.LUNCH_AT_DESK: Activity((0, 0), gaps=(50, 1.1)),
}


@dataclass(slots=True)
class Desk:
    """The day's seconds with input, and the stretches of activities that a sensor may notice."""

    inputs: set[int]
    dictating: list[Span]
    listening: list[Span]


def work(worker: Worker, body: Body, chance: Random) -> Desk:
    """Everything the hands do, stay by stay."""
    desk = Desk(set(), [], [])
    busy = [a for a in body.appointments if a.kind in AT_DESK]
    for stay in body.stays:
        if stay.place is Place.ELSEWHERE:
            continue
        for start, end, what in _pieces(stay, busy):
            if what is None:
                _activities(worker, start, end, desk, chance)
            else:
                desk.inputs.update(_inputs(MEANWHILE[what], start, end, chance))
        _come_and_go(stay, desk.inputs, chance)
    return desk


def _pieces(stay: Stay, busy: Sequence[Appointment]) -> Iterator[tuple[int, int, Kind | None]]:
    now = stay.start
    for a in busy:
        start, end = max(a.start, now), min(a.end, stay.end)
        if start < end:
            if now < start:
                yield now, start, None
            yield start, end, a.kind
            now = end
    if now < stay.end:
        yield now, stay.end, None


def _activities(worker: Worker, start: int, end: int, desk: Desk, chance: Random) -> None:
    names, shares = list(worker.activities), list(worker.activities.values())
    while start < end:
        name = chance.choices(names, shares)[0]
        activity = ACTIVITIES[name]
        seconds = min(_lognormal(activity.lasts, chance), LONGEST_THOUGHT_S)
        until = min(end, start + max(1, round(seconds)))
        desk.inputs.update(_inputs(activity, start, until, chance))
        if name == "dictate":
            desk.dictating.append((start, until))
        elif name == "listen":
            desk.listening.append((start, until))
        start = until


def _inputs(activity: Activity, start: int, end: int, chance: Random) -> Iterator[int]:
    if activity.gaps is None:
        if activity.busy:
            yield from (t for t in range(start, end) if chance.random() < activity.busy)
        return
    t = start + _lognormal(activity.gaps, chance) * chance.random()
    while t < end:
        yield int(t)
        t += max(1.0, _lognormal(activity.gaps, chance))


def _come_and_go(stay: Stay, inputs: set[int], chance: Random) -> None:
    """Most people touch something when they sit down and finish something before they get up."""
    if chance.random() < 0.85:
        inputs.add(min(stay.end - 1, stay.start + round(chance.uniform(0, 9))))
    if chance.random() < 0.8:
        inputs.add(max(stay.start, stay.end - 1 - round(chance.uniform(0, 9))))


def _lognormal(median_and_sigma: tuple[float, float], chance: Random) -> float:
    median, sigma = median_and_sigma
    return chance.lognormvariate(math.log(median), sigma)
