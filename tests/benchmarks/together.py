"""The agent and its peers on one desktop at once: what each holds and does, at rest and in a storm."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

from tests.benchmarks import tree
from tests.benchmarks.bench_desktop import BenchDesktop
from tests.benchmarks.pace import Pace
from tests.benchmarks.programs import Program
from tests.benchmarks.storm import storm

STORMS_HZ = (125, 1000)
STORM_KEYS_HZ = 10

Row = dict[str, Any]


def measure(
    programs: Sequence[Program],
    pace: Pace,
    tell: Callable[[str], object],
    *,
    only_at_rest: bool = False,
) -> dict[str, Row]:
    """One row a program, by its name; `tell` hears what is being done."""
    rows: dict[str, Row] = {program.name: _described(program) for program in programs}
    with BenchDesktop() as desk:
        if not only_at_rest:
            tell("how soon each icon is there")
            for name, seconds in tray_s(desk, programs, pace.starts).items():
                rows[name]["tray_s"] = seconds
        with ExitStack() as running:
            roots = {program.name: running.enter_context(desk.runs(program))[0] for program in programs}
            tell(f"at rest, after {pace.settle_s:g} s")
            time.sleep(pace.settle_s)
            for name, cost in tree.watch(roots, pace.sample_s).items():
                rows[name] |= figures(cost)
            for rate in () if only_at_rest else STORMS_HZ:
                tell(f"a storm of {rate} Hz")
                with storm(desk.display, rate, STORM_KEYS_HZ) as delivered:
                    time.sleep(pace.calm_s)
                    costs = tree.watch(roots, pace.sample_s)
                for name, cost in costs.items():
                    rows[name][f"storm_{rate}"] = figures(cost) | {
                        "delivered_hz": delivered["seen"] / delivered["seconds"]
                    }
    return rows


def tray_s(desk: BenchDesktop, programs: Sequence[Program], starts: int) -> dict[str, float]:
    """Seconds from exec to the icon: the median of so many starts, after one that only warms the caches."""
    seen: dict[str, list[float]] = {program.name: [] for program in programs}
    # In turn, so that whatever slows the machine down for a while slows all of them.
    for _ in range(starts + 1):
        for program in programs:
            with desk.runs(program) as (_root, seconds):
                seen[program.name].append(seconds)
                time.sleep(1.0)  # nobody quits at once, and some programs are not ready for it
    return {name: statistics.median(each[1:]) for name, each in seen.items()}


def figures(cost: tree.Cost) -> dict[str, float]:
    """As they are written down."""
    return {
        "pss_mib": cost.memory.pss_mib,
        "uss_mib": cost.memory.uss_mib,
        "processes": cost.memory.processes,
        "cpu_s_min": cost.cpu_s_min,
        "runs_s": cost.runs_s,
        "wakes_s": cost.wakes_s,
    }


def _described(program: Program) -> Row:
    return {
        "version": program.version(),
        "about": program.about,
        "own_mib": program.own_mib(),
        "whole_mib": program.whole_mib(),
    }
