"""Is the second set like the offices that were measured?  `python -m tests.simulation.calibration`.

Each row is one published figure, what the generated days have instead, and how far apart they may
be.  It was run before any generated day was scored.  Sources: Ryan 2011, Evans 2012 and a study of
193 employees for sitting, by thigh sensors; Balabit's mouse dynamics for pauses between inputs, of
ten administrators; D2U for locks, of two people at home; the rest are the shares that the model of
the first set states, since nobody has published them with a sensor's truth.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import fmean
from typing import Any

from tests.simulation import generator
from tests.simulation.generated.person import OFFICE

Span = tuple[float, float]
HOUR = 3600.0
CLASSES_S = ((60, 120), (120, 180), (180, 300), (300, 600), (600, 1800), (1800, 1e9))


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what is published, what was found, and the least and most that is near enough."""

    name: str
    published: str
    found: float
    least: float
    most: float

    @property
    def near(self) -> bool:
        """Whether it was found where it should be."""
        return self.least <= self.found <= self.most


@dataclass(slots=True)
class Lived:
    """What the lines of one day say, in spans."""

    profile: str
    locks_share: float
    end: float = 0.0
    sitting: list[Span] = field(default_factory=list)
    off: list[Span] = field(default_factory=list)
    inputs: list[float] = field(default_factory=list)
    locks: list[float] = field(default_factory=list)
    locked: list[Span] = field(default_factory=list)

    @property
    def gaps(self) -> list[Span]:
        """Between one second with input and the next."""
        return [(a, b) for a, b in pairwise(self.inputs) if b - a > 1]


def lived(lines: Iterable[Mapping[str, Any]]) -> Lived:
    """Read one generated or kept day."""
    header, *entries = lines
    day = Lived(str(header["profile"]), float(header["locks"]))
    since: tuple[float, bool] | None = None
    for entry in entries:
        t = entry["t"]
        if "truth" in entry:
            sits = entry["truth"] == "seated"
            if since and since[1] != sits:
                (day.sitting if since[1] else day.off).append((since[0], t))
            since = (t, sits) if since is None or since[1] != sits else since
        elif entry["e"] == "input":
            day.inputs.append(t)
        elif entry["e"] == "lock":
            day.locks.append(t)
        elif entry["e"] == "unlock":
            day.locked.append((day.locks[-1], t))
        day.end = t
    return day


def rows(days: Sequence[Lived]) -> Iterator[Row]:
    """Every comparison."""
    yield from _sitting(days)
    yield from _pauses(days)
    yield from _inputs_a_day(days)
    yield from _who_makes_a_gap(days)
    yield from _locks(days)


def _sitting(days: Sequence[Lived]) -> Iterator[Row]:
    bouts = [(b - a) / 60 for day in days for a, b in day.sitting]
    for limit, events, time in ((20, 0.20, 0.70), (30, 0.13, 0.58), (55, 0.05, 0.28)):
        longer = [length for length in bouts if length > limit]
        share, of_time = len(longer) / len(bouts), sum(longer) / sum(bouts)
        yield Row(f"bouts over {limit} min, of all", f"{events:.0%}", share, events - 0.04, events + 0.04)
        yield Row(f"bouts over {limit} min, of time", f"{time:.0%}", of_time, time - 0.08, time + 0.08)
    sitting_h = sum(bouts) / 60 / len(days)
    yield Row("sitting, hours a day", "5.3 to 6.7", sitting_h, 5.0, 7.0)
    yield Row("sitting, of the day", "66 to 77%", sum(bouts) * 60 / sum(day.end for day in days), 0.66, 0.80)
    yield Row("bouts a day", "27 +- 7", len(bouts) / len(days), 20, 34)


