"""Many workers at once, on all cores, with word of how far it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from typing import Any

from tray_agent.shell import catalogue, intensities, setting_values
from tray_agent.shell.hours import work_ranges
from tray_agent.shell.lab import workers
from tray_agent.shell.lab.figures import Figures
from tray_agent.shell.lab.life import Under, live

Values = Mapping[str, Any]
"""Checked values of settings by their keys."""

_CHUNK = 8


def run(
    policies: Mapping[str, Values], count: int, days: int, told: Callable[[float], object]
) -> dict[str, Figures]:
    """The figures of each policy, for the same `count` workers over so many days of work.

    `told(share)` hears how much is done, from 0 to 1.
    """
    names = list(policies)
    total = {name: Figures() for name in names}
    chunks = [range(first, min(first + _CHUNK, count)) for first in range(0, count, _CHUNK)]
    tasks = [(name, chunk) for chunk in chunks for name in names]
    with ProcessPoolExecutor(
        os.process_cpu_count() if hasattr(os, "process_cpu_count") else _cores()
    ) as pool:
        done = pool.map(
            _live_all, (policies[name] for name, _chunk in tasks), (c for _n, c in tasks), repeat(days)
        )
        for at, ((name, _chunk), figures) in enumerate(zip(tasks, done, strict=True), 1):
            total[name] += figures
            told(at / len(tasks))
    return total


def _live_all(values: Values, numbers: range, days: int) -> Figures:
    settings = setting_values.typed(values)
    under = Under(intensities.load(settings), work_ranges(settings))
    people, exercises = workers.load(), catalogue.load().exercises
    lived = (live(under, people, exercises, number, days) for number in numbers)
    return sum(lived, Figures())


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
