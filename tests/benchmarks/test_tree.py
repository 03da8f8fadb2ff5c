"""What is measured of a process, on processes of which one knows what they do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.benchmarks import tree
from tests.support.waiting import wait_until

HELD_MIB = 40
HOLDS = f"held = bytearray(b'1') * {HELD_MIB * 2**20}"
SPEAKS = "import sys, time; print('up', flush=True)"
SLEEPS = "time.sleep(60)"
TICKS = "[time.sleep(0.02) for _ in range(3000)]"
BURNS = "[None for _ in iter(int, 1)]"
BEGETS = "import subprocess; subprocess.run([sys.executable, '-c', {!r}])"
BURNS_IN_THREADS = """import threading, time
def work():
    end = time.thread_time() + 0.05
    while time.thread_time() < end: pass
while True:
    thread = threading.Thread(target=work); thread.start(); thread.join()
"""
BURNS_IN_CHILDREN = (
    "import os\nwhile True:\n    if os.fork() == 0: sum(range(10**6)); os._exit(0)\n    os.wait()"
)


@contextmanager
def python(code: str, first: str = "") -> Iterator[int]:
    """A Python that does this, once it has done what is first."""
    with subprocess.Popen(
        [sys.executable, "-c", f"{first}\n{SPEAKS}\n{code}"], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield process.pid
        finally:
            for pid in reversed(tree.processes(process.pid)):
                subprocess.run(["kill", "-9", f"{pid}"], check=False, capture_output=True)


def test_memory_is_that_of_the_whole_tree() -> None:
    with python(SLEEPS) as small, python(SLEEPS, first=HOLDS) as big:
        more = tree.watch({"small": small, "big": big}, 0.5)
    grown = more["big"].memory.uss_mib - more["small"].memory.uss_mib
    assert HELD_MIB - 2 < grown < HELD_MIB + 2
    assert more["big"].memory.pss_mib > more["big"].memory.uss_mib


def test_children_belong_to_the_tree() -> None:
    with python(BEGETS.format(f"{SPEAKS}; {SLEEPS}")) as root:
        wait_until(lambda: tree.memory(root).processes == 2, "the child to be counted")


def test_who_ticks_runs_as_often_and_who_sleeps_never() -> None:
    with python(TICKS) as ticker, python(SLEEPS) as sleeper:
        costs = tree.watch({"ticker": ticker, "sleeper": sleeper}, 2.0)
    assert 10 < costs["ticker"].wakes_s <= costs["ticker"].runs_s < 100
    # It may have been on its way to sleep.
    assert costs["sleeper"].runs_s < costs["ticker"].runs_s / 5
    assert costs["sleeper"].cpu_s_min < costs["ticker"].cpu_s_min


@pytest.mark.parametrize("code", [BURNS, BURNS_IN_THREADS, BURNS_IN_CHILDREN])
def test_who_burns_is_seen_burning_even_in_what_has_ended(code: str) -> None:
    with python(code) as burner, python(TICKS) as ticker:
        costs = tree.watch({"burner": burner, "ticker": ticker}, 2.0)
    assert costs["burner"].cpu_s_min > 10 * costs["ticker"].cpu_s_min


def test_who_ends_while_watched_is_missed() -> None:
    with (
        python("time.sleep(0.3)") as mortal,
        pytest.raises(RuntimeError, match="one ended while watched"),
    ):
        tree.watch({"one": mortal}, 1.0)
