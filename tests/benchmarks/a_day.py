"""What a day costs, and 100,000 machines, beside the peers: measured in minutes, told in days.

    python -m tests.benchmarks.a_day [--minutes M] [--write]

All programs run on one desktop at once while somebody works there for so many minutes, and then while
nobody is there; a day is so many hours of each.  Printed are the tables of the page's section on it,
into which `--write` puts them.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event, Thread

from tests.benchmarks import installed, programs, report, tree
from tests.benchmarks.bench_desktop import BenchDesktop
from tests.benchmarks.storm import storm
from tests.benchmarks.wakeups import BUSY_S, LULL_S, WORK_HZ, WORK_KEYS_HZ, Windows

AT_WORK_H, NOBODY_H = 6.0, 2.0
SWITCH_EVERY_S = 15.0
SETTLE_S = 20.0

CORE_W = 10.0
"""A processor core at work, with its share of the package around it."""
WAKE_J = 0.005
"""Five milliseconds, for which the deepest sleep of a processor must last to be worth it (`target_residency`
of C10 in Linux' table for Skylake), at one watt between that sleep and a light one.
"""
MACHINES, DAYS = 100_000, 220
MIB, KIB, KWH = 1024 * 1024, 1024, 3.6e6


@dataclass(frozen=True, slots=True)
class Spent:
    """In one hour: processor seconds, wake-ups, and bytes sent to the disk."""

    cpu_s: float
    wakes: float
    written: float

    def joules(self) -> float:
        """By the two figures above; as if the machine had slept before each."""
        return self.cpu_s * CORE_W + self.wakes * WAKE_J


def day(at_work: Spent, nobody: Spent) -> Spent:
    """A day of both."""
    parts = ((at_work, AT_WORK_H), (nobody, NOBODY_H))
    return Spent(
        sum(part.cpu_s * hours for part, hours in parts),
        sum(part.wakes * hours for part, hours in parts),
        sum(part.written * hours for part, hours in parts),
    )


def tables(hours: Mapping[str, Mapping[str, Spent]]) -> str:
    """A day, and all the machines; a row for each program."""
    lines = [
        "| one day | CPU s | wake-ups | energy, J | written, MiB | at work: CPU ms/min | wake-ups/s |",
        "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    fleet = [
        f"| {MACHINES:,} machines | core hours a day | wake-ups a second | kWh a year | written, GiB a day |",
        "| --- | --: | --: | --: | --: |",
    ]
    for name, states in hours.items():
        one, work = day(states["at work"], states["nobody"]), states["at work"]
        lines.append(
            f"| {name} | {one.cpu_s:.1f} | {one.wakes:,.0f} | {one.joules():,.0f} | {one.written / MIB:.1f} "
            f"| {work.cpu_s / 60 * 1000:.1f} | {work.wakes / 3600:.2f} |"
        )
        fleet.append(
            f"| {name} | {MACHINES * one.cpu_s / 3600:,.0f} "
            f"| {MACHINES * one.wakes / (AT_WORK_H + NOBODY_H) / 3600:,.0f} "
            f"| {MACHINES * DAYS * one.joules() / KWH:,.0f} | {MACHINES * one.written / MIB / KIB:,.0f} |"
        )
    return "\n".join([*lines, "", *fleet])


def written(root: int) -> int:
    """Bytes this tree has had written to a disk, as the kernel counts them."""
    total = 0
    for pid in tree.processes(root):
        total += int(Path(f"/proc/{pid}/io").read_text().partition("\nwrite_bytes: ")[2].split()[0])
    return total


def measure(seconds: float, say: Callable[[str], object]) -> dict[str, dict[str, Spent]]:
    """What each program spends in an hour of work, and in one without anybody."""
    all_of_them = [installed.program(), *programs.peers()]
    hours: dict[str, dict[str, Spent]] = {program.name: {} for program in all_of_them}
    with BenchDesktop() as desk, ExitStack() as running:
        roots = {program.name: running.enter_context(desk.runs(program))[0] for program in all_of_them}
        with closing(Windows(desk.env)) as windows:
            say(f"somebody at work, for {seconds:g} s")
            with storm(desk.display, WORK_HZ, WORK_KEYS_HZ, busy_s=BUSY_S, rest_s=LULL_S):
                time.sleep(SETTLE_S)
                over = Event()
                person = Thread(target=_switch, args=(windows, over))
                person.start()
                try:
                    _spend(roots, "at work", seconds, hours)
                finally:
                    over.set()
                    person.join()
            say("nobody, after five minutes of that")
            time.sleep(300)
            _spend(roots, "nobody", seconds, hours)
    return hours


def _switch(windows: Windows, over: Event) -> None:
    n = 0
    while not over.wait(SWITCH_EVERY_S):
        windows.switch(n)
        n += 1


def _spend(roots: Mapping[str, int], state: str, seconds: float, into: dict[str, dict[str, Spent]]) -> None:
    before = {name: written(root) for name, root in roots.items()}
    for name, cost in tree.watch(roots, seconds).items():
        bytes_s = (written(roots[name]) - before[name]) / seconds
        into[name][state] = Spent(60 * cost.cpu_s_min, 3600 * cost.wakes_s, 3600 * bytes_s)


def main() -> None:
    """Measure, keep the figures, and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10.0, help="in each of the two states")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    wished = parser.parse_args()
    hours = measure(60 * wished.minutes, lambda what: print(what, flush=True))
    kept = {name: {state: asdict(one) for state, one in states.items()} for name, states in hours.items()}
    (installed.PLACE / "a_day.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    print(tables(hours))
    if wished.write:
        page = report.PAGE.read_text("utf-8")
        report.PAGE.write_text(report.fill(page, {"a day": tables(hours)}), "utf-8")


if __name__ == "__main__":
    main()
