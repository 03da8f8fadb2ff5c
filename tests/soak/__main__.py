"""Agent days faster than life on a virtual desktop, and what the agent holds as they pass.

`python -m tests.soak [--prompts 100] [--minutes 120] [--speed 120]`: prints a table while it goes on
and what was done at the end; exits with 1 and a sentence when something leaked, or when so many
prompts were not to be had in that time.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from tests.soak import holdings
from tests.soak.holdings import Holdings
from tests.soak.worker import Worker
from tests.support.desktop import ROOT, Desktop
from tests.support.live_agent import INTENSIVE, LiveAgent

FAILURE = ROOT / "build" / "failures" / "soak"
LOOKS = 20
COLUMNS = (
    "children",
    "strays",
    "threads",
    "descriptors",
    "bus matches",
    "X clients",
    "X resources",
    "timers",
    "objects",
    "memory (KiB)",
    "disk (KiB)",
)


def main(arguments: Sequence[str]) -> int:
    """Soak; the exit code."""
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--prompts", type=int, default=100, help="end after so many (default 100)")
    parser.add_argument("--minutes", type=float, default=120.0, help="real minutes at most (default 120)")
    parser.add_argument("--speed", type=float, default=120.0, help="agent seconds a second (default 120)")
    options = parser.parse_args(arguments)
    with Desktop() as desktop:
        agent = LiveAgent(desktop, settings=INTENSIVE)
        holdings.prepare(agent)
        agent.start(speed=options.speed)
        try:
            return soak(agent, options)
        except BaseException:
            desktop.keep_evidence(FAILURE)
            raise
        finally:
            agent.kill()


def soak(agent: LiveAgent, options: argparse.Namespace) -> int:
    """Live with the agent until there were prompts enough; print the curve and the verdict."""
    began = time.monotonic()
    every = max(1, options.prompts // LOOKS)
    looks: list[Holdings] = []
    late = False
    print("prompts   minutes  " + "  ".join(COLUMNS))
    with Worker(agent, options.speed, "intensive") as worker:
        for number in worker.lives():
            minutes = (time.monotonic() - began) / 60
            late = minutes > options.minutes
            if number % every == 0 or late:
                looks.append(holdings.look(agent, number))
                print(row(looks[-1], minutes), flush=True)
            if number >= options.prompts or late:
                break
    print(story(worker, minutes), *finals(looks), sep="\n")
    found = holdings.leaks(looks)
    if number < options.prompts:
        found.append(f"only {number} prompts in {minutes:.0f} minutes")
    if (kept := len(agent.rows("prompts"))) != number:
        found.append(f"the history knows {kept} prompts, the person {number}")
    if not worker.did["windows"]:
        found.append("no break window was ever opened")
    if (code := agent.end()) != 0:
        found.append(f"the agent ended with {code}")
    print("\n".join(found) or "nothing leaked")
    return 1 if found else 0


def row(look: Holdings, minutes: float) -> str:
    """One line of the table."""
    cells = [f"{look.figures[name]:>{len(name)}}" for name in COLUMNS]
    return f"{look.prompts:>7}   {minutes:7.1f}  " + "  ".join(cells)


def story(worker: Worker, minutes: float) -> str:
    """What the person did."""
    done = ", ".join(f"{what} {count}" for what, count in worker.did.items())
    return f"{len(worker.seen)} prompts on {worker.days} days in {minutes:.0f} minutes: {done}"


def finals(looks: list[Holdings]) -> list[str]:
    """The last look in full, and which objects became more."""
    last = ", ".join(f"{name} {figure}" for name, figure in looks[-1].figures.items())
    return [f"at the end: {last}", f"more objects: {', '.join(holdings.grown_kinds(looks)) or 'none'}"]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
