"""A short watch over what the agent costs, in parts of its neighbours' on the same desktop, never in seconds.

The neighbours are Workrave, and the least that a tray program in Python can be.  How far the agent is
from its targets, `python3 dev.py test --bench` tells; these limits notice when something gets worse.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.benchmarks import installed, tree, yardstick
from tests.benchmarks.bench_desktop import BenchDesktop
from tests.benchmarks.programs import Program
from tests.benchmarks.storm import storm
from tests.benchmarks.tree import Cost

SETTLE_S, SAMPLE_S = 5.0, 8.0
SLOW_HZ, FAST_HZ = 125, 1000

AGENT = Program("agent", (sys.executable, "-m", "tray_agent", "run"), (), files=installed.settings("auto"))
WORKRAVE = Program("Workrave", ("workrave",), ("workrave",))
YARDSTICK = Program("yardstick", (sys.executable, yardstick.__file__), ())


@dataclass(frozen=True)
class Seen:
    """What each program cost at rest, and in a storm of a slow and of a fast mouse with so many events."""

    rest: dict[str, Cost]
    slow: dict[str, Cost]
    fast: dict[str, Cost]
    started_cpu_s: dict[str, float]
    delivered_hz: float


@pytest.fixture(scope="module")
def seen() -> Iterator[Seen]:
    """All three on one desktop."""
    with BenchDesktop() as desk, ExitStack() as running:
        roots = {one.name: running.enter_context(desk.runs(one))[0] for one in (WORKRAVE, YARDSTICK, AGENT)}
        time.sleep(SETTLE_S)
        started = {name: tree.used_s(root) for name, root in roots.items()}
        rest = tree.watch(roots, SAMPLE_S)
        with storm(desk.display, SLOW_HZ, 10):
            slow = tree.watch(roots, SAMPLE_S)
        with storm(desk.display, FAST_HZ, 10) as delivered:
            fast = tree.watch(roots, SAMPLE_S)
        yield Seen(rest, slow, fast, started, delivered["seen"] / delivered["seconds"])


def test_the_storm_is_one(seen: Seen) -> None:
    assert seen.delivered_hz > FAST_HZ / 2
    assert seen.fast["Workrave"].wakes_s > 2 * seen.slow["Workrave"].wakes_s, "a listener pays for each event"


def test_memory_beside_workrave(seen: Seen) -> None:
    assert seen.rest["agent"].memory.pss_mib < 1.3 * seen.rest["Workrave"].memory.pss_mib


def test_memory_beside_the_least_a_python_can_hold(seen: Seen) -> None:
    # What is nobody else's: other agents that are just being tested share the rest, and more of the less.
    assert seen.rest["agent"].memory.uss_mib < 4.7 * seen.rest["yardstick"].memory.uss_mib


def test_it_is_one_process(seen: Seen) -> None:
    assert seen.rest["agent"].memory.processes == 1


def test_at_rest_it_hardly_ever_runs(seen: Seen) -> None:
    assert seen.rest["agent"].wakes_s < seen.rest["Workrave"].wakes_s / 10


def test_a_fast_mouse_costs_it_no_more_than_a_slow_one(seen: Seen) -> None:
    assert seen.fast["agent"].wakes_s - seen.slow["agent"].wakes_s < FAST_HZ / 500
    assert seen.fast["agent"].cpu_s_min < seen.fast["Workrave"].cpu_s_min / 20


def test_its_start_is_not_much_work(seen: Seen) -> None:
    assert seen.started_cpu_s["agent"] < 12 * seen.started_cpu_s["yardstick"]
