"""What the agent and its peers cost on this machine, side by side.

    python3 dev.py test --bench             everything; half an hour
    python3 dev.py test --bench --short     with short samples; some minutes, for a first impression
    python3 dev.py test --bench --write     and put the tables into docs/performance.md and README.md
    python3 dev.py test --bench states      one part alone: together, counter, states or ways
    python3 dev.py test --bench latency     or another: a_day, commands, latency, scaling, wakeups, windows

`--python PATH` is the Python the agent is installed for, by default the system's own, as the peers are;
`--no-install` measures what was installed the last time.  All figures are written to
`build/benchmarks/figures.json`.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks import alone, installed, machine, programs, report, together
from tests.benchmarks.pace import PROPER, SHORT, Pace

FIGURES = installed.PLACE / "figures.json"

Part = Callable[[Pace, alone.Tell], dict[str, together.Row]]


def side_by_side(pace: Pace, tell: alone.Tell) -> dict[str, together.Row]:
    """The agent as it is at first, and its peers."""
    return together.measure([installed.program(), *programs.peers()], pace, tell)


def with_counter(pace: Pace, tell: alone.Tell) -> dict[str, together.Row]:
    """The agent that listens to nobody, and its peers, at rest."""
    return together.measure([installed.program("counter"), *programs.peers()], pace, tell, only_at_rest=True)


PARTS: dict[str, Part] = {
    "together": side_by_side,
    "counter": with_counter,
    "states": alone.states,
    "ways": alone.ways,
}
OTHERS = ("a_day", "commands", "latency", "scaling", "wakeups", "windows")
"""The measures that are programs of their own."""
OF_THE_INSTALLED = ("a_day", "commands", "windows")
"""Those of them that measure what was installed last, and by themselves install nothing."""


def main(arguments: Sequence[str]) -> int:
    """Measure, print, keep; the exit code."""
    if arguments and arguments[0] in OTHERS:
        if arguments[0] in OF_THE_INSTALLED:
            _tell("installing the agent")
            installed.install(installed.system_python())
        return subprocess.call([sys.executable, "-m", f"{__package__}.{arguments[0]}", *arguments[1:]])
    options = _options(arguments)
    if not options.no_install:
        _tell("installing the agent")
        installed.install(options.python or installed.system_python())
    pace = SHORT if options.short else PROPER
    measured: dict[str, Any] = {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "machine": machine.machine(),
        "load": os.getloadavg()[0],
        "pace": dataclasses.asdict(pace),
    }
    for name in options.parts or PARTS:
        _tell(f"[{name}]")
        measured[name] = PARTS[name](pace, _tell)
        FIGURES.write_text(json.dumps(measured, indent=1) + "\n", "utf-8")
    for name, text in report.tables(measured).items():
        print(f"\n{name}\n\n{text}")
    if options.write:
        report.write(measured)
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="--bench", description=__doc__.partition("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; default all")
    parser.add_argument("--short", action="store_true", help="short samples")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    parser.add_argument("--python", type=Path, help="the Python that runs the agent")
    parser.add_argument("--no-install", action="store_true", help="measure what is installed already")
    options = parser.parse_args(arguments)
    if unknown := [part for part in options.parts if part not in PARTS]:
        parser.error(f"no such part: {', '.join(unknown)}")
    if options.write and options.parts:
        parser.error("the page is written when all is measured in one go")
    return options


def _tell(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
