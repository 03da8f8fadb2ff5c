"""The agent without its peers: in each state it can be in, and by each way it has to notice and to show."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.benchmarks import installed, tree
from tests.benchmarks.bench_desktop import BenchDesktop
from tests.benchmarks.pace import Pace
from tests.benchmarks.storm import storm
from tests.benchmarks.together import STORM_KEYS_HZ, Row, figures, tray_s
from tests.support.waiting import wait_until
from tests.support.x_windows import close, titles

WORK_HZ, WORK_KEYS_HZ, WORK_S, LULL_S = 60.0, 5.0, 5.0, 3.0
"""Somebody at work: the pointer moves, keys are typed, and now and then nothing happens for a while."""
WAYS = (("sni", "auto"), ("xembed", "auto"), ("sni", "counter"), ("sni", "pynput"))

Tell = Callable[[str], object]


class Lone:
    """An agent on a desktop of its own, and its person."""

    def __init__(self, desk: BenchDesktop, root: int, pace: Pace) -> None:
        self.root = root
        self._desk = desk
        self._pace = pace

    def at_rest(self) -> Row:
        """Hands off, since a moment ago."""
        return self._watched()

    def at_work(self) -> Row:
        """Typing and pointing, which it notices."""
        with self._work():
            seen = self._watched()
        assert self._status()["posture"] == "seated"
        return seen

    def storm(self) -> Row:
        """A mouse of 1000 Hz, and keys."""
        with storm(self._desk.display, 1000, STORM_KEYS_HZ):
            return self._watched()

    def paused(self) -> Row:
        """Paused, and its person goes on working."""
        self._tell("pause", "1h")
        with self._quiet("paused"), self._work():
            seen = self._watched()
        self._tell("resume")
        return seen

    def locked(self) -> Row:
        """Behind a screen that has been locked for a while."""
        self._desk.logind.hints(self._desk.session, locked=True)
        with self._quiet("locked"):
            time.sleep(self._pace.absent_s)
            seen = self._watched()
        self._desk.logind.hints(self._desk.session, locked=False)
        return seen

    def idle(self) -> Row:
        """Nobody has been there for a while."""
        time.sleep(self._pace.idle_s)
        seen = self._watched()
        assert self._status()["posture"] == "away"
        return seen

    def in_a_break(self) -> dict[str, Row]:
        """With the window of a break open, and a second after it was closed."""
        before, known = self._processes(), titles(self._desk.display)
        asked = time.monotonic()
        self._tell("break", "stand_up")
        (title,) = wait_until(lambda: _others(titles(self._desk.display), known), "the window")
        opened = time.monotonic() - asked
        shown = self._watched() | {"open_s": opened}
        close(self._desk.display, title)
        closed = time.monotonic()
        wait_until(lambda: self._processes() == before, "the window's process to end")
        gone = time.monotonic() - closed
        time.sleep(max(0.0, 1.0 - gone))
        return {"break window open": shown, "a second after it": {**_memory(self.root), "gone_s": gone}}

    def _processes(self) -> list[int]:
        return tree.processes(self.root)

    def _watched(self) -> Row:
        time.sleep(self._pace.calm_s)
        return figures(tree.watch({"": self.root}, self._pace.sample_s)[""])

    @contextmanager
    def _work(self) -> Iterator[None]:
        with storm(self._desk.display, WORK_HZ, WORK_KEYS_HZ, busy_s=WORK_S, rest_s=LULL_S):
            yield

    @contextmanager
    def _quiet(self, reason: str) -> Iterator[None]:
        """The agent knows this reason to be quiet, at the end as at the beginning."""

        def known() -> bool:
            return reason in self._status()["quiet"]

        wait_until(known, f"{reason} to be known")
        yield
        assert known(), f"no longer {reason}"

    def _status(self) -> dict[str, Any]:
        status: dict[str, Any] = json.loads(self._tell("status", "--json"))
        return status

    def _tell(self, *words: str) -> str:
        done = subprocess.run(
            [installed.COMMAND, *words], env=self._desk.env, capture_output=True, text=True, check=True
        )
        return done.stdout


def _memory(root: int) -> Row:
    now = tree.memory(root)
    return {"pss_mib": now.pss_mib, "uss_mib": now.uss_mib, "processes": now.processes}


def _others(titles: list[str], known: list[str]) -> list[str]:
    return [title for title in titles if title not in known]


@contextmanager
def agent(pace: Pace, tray: str, source: str) -> Iterator[tuple[Lone, Row]]:
    """An agent that has settled in, and what its start was like."""
    program = installed.program(source)
    with BenchDesktop(tray) as desk:
        seconds = tray_s(desk, [program], pace.starts)[program.name]
        with desk.runs(program) as (root, _seconds):
            time.sleep(pace.settle_s)
            yield Lone(desk, root, pace), {"tray_s": seconds}


def states(pace: Pace, tell: Tell) -> dict[str, Row]:
    """What it costs in each of its states, by the state's name."""
    rows: dict[str, Row] = {}
    with agent(pace, *WAYS[0]) as (lone, _start):
        for name, measure in (
            ("at rest", lone.at_rest),
            ("at work", lone.at_work),
            ("storm of 1000 Hz", lone.storm),
            ("paused, at work", lone.paused),
            ("locked", lone.locked),
        ):
            tell(name)
            rows[name] = measure()
        tell("in a break")
        rows |= lone.in_a_break()
        tell(f"idle for {pace.idle_s:g} s")
        rows["idle"] = lone.idle()
    return rows


def ways(pace: Pace, tell: Tell) -> dict[str, Row]:
    """The same agent by each protocol of trays and each source of activity."""
    rows: dict[str, Row] = {}
    for tray, source in WAYS:
        name = f"{tray}, {source}"
        tell(name)
        with agent(pace, tray, source) as (lone, start):
            rows[name] = {**start, **lone.at_rest(), "storm_1000": lone.storm()}
    return rows
