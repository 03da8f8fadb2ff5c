"""What wakes the agent: in each of its states by cause, and for each thing that happens around it.

    python -m tests.benchmarks.wakeups [--seconds S] [--idle S]

A run is each time a thread of it was put on a processor, a wake one after it had waited, and not after it
was pushed aside, as it is on a busy machine.  The causes come from `strace`, which must be
installed: calls that waited, by what ended the wait.  Traced and counted are not the same seconds, since
tracing slows.
"""

from __future__ import annotations

import argparse
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Thread

from tests.benchmarks import tree
from tests.benchmarks.storm import storm
from tests.support.desktop import Desktop
from tests.support.live_agent import LiveAgent
from tests.support.logind_mock import Logind
from tests.support.sound_servers import PipeWire
from tests.support.waiting import wait_until

WAITING = "epoll_wait,pselect6,poll,select,futex,fsync,fdatasync"
READING = "recvfrom,recvmsg,read"
WAITED_S = 30e-6
"""A call that took no longer had nothing to wait for."""
DOORS = {
    "X11-unix": "X",
    "system_bus": "system bus",
    "bus": "session bus",
    "pulse": "sound",
    "pipewire": "video",
}
WORK_HZ, WORK_KEYS_HZ, BUSY_S, LULL_S = 60.0, 5.0, 5.0, 3.0
TIMES, EVERY_S, SETTLE_S = 8, 1.5, 5.0
WINDOWS = 6


def causes(trace: str, doors: dict[str, str]) -> Counter[str]:
    """How often waiting ended for which cause, in a trace by `strace -f -T -yy`."""
    begun: dict[str, str] = {}
    calls: list[tuple[str, str]] = []
    behind: dict[str, str] = {}
    for line in trace.splitlines():
        thread, _, call = line.partition(" ")
        for fd, door in re.findall(r"(\d+)<UNIX-STREAM:\[\d+->(\d+)\]>", call):
            behind[fd] = doors.get(door, "its own posts")
        for fd in re.findall(r"(\d+)<anon_inode:inotify>", call):
            behind[fd] = "files"
        if call.endswith("<unfinished ...>"):
            begun[thread] = call.removesuffix("<unfinished ...>")
            continue
        if resumed := re.match(r"<\.\.\. \w+ resumed>(.*)", call.strip()):
            call = begun.pop(thread, "") + resumed[1]
        if (took := re.search(r"<([\d.]+)>$", call)) and float(took[1]) > WAITED_S:
            calls.append((call.strip().partition("(")[0], call))
    return Counter(_cause(name, call, behind) for name, call in calls if name in WAITING.split(","))


def _cause(name: str, call: str, behind: dict[str, str]) -> str:
    if name == "futex":
        return "its other thread"
    if name.endswith("sync"):
        return "the disk"
    if re.search(r"\) += 0 ", call):
        return "a timer"
    found = re.search(r"u32=(\d+)|\[(?:\{fd=)?(\d+)", call)
    source = behind.get(found[1] or found[2], "others") if found else "others"
    return source if name == "epoll_wait" else f"an answer of {source}"


def doors() -> dict[str, str]:
    """Whose each Unix socket is that has a name, by its number."""
    known: dict[str, str] = {}
    for line in Path("/proc/net/unix").read_text().splitlines()[1:]:
        number, name = [*line.split(maxsplit=7), ""][6:8]
        if owners := [owner for part, owner in DOORS.items() if part in name]:
            known[number] = owners[0]
    return known


@contextmanager
def traced(pid: int, found: Counter[str], file: Path) -> Iterator[None]:
    """Within this, count what ends the waiting of this process."""
    asked = ["strace", "-f", "-T", "-yy", "-s", "0", "-e", f"trace={WAITING},{READING}", "-o", f"{file}"]
    with subprocess.Popen([*asked, "-p", f"{pid}"], stderr=subprocess.DEVNULL) as tracer:
        try:
            yield
        finally:
            tracer.send_signal(signal.SIGINT)
    found.update(causes(file.read_text(), doors()))


def tell(env: Mapping[str, str], *command: str) -> str:
    """What a program of the desktop answers."""
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False).stdout