def _pauses(days: Sequence[Lived]) -> Iterator[Row]:
    gaps = sorted(b - a for day in days for a, b in day.gaps if b - a > 5)
    survival = {10: 0.53, 20: 0.27, 30: 0.19, 60: 0.10, 120: 0.055, 180: 0.036, 300: 0.023, 600: 0.010}
    for limit, published in survival.items():
        found = 1 - bisect_left(gaps, limit) / len(gaps)
        # The longest pauses are mostly absences, of which the published sessions may hold any number.
        factor = 1.5 if limit <= 300 else 2.0
        yield Row(f"pauses over {limit} s", f"{published:.1%}", found, published / factor, published * factor)
    hours = sum(day.end for day in days) / HOUR
    for limit, published in {30: 9.2, 60: 5.1, 120: 2.7, 180: 1.8, 300: 1.15, 600: 0.49}.items():
        found = sum(gap > limit for gap in gaps) / hours
        yield Row(
            f"pauses over {limit} s, an hour", f"{published:g}", found, published / 1.6, published * 1.6
        )


def _inputs_a_day(days: Sequence[Lived]) -> Iterator[Row]:
    by_profile: defaultdict[str, list[int]] = defaultdict(list)
    for day in days:
        by_profile[day.profile].append(len(day.inputs))
    for profile, counts in by_profile.items():
        yield Row(f"seconds with input a day, {profile}", "4400 to 10000", fmean(counts), 4000, 11000)


def _who_makes_a_gap(days: Sequence[Lived]) -> Iterator[Row]:
    for (low, high), published in zip(CLASSES_S, (0.11, 0.36, 0.50, 0.67, 0.78, 0.96), strict=True):
        up = [
            any(min(b, d) - max(a, c) >= 60 for c, d in day.off)
            for day in days
            for a, b in day.gaps
            if low <= b - a < high
        ]
        longest = f"to {high / 60:g} min" if high < 1e9 else "min and more"
        name = f"pauses of {low / 60:g} {longest} off the chair"
        yield Row(name, f"{published:.0%}", fmean(up), max(0.0, published - 0.15), min(1.0, published + 0.15))


def _locks(days: Sequence[Lived]) -> Iterator[Row]:
    for (low, high), published in zip(
        pairwise((0, 60, 180, 480, 1e9)), (0.02, 0.22, 0.55, 0.85), strict=True
    ):
        left = [
            (day, start)
            for day in days
            for start, end in day.off
            if low <= end - start < high and sum(start < t < end for t in day.inputs) < 3
        ]
        locked = sum(any(abs(t - start) <= 12 for t in day.locks) for day, start in left)
        # The published shares are those of somebody who locks whenever anybody would.
        share = locked / sum(day.locks_share for day, _ in left)
        name = f"locked by hand, away {low / 60:g} min and more"
        yield Row(name, f"{published:.0%}", share, max(0.0, published - 0.1), published + 0.1)
    home = [day for day in days if day.profile == "home"]
    locked_s = sum(b - a for day in home for a, b in day.locked)
    episodes = sum(b - a > 120 for day in home for a, b in day.locked)
    an_hour = episodes / ((sum(day.end for day in home) - locked_s) / HOUR)
    yield Row("locks over 2 min an unlocked hour, home", "0.07 and 0.27", an_hour, 0.03, 0.40)


def office_days() -> list[Lived]:
    """The whole second set without the profile of long silences, which nobody has measured."""
    return [
        lived(generator.day(profile, worker, number))
        for profile in OFFICE
        for worker in range(generator.WORKERS)
        for number in range(generator.DAYS_EACH)
    ]


def table(found: Iterable[Row]) -> Iterator[str]:
    """The comparison for people."""
    yield f"{'figure':46} {'published':>14} {'found':>8} {'may be':>17}"
    for row in found:
        show = _percent if "%" in row.published else _number
        may_be = f"{show(row.least)} to {show(row.most)}"
        mark = "" if row.near else "  FAR"
        yield f"{row.name:46} {row.published:>14} {show(row.found):>8} {may_be:>17}{mark}"


def _percent(share: float) -> str:
    return f"{share:.1%}"


def _number(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


if __name__ == "__main__":
    print("\n".join(table(rows(office_days()))))
