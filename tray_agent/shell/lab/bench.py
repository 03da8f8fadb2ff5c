"""Many workers at once, on all cores, with word of how far it is."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import Any

from tray_agent.core.model import Exercise
from tray_agent.shell import catalogue, intensities, setting_values
from tray_agent.shell.hours import work_ranges
from tray_agent.shell.lab import people
from tray_agent.shell.lab.figures import Figures
from tray_agent.shell.lab.life import Under, live

Values = Mapping[str, Any]
"""Checked values of settings by their keys."""

Task = tuple[str, Values, range, int]

_DAYS_AT_ONCE = 40
"""Worker-days that are simulated between two words of how far it is: a second or two."""


def run(
    policies: Mapping[str, Values], count: int, days: int, told: Callable[[float], object]
) -> dict[str, Figures]:
    """The figures of each policy, for the same `count` workers over so many days of work.

    `told(share)` hears how much is done, from 0 to 1.
    """
    told(0.0)
    total = {name: Figures() for name in policies}
    step = max(1, _DAYS_AT_ONCE // days)
    chunks = [range(first, min(first + step, count)) for first in range(0, count, step)]
    tasks: list[Task] = [(name, policies[name], chunk, days) for chunk in chunks for name in policies]
    with ProcessPoolExecutor(min(_cores(), len(tasks)), initializer=_end_at_once) as pool:
        try:
            for at, (name, figures) in enumerate(pool.map(_live_all, tasks), 1):
                total[name] += figures
                told(at / len(tasks))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return total


def _live_all(task: Task) -> tuple[str, Figures]:
    name, values, numbers, days = task
    settings = setting_values.typed(values)
    under = Under(intensities.load(settings), work_ranges(settings))
    everybody, exercises = _loaded()
    lived = (live(under, everybody, exercises, number, days) for number in numbers)
    return name, sum(lived, Figures())


@cache
def _loaded() -> tuple[people.People, tuple[Exercise, ...]]:
    return people.load(), catalogue.load().exercises


def _end_at_once() -> None:
    """Ctrl-C reaches every process of a terminal: the first one says so, the others just end."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    # More than that Windows cannot wait for.
    return min(os.cpu_count() or 1, 61)