class Windows:
    """Terminals of a person at work."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        geometries = [f"60x10+{90 * n}+{50 * n}" for n in range(WINDOWS)]
        self._terminals = [
            subprocess.Popen(["xterm", "-geometry", place], env=env, stderr=subprocess.DEVNULL)
            for place in geometries
        ]
        self.ids = wait_until(self._shown, "the windows")

    def switch(self, n: int) -> None:
        """Another one comes to the front."""
        tell(self._env, "xdotool", "windowactivate", self.ids[n % WINDOWS])

    def move(self, n: int) -> None:
        """The one in front goes to another place."""
        tell(self._env, "xdotool", "getactivewindow", "windowmove", f"{60 + 5 * n}", "80")

    def close(self) -> None:
        """Close them all."""
        for terminal in self._terminals:
            terminal.terminate()
            terminal.wait(10)

    def _shown(self) -> list[str]:
        found = tell(self._env, "xdotool", "search", "--onlyvisible", "--class", "xterm").split()
        return found if len(found) >= WINDOWS else []


class Life:
    """An agent, its desktop, and what can happen there."""

    def __init__(self, desktop: Desktop, agent: LiveAgent, logind: Logind) -> None:
        self._desktop, self._agent, self._logind = desktop, agent, logind
        self._session = logind.opens("c1")

    def watch(self, what: str, seconds: float) -> None:
        """Print what it costs for so long, and why."""
        time.sleep(SETTLE_S)
        cost = tree.watch({what: self._agent.pid}, seconds / 2)[what]
        found: Counter[str] = Counter()
        with traced(self._agent.pid, found, self._desktop.folder / "trace"):
            time.sleep(seconds / 2)
        listed = ", ".join(f"{n * 120 / seconds:.1f} {cause}" for cause, n in found.most_common())
        figures = f"{cost.runs_s:8.3f}{cost.wakes_s:9.3f}{cost.cpu_s_min:11.4f}"
        print(f"{what:<24}{figures}   {listed}", flush=True)

    def states(self, seconds: float, idle_s: float) -> None:
        """All states, the longest last."""
        with self._hands():
            self.watch("at work", seconds)
            self._agent.ask("pause", length_s=3600)
            self.watch("paused, at work", seconds)
        self.watch("paused, hands off", seconds)
        self._agent.ask("resume")
        self._logind.hints(self._session, locked=True)
        self._agent.until(lambda status: "locked" in status["quiet"], "the lock")
        self.watch("locked", seconds)
        self._logind.hints(self._session, locked=False)
        time.sleep(idle_s)
        self.watch(f"nobody for {idle_s:g} s", seconds)

    def happenings(self) -> None:
        """What each thing costs that others do."""
        env = self._desktop.env
        with closing(Windows(env)) as windows:
            for what, act in {
                "another window in front": windows.switch,
                "a window moved": windows.move,
                "a title": lambda n: tell(env, "xdotool", "set_window", "--name", f"{n}", windows.ids[0]),
                "the root window's name": lambda n: tell(env, "xsetroot", "-name", f"{n}"),
                "a program on the bus": lambda _n: tell(env, "dbus-send", "--session", "/", "a.b.c"),
                "a note of another's": lambda n: tell(env, "notify-send", "-t", "300", f"{n}"),
                "a sound": lambda _n: tell(env, "timeout", "0.5", "pacat", "/dev/zero"),
                "the volume": lambda n: tell(env, "pactl", "set-sink-volume", "0", f"{50 + n}%"),
            }.items():
                self._happens(what, act)

    def _happens(self, what: str, act: Callable[[int], object]) -> None:
        def repeat() -> None:
            for n in range(TIMES):
                act(n)
                time.sleep(EVERY_S)

        seconds = TIMES * EVERY_S + SETTLE_S
        acting = Thread(target=repeat)
        acting.start()
        cost = tree.watch({what: self._agent.pid}, seconds)[what]
        acting.join()
        wakes, cpu_s = cost.wakes_s * seconds / TIMES, cost.cpu_s_min / 60 * seconds / TIMES
        print(f"{what:<24}{wakes:8.1f}{1000 * cpu_s:10.2f}", flush=True)

    @contextmanager
    def _hands(self) -> Iterator[None]:
        with storm(self._desktop.display, WORK_HZ, WORK_KEYS_HZ, busy_s=BUSY_S, rest_s=LULL_S):
            yield


def main() -> None:
    """Live through all of it on a desktop made for that."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=120.0, help="for each state")
    parser.add_argument("--idle", type=float, default=300.0, help="for how long nobody is there in the last")
    wished = parser.parse_args()
    with ExitStack() as ends:
        desktop = ends.enter_context(Desktop())
        ends.enter_context(PipeWire(desktop.env))
        logind = ends.enter_context(Logind(desktop.env["DBUS_SYSTEM_BUS_ADDRESS"]))
        agent = LiveAgent(desktop)
        life = Life(desktop, agent, logind)
        agent.start()
        print(f"{'state':<24}{'runs/s':>8}{'wakes/s':>9}{'CPU s/min':>11}   wakes a minute by cause, traced")
        life.states(wished.seconds, wished.idle)
        print(f"{'each time':<24}{'wakes':>8}{'CPU ms':>10}")
        life.happenings()


if __name__ == "__main__":
    main()
