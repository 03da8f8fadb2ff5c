"""A second set of labelled office days, our own: people drawn from published figures, with fixed seeds.

    from tests.simulation import generator
    for line in generator.day("clerk", worker=0, number=1): ...

Calibrated against published marginals by `tests/simulation/calibration.py` before any day of it was
scored, and frozen then, on 2026-11-22: `test_generator.py` holds the fingerprint and says why.  Nothing
here knows the estimator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from tests.simulation.generated import body, desk, person, signals, writer

WORKERS, DAYS_EACH = 6, 2
"""The full set has this many workers of each profile, with this many days each."""


def day(profile: str, worker: int, number: int) -> Iterator[writer.Line]:
    """The lines of one day: header, events and truth.  The same arguments give the same day."""
    who = person.Worker.drawn(person.PROFILES[profile], Random(f"worker {profile} {worker}"))
    chance = Random(f"day {profile} {worker} {number}")
    spent = body.spend_day(who, chance)
    done = desk.work(who, spent, chance)
    on = signals.contexts(who, spent, done, chance)
    session = signals.session(who, spent, done, on, chance)
    inputs = done.inputs | set(signals.bumps(spent, chance))
    header = {
        "profile": profile,
        "worker": worker,
        "day": number,
        "sit_stand_desk": who.sit_stand,
        "laptop": who.laptop,
        "locks": round(who.locks, 2),
        "autolock_s": who.profile.autolock_s,
    }
    return writer.lines(header, spent, inputs, on, session)


def write(folder: Path, profiles: Iterable[str], workers: int, days_each: int) -> None:
    """Write so many days of each profile into a folder, a file each."""
    for profile in profiles:
        for worker in range(workers):
            for number in range(days_each):
                path = folder / f"{profile}_{worker}_{number}.jsonl.gz"
                writer.write(path, day(profile, worker, number))
