"""How long commands take, beside a bare Python, and what a year of history costs them and the start.

    python -m tests.benchmarks.commands [--short] [PROGRAM]

PROGRAM is a `tray-agent`, by default the one that was installed for the benchmarks.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.benchmarks import installed, lived_year, report, tree
from tests.benchmarks.bench_desktop import BenchDesktop
from tests.benchmarks.pace import PROPER, SHORT, Pace
from tests.benchmarks.programs import Program
from tests.benchmarks.together import Row
from tray_agent.shell.words import LOCALE

BARE = "a bare Python"
COLUMNS: list[report.Column] = [
    ("wall, ms", "wall_ms", ".0f"),
    ("CPU, ms", "cpu_ms", ".0f"),
    ("times a bare Python", "times", ".1f"),
]
STARTS: list[report.Column] = [
    ("icon after, ms", "tray_ms", ".0f"),
    ("CPU until at rest, ms", "cpu_ms", ".0f"),
    ("PSS, MiB", "pss_mib", ".1f"),
]
ROUNDS = 4
"""Runs of each command for each start that the pace wants; commands are short."""

REST_S = 3.0

Tell = Callable[[str], object]
Run = tuple[Sequence[str], Mapping[str, str]]
"""A command, and what it has in its environment beside the desktop's."""


def runs(program: Path) -> dict[str, Run]:
    """Every command that is measured."""
    languages = ["en", *sorted(path.name for path in LOCALE.iterdir() if path.is_dir())]
    spoken = {f"--help, {code}": ((f"{program}", "--help"), {"LANGUAGE": code}) for code in languages}
    words = ["status", "status --json", "why", "today --help", "history", "history --days 365"]
    words += ["history --days 365 --format json"]
    plain: dict[str, Run] = {each: ((f"{program}", *each.split()), {}) for each in words}
    return {BARE: ((f"{program.with_name('python')}", "-c", "pass"), {}), **spoken, **plain}


def measure(pace: Pace, tell: Tell, program: Path = installed.COMMAND) -> dict[str, Row]:
    """One row a command, asked of an agent with a year behind it: medians, after a round that warms up."""
    known = runs(program)
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in known}
    with BenchDesktop() as desk:
        lived_year.fill(history_of(desk), time.time())
        with desk.runs(agent(program)):
            time.sleep(REST_S)
            for number in range(ROUNDS * pace.starts + 1):
                tell(f"all commands, {number or 'to warm up'}")
                # In turn, so that whatever slows the machine down for a while slows all of them.
                for name, (command, environment) in known.items():
                    seen[name].append(once(command, {**desk.env, **environment}))
    bare = statistics.median(cpu for _wall, cpu in seen[BARE][1:])
    return {name: _row(times[1:], bare) for name, times in seen.items()}


def starts(pace: Pace, tell: Tell, program: Path = installed.COMMAND) -> dict[str, Row]:
    """What a start costs, without a past and with a year of it, in turn."""
    seen: dict[str, list[Row]] = {"nothing": [], "a year": []}
    with BenchDesktop() as desk:
        year = history_of(desk).with_name("year")
        lived_year.fill(year, time.time())
        for number in range(2 * pace.starts + 1):
            for name, rows in seen.items():
                tell(f"a start after {name}, {number or 'to warm up'}")
                _give(desk, year if name == "a year" else None)
                with desk.runs(agent(program)) as (root, seconds):
                    time.sleep(REST_S)
                    row = {"tray_ms": 1000 * seconds, "cpu_ms": 1000 * tree.used_s(root)}
                    rows.append(row | {"pss_mib": tree.memory(root).pss_mib})
    return {
        f"after {name}": {figure: statistics.median(row[figure] for row in rows[1:]) for figure in rows[0]}
        for name, rows in seen.items()
    }


def once(command: Sequence[str], env: Mapping[str, str]) -> tuple[float, float]:
    """Seconds by the clock on the wall and on the processor; a command that fails is an error."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return wall, used.ru_utime + used.ru_stime


def agent(program: Path) -> Program:
    """As people start it."""
    return Program("agent", (f"{program}", "run"), (), files=installed.settings("auto"))


def history_of(desk: BenchDesktop) -> Path:
    """Where the history lies; its folder is made."""
    folder = Path(desk.env["HOME"], ".local", "state", "tray-agent")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "history.sqlite3"


def _give(desk: BenchDesktop, year: Path | None) -> None:
    history = history_of(desk)
    for file in (history, history.with_name("state.json")):
        file.unlink(missing_ok=True)
    if year is not None:
        history.write_bytes(year.read_bytes())


def _row(times: Sequence[tuple[float, float]], bare: float) -> Row:
    wall, cpu = (statistics.median(each) for each in zip(*times, strict=True))
    return {"wall_ms": 1000 * wall, "cpu_ms": 1000 * cpu, "times": cpu / bare}


def main(arguments: Sequence[str]) -> int:
    """Print both tables."""
    pace = SHORT if "--short" in arguments else PROPER
    program = Path(next((word for word in arguments if word != "--short"), installed.COMMAND))
    print(report.table("command", measure(pace, _tell, program), COLUMNS), end="\n\n")
    print(report.table("start", starts(pace, _tell, program), STARTS))
    return 0


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
