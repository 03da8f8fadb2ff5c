"""How much later a program hears of input because somebody else listens: echoed events, with and without.

    python -m tests.benchmarks.latency [--rounds N] [--seconds S] [--rate HZ]

Moves the pointer by XTEST over a window of its own and takes the time from each request until the
window hears of it.  Each round measures every neighbour in turn, in an order that rotates, so that a
machine that is busy now and then is busy for all of them.  `armed` is worse than the agent ever is:
its listener, armed again as soon as it has heard.  As root, `--first` lets the X server and the window
go before everything else on the machine, so that only what the server does for a listener is seen.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import select
import shutil
import socket
import statistics
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext

from tests.support.desktop import Desktop
from tests.support.live_agent import LiveAgent, senses
from tests.support.sound_servers import PipeWire
from tray_agent.platforms.linux.xcb import CORE, Connection, Extension
from tray_agent.platforms.linux.xcore import CREATE_WINDOW
from tray_agent.platforms.linux.xrecord import PynputListener
from tray_agent.shell.loop import SelectorLoop

XTEST = Extension(b"XTEST")
FAKE_INPUT, MAP_WINDOW, SYNC_BY_ASKING = 2, 8, 43
MOTION, POINTER_MOTION = 6, 1 << 6
BEHIND_THE_MANAGERS_BACK = 1 << 9
EVENT_MASK = 1 << 11
LEFT, TOP, SIDE = 300, 250, 300
SETTLES_IN_S = 2.0
LOST_AFTER_S = 1.0

Neighbour = Callable[[Desktop], AbstractContextManager[object]]


class Echo:
    """A window and the pointer above it, on two connections, as a program and a mouse are."""

    def __init__(self, display: str) -> None:
        self._mouse, self._program = Connection(display), Connection(display)
        self._mouse.require(XTEST)
        window, root = self._program.new_id(), self._program.root()
        place = struct.pack("=xIIhhHHHHI", window, root, LEFT, TOP, SIDE, SIDE, 0, 1, 0)
        wanted = struct.pack("=III", BEHIND_THE_MANAGERS_BACK | EVENT_MASK, 1, POINTER_MOTION)
        self._program.send(CORE, CREATE_WINDOW, place + wanted)
        self._program.send(CORE, MAP_WINDOW, struct.pack("=xI", window))
        self._program.ask(CORE, SYNC_BY_ASKING, b"\0")
        self._poll = select.poll()
        self._poll.register(self._program.fd, select.POLLIN)
        self._at = 0

    def once(self) -> float:
        """Move the pointer and wait until the window hears of it: seconds."""
        self._at = (self._at + 1) % (SIDE - 20)
        x = LEFT + 10 + self._at
        request = struct.pack("=BBxxII8xhh7xx", MOTION, 0, 0, 0, x, TOP + 20)
        began = time.perf_counter()
        self._mouse.send(XTEST, FAKE_INPUT, request)
        while not any(event[0] & 0x7F == MOTION for event in self._program.events()):
            if not self._poll.poll(1000 * LOST_AFTER_S):
                raise TimeoutError("the window heard nothing")
        return time.perf_counter() - began

    def storm(self, seconds: float, rate: float) -> list[float]:
        """The seconds each move took, of so many a second."""
        took: list[float] = []
        began = time.perf_counter()
        while (due := began + len(took) / rate) < began + seconds:
            time.sleep(max(0.0, due - time.perf_counter()))
            took.append(self.once())
        return took

    def go_first(self) -> None:
        """Have the X server and this process run before all others on the machine; raises `OSError`."""
        with socket.socket(fileno=os.dup(self._mouse.fd)) as wire:
            (server,) = struct.unpack_from("=i", wire.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        for process in (0, server):
            os.sched_setscheduler(process, os.SCHED_FIFO | os.SCHED_RESET_ON_FORK, os.sched_param(1))

    def close(self) -> None:
        """Take the window away."""
        self._mouse.close()
        self._program.close()


def always_armed() -> None:
    """Be the agent's listener and nothing else, armed again whenever it has heard."""
    loop = SelectorLoop()
    listener = PynputListener(loop, sys.exit)

    def arm() -> None:
        listener.arm(arm)

    arm()
    loop.run()


@contextmanager
def agent(desktop: Desktop) -> Iterator[None]:
    """The agent as it comes, both its senses working."""
    living = LiveAgent(desktop, name=f"agent-{time.monotonic_ns()}")
    living.start()
    process = living.process
    assert process is not None
    try:
        living.until(lambda seen: all(s["state"] == "ok" for s in senses(seen)), "both senses")
        yield
    finally:
        process.terminate()
        process.wait(20)


def program(*command: str) -> Neighbour:
    """Any other program that runs until it is ended."""

    @contextmanager
    def running(desktop: Desktop) -> Iterator[None]:
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, env=desktop.env, stdout=quiet, stderr=quiet) as process:
            try:
                yield
            finally:
                process.terminate()

    return running


def neighbours() -> dict[str, Neighbour]:
    """Who may be there, by name; peers where they are installed."""
    known: dict[str, Neighbour] = {
        "nobody": lambda _desktop: nullcontext(),
        "agent": agent,
        "armed": program(sys.executable, "-m", "tests.benchmarks.latency", "--be-armed"),
    }
    return known | {peer: program(peer) for peer in ("workrave",) if shutil.which(peer)}


def measure(rounds: int, seconds: float, rate: float, *, first: bool) -> dict[str, list[list[float]]]:
    """For each neighbour the seconds of every event, round by round."""
    found: dict[str, list[list[float]]] = {name: [] for name in neighbours()}
    order = list(neighbours().items())
    with Desktop() as desktop, PipeWire(desktop.env), closing(Echo(desktop.display)) as echo:
        gc.disable()
        if first:
            echo.go_first()
        for _ in range(rounds):
            for name, there in order:
                with there(desktop):
                    time.sleep(SETTLES_IN_S)
                    found[name].append(echo.storm(seconds, rate))
            order = [*order[1:], order[0]]
    return found


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def table(found: dict[str, list[list[float]]]) -> list[dict[str, float | str]]:
    """Microseconds: all events together, and what each round had on top of nobody's, the median of it."""
    rows: list[dict[str, float | str]] = []
    for name, rounds in found.items():
        row: dict[str, float | str] = {"neighbour": name, "events": sum(map(len, rounds))}
        for label, share in (("p50", 0.5), ("p99", 0.99)):
            row[label] = 1e6 * percentile([one for each in rounds for one in each], share)
            added = [
                percentile(its, share) - percentile(none, share)
                for its, none in zip(rounds, found["nobody"], strict=True)
            ]
            row[f"added {label}"] = 1e6 * statistics.median(added)
        rows.append(row)
    return rows


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rate", type=float, default=1000.0, help="events a second")
    parser.add_argument("--first", action="store_true", help="before all else on this machine; as root")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--be-armed", action="store_true", help=argparse.SUPPRESS)
    wished = parser.parse_args()
    if wished.be_armed:
        always_armed()
        return
    rows = table(measure(wished.rounds, wished.seconds, wished.rate, first=wished.first))
    if wished.json:
        print(json.dumps(rows, indent=1))
        return
    print("microseconds from request to window" + 15 * " " + "p50     p99   added p50   added p99")
    for row in rows:
        figures = [row[key] for key in ("p50", "p99", "added p50", "added p99")]
        print(f"{row['neighbour']:<12}{row['events']:>10} events" + "".join(f"{f:>12.0f}" for f in figures))


if __name__ == "__main__":
    main()
