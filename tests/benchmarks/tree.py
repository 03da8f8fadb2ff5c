"""What a program and all processes below it cost while somebody waits: memory, processor time, runs.

Memory is what /proc/PID/smaps_rollup says: PSS shares each page among the processes that map it, USS
counts only those that nobody else maps.  Both depend on who else runs, so figures are for comparing
within one run.
"""

from __future__ import annotations

import os
import re
import statistics
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
LOOKS = 3
GONE = (FileNotFoundError, ProcessLookupError)
"""What reading about a process raises that has ended meanwhile."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Proportional and unique set size in MiB, and of how many processes."""

    pss_mib: float
    uss_mib: float
    processes: int


@dataclass(frozen=True, slots=True)
class Cost:
    """Over some seconds: median memory, processor seconds a minute, and how often a second it ran.

    A run is each time a thread was put on a processor, of its own will or after it was pushed aside;
    `wakes_s` are the former alone.  Runs of threads and processes that ended meanwhile are not
    known; the processor seconds of processes are.
    """

    memory: Memory
    cpu_s_min: float
    runs_s: float
    wakes_s: float


@dataclass(frozen=True, slots=True)
class _Thread:
    run_s: float = 0.0
    wakes: int = 0
    pushed: int = 0


@dataclass(frozen=True, slots=True)
class _Process:
    used_s: float
    """By all of its threads, in whole ticks of the kernel."""
    reaped_s: float
    """By its children that have ended."""
    threads: dict[int, _Thread]


def processes(root: int) -> list[int]:
    """This process and all below it; empty once it has ended."""
    found, left = [], [root]
    while left:
        pid = left.pop()
        with suppress(*GONE):
            for task in Path(f"/proc/{pid}/task").iterdir():
                with suppress(*GONE):  # a thread that has just ended
                    left += map(int, (task / "children").read_text().split())
            found.append(pid)
    return found


def memory(root: int) -> Memory:
    """Of the whole tree, now."""
    pss = uss = count = 0
    for pid in processes(root):
        with suppress(*GONE):
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            sizes = {name: int(kib) for name, kib in re.findall(r"^(\w+): +(\d+) kB", rollup, re.MULTILINE)}
            pss += sizes["Pss"]
            uss += sizes["Private_Clean"] + sizes["Private_Dirty"]
            count += 1
    return Memory(pss / 1024, uss / 1024, count)


def used_s(root: int) -> float:
    """Processor seconds the whole tree has used since it began."""
    return _cost({}, _look(root), [memory(root)], 60.0).cpu_s_min


def watch(roots: Mapping[str, int], seconds: float) -> dict[str, Cost]:
    """What each of these trees costs from now on for so long; a root that ends raises `RuntimeError`."""
    began, before = time.monotonic(), {name: _look(root) for name, root in roots.items()}
    memories: dict[str, list[Memory]] = {name: [] for name in roots}
    for number in range(LOOKS):
        _sleep_until(began + seconds * (number + 0.5) / LOOKS)
        for name, root in roots.items():
            memories[name].append(memory(root))
    _sleep_until(began + seconds)
    after = {name: _look(root) for name, root in roots.items()}
    took = time.monotonic() - began
    if ended := [name for name, seen in after.items() if not seen]:
        raise RuntimeError(f"{', '.join(ended)} ended while watched")
    return {name: _cost(before[name], after[name], memories[name], took) for name in roots}


def _cost(
    before: dict[int, _Process], after: dict[int, _Process], memories: list[Memory], took: float
) -> Cost:
    new = _Process(0.0, 0.0, {})
    spent = [_spent(before.get(pid, new), process) for pid, process in after.items()]
    cpu, wakes, pushed = (sum(part) for part in zip(*spent, strict=True))
    middle = Memory(
        statistics.median(one.pss_mib for one in memories),
        statistics.median(one.uss_mib for one in memories),
        round(statistics.median(one.processes for one in memories)),
    )
    return Cost(middle, cpu * 60 / took, (wakes + pushed) / took, wakes / took)


def _spent(before: _Process, after: _Process) -> tuple[float, int, int]:
    """Processor seconds, wakes, and times pushed aside."""
    run, wakes, pushed = 0.0, 0, 0
    for tid, thread in after.threads.items():
        earlier = before.threads.get(tid, _Thread())
        run += thread.run_s - earlier.run_s
        wakes += thread.wakes - earlier.wakes
        pushed += thread.pushed - earlier.pushed
    ticks = after.used_s - before.used_s
    # Threads tell nanoseconds, but only as long as they live; ticks know of those that ended as well.
    if ticks > run + 2 * TICK_S:
        run = ticks
    return run + after.reaped_s - before.reaped_s, wakes, pushed


def _look(root: int) -> dict[int, _Process]:
    seen = {}
    for pid in processes(root):
        with suppress(*GONE):
            # The name, in parentheses, may hold spaces.
            state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            used, system, reaped, reaped_system = (int(field) * TICK_S for field in fields[10:14])
            if state != "Z":  # it has ended, and nobody has asked how
                seen[pid] = _Process(used + system, reaped + reaped_system, _threads(pid))
    return seen


def _threads(pid: int) -> dict[int, _Thread]:
    seen = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(*GONE):
            run_ns = int((task / "schedstat").read_text().split()[0])
            switches = re.findall(r"ctxt_switches:\s+(\d+)", (task / "status").read_text())
            seen[int(task.name)] = _Thread(run_ns / 1e9, *map(int, switches))
    return seen


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))
