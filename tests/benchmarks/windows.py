"""How soon each window of the agent shows its first frame, what it holds, and what is left when it is gone.

    python -m tests.benchmarks.windows [--short] [PYTHON]

PYTHON is one that has the agent and Qt, by default that of the installed agent.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, cast

from tests.benchmarks import installed, report, tree
from tests.benchmarks.bench_desktop import BenchDesktop
from tests.benchmarks.pace import PROPER, SHORT, Pace
from tests.benchmarks.programs import Program
from tests.benchmarks.together import Row
from tests.support import window_briefs
from tests.support.waiting import wait_until
from tests.support.x_windows import close, titles
from tray_agent.core.model import Kind, Routine, Side, Step
from tray_agent.shell import break_brief, catalogue

PYTHON = installed.VENV / "bin" / "python"
COLUMNS: list[report.Column] = [
    ("first frame, ms", "frame_ms", ".0f"),
    ("its CPU, ms", "cpu_ms", ".0f"),
    ("PSS, MiB", "pss_mib", ".1f"),
    ("gone after, ms", "gone_ms", ".0f"),
]
LEFT: list[report.Column] = [
    ("on screen, ms", "shown_ms", ".0f"),
    ("all gone after, ms", "gone_ms", ".0f"),
    ("agent before, MiB", "before_mib", ".1f"),
    ("a second after, MiB", "after_mib", ".1f"),
    ("after the second time", "again_mib", ".1f"),
]
VERBS = {"break": ("break", "stand_up"), "today": ("today",), "settings": ("settings",)}
"""The windows that are opened by a command."""

Tell = Callable[[str], object]


def briefs() -> dict[str, dict[str, Any]]:
    """For each window; that of a break plays an exercise that is drawn, both sides."""
    steps = tuple(Step("split_stance", side, 30.0) for side in (Side.LEFT, Side.RIGHT))
    played = break_brief.routine(Routine(1, Kind.HIP_FLEXOR, steps), catalogue.load())
    return window_briefs.BRIEFS | {"break": {"v": 1, **played}}


def measure(pace: Pace, tell: Tell, python: Path = PYTHON) -> dict[str, Row]:
    """One row a window, each as its own process: medians of so many openings, after one that warms up."""
    seen: dict[str, list[Row]] = {}
    with BenchDesktop() as desk:
        for number in range(pace.starts + 1):
            tell(f"all windows, {number or 'to warm up'}")
            for name, brief in briefs().items():
                row = opened([f"{python}", "-m", "tray_agent.ui", name], brief, desk.env)
                if number:
                    seen.setdefault(name, []).append(row)
    return {name: _medians(rows) for name, rows in seen.items()}


def opened(command: Sequence[str], brief: dict[str, Any], env: dict[str, str]) -> Row:
    """One window's life, from exec to its end."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env)
    told, heard = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    with process, told, heard:
        told.write(json.dumps(brief).encode() + b"\n")
        told.flush()
        if json.loads(heard.readline() or "{}") != {"event": "ready"}:
            raise RuntimeError(f"{command[-1]} did not paint")
        painted = time.monotonic()
        row = {"frame_ms": 1000 * (painted - began), "cpu_ms": 1000 * tree.used_s(process.pid)}
        row["pss_mib"] = tree.memory(process.pid).pss_mib
        asked = time.monotonic()
        told.write(b'{"do": "close"}\n')
        told.flush()
        process.wait(10)
        return row | {"gone_ms": 1000 * (time.monotonic() - asked)}


def left(pace: Pace, tell: Tell, program: Program | None = None) -> dict[str, Row]:
    """A row for each window that the agent opens at a command: how its own memory stands afterwards."""
    program = program or installed.program()
    rows: dict[str, Row] = {}
    for name, words in VERBS.items():
        tell(f"an agent that opens {name}")
        with BenchDesktop() as desk, desk.runs(program) as (root, _seconds):
            time.sleep(pace.calm_s)
            first, again = (_shown_once(desk, root, [program.command[0], *words]) for _time in range(2))
            rows[name] = first | {"shown_ms": again["shown_ms"], "again_mib": again["after_mib"]}
    return rows


def _shown_once(desk: BenchDesktop, root: int, command: list[str]) -> Row:
    before, known, alone = tree.memory(root), titles(desk.display), tree.processes(root)
    asked = time.monotonic()
    subprocess.run(command, env=desk.env, check=True, stdout=subprocess.DEVNULL)
    (title,) = wait_until(lambda: [one for one in titles(desk.display) if one not in known], "the window")
    shown = time.monotonic()
    wait_until(lambda: tree.memory(root).pss_mib > 2 * before.pss_mib, "it to be alive")
    close(desk.display, title)
    closed = time.monotonic()
    wait_until(lambda: tree.processes(root) == alone, "its process to end")
    gone = time.monotonic()
    time.sleep(max(0.0, 1.0 - (gone - closed)))
    return {
        "shown_ms": 1000 * (shown - asked),
        "gone_ms": 1000 * (gone - closed),
        "before_mib": before.pss_mib,
        "after_mib": tree.memory(root).pss_mib,
    }


def _medians(rows: list[Row]) -> Row:
    return {name: statistics.median(row[name] for row in rows) for name in rows[0]}


def main(arguments: Sequence[str]) -> int:
    """Print both tables."""
    pace = SHORT if "--short" in arguments else PROPER
    python = Path(next((word for word in arguments if word != "--short"), PYTHON))
    command = (f"{python.with_name('tray-agent')}", "run")
    program = Program("agent", command, (), files=installed.settings("auto"))
    print(report.table("window", measure(pace, _tell, python), COLUMNS), end="\n\n")
    print(report.table("opened by the agent", left(pace, _tell, program), LEFT))
    return 0


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
