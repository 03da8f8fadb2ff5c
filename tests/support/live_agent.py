"""The agent as a process on a virtual desktop, asked, answered, killed and restarted as in real life."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.support.desktop import Desktop
from tests.support.person import Person
from tests.support.waiting import wait_until
from tray_agent.platforms.linux.clocks import boot_clocks
from tray_agent.shell.ipc import ask
from tray_agent.shell.messages import CommandError

Status = dict[str, Any]

ALWAYS = 'hours.mode = "always"\nwelcome = false\n'
"""Any hour is fit for a prompt, and nobody is welcomed."""

INTENSIVE = ALWAYS + 'intensity = "intensive"\n'
"""Whoever sat for half an hour is asked at once, and again five minutes after "later"."""

ROWS = {
    "bouts": "SELECT began, ended, cause FROM bouts ORDER BY rowid",
    "breaks": "SELECT began, ended, cause FROM breaks ORDER BY rowid",
    "prompts": "SELECT kind, outcome, shown FROM prompts ORDER BY rowid",
    "doses": "SELECT kind, left_s, right_s, sets, reps, standing_s FROM doses ORDER BY rowid",
}

MORNING = f"DESK{time.gmtime().tm_hour - 10:+}"
"""A zone in which these tests began between ten and eleven.

One for all of them: chosen anew for each, a midnight of ours would take a day from what an agent remembers.
"""


class LiveAgent:
    """One home of the agent, with a life in it between `start` and `quit` or `kill`.

    The home's settings are those given; whatever hour it is, the desktop's own clock shows that of a
    morning at work.
    """

    def __init__(self, desktop: Desktop, name: str = "agent", settings: str = ALWAYS) -> None:
        self.desktop = desktop
        self.home = desktop.folder / name
        self.settings = self.home / "config" / "settings.toml"
        self.settings.parent.mkdir(parents=True)
        self.settings.write_text(settings)
        self.process: subprocess.Popen[bytes] | None = None
        desktop.env["TZ"] = MORNING

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.home / "runtime" / "agent.sock"

    @property
    def state(self) -> Path:
        """The folder of its snapshot, history and log."""
        return self.home / "state"

    @property
    def pid(self) -> int:
        """Its process."""
        assert self.process is not None
        return self.process.pid

    def start(self, *args: str, speed: float = 1.0) -> None:
        """`run` it and wait until it answers."""
        self.desktop.env["TRAY_AGENT_HOME"] = str(self.home)
        self.process = self.desktop.start_agent("--speed", f"{speed:g}", *args)
        wait_until(self.answers, "the agent to answer", 20)

    def answers(self) -> bool:
        """Whether it can be asked; an agent that ended instead is an error."""
        if self.process is not None and self.process.poll() is not None:
            raise AssertionError(
                f"the agent ended with {self.process.returncode}: {self.desktop.log('agent')}"
            )
        try:
            self.status()
        except CommandError:
            return False
        return True

    def ask(self, verb: str, **args: Any) -> dict[str, Any]:
        """What the command line would ask."""
        return ask(self.socket, verb, args)

    def status(self) -> Status:
        """`tray-agent status --json`."""
        return self.ask("status")

    def until(
        self, true: Callable[[Status], object], what: str, timeout_s: float = 10.0, every_s: float = 0.03
    ) -> Status:
        """The first status of which it is true."""
        seen: Status = {}

        def look() -> bool:
            time.sleep(every_s)
            seen.update(self.status())
            return bool(true(seen))

        try:
            wait_until(look, what, timeout_s)
        except TimeoutError as error:
            raise AssertionError(f"{error}; last status: {json.dumps(seen)}") from None
        return seen

    def kill(self) -> None:
        """End it without any warning."""
        self.end(signal.SIGKILL)

    def end(self, how: int = signal.SIGTERM) -> int:
        """Send it a signal it ends of; returns the exit code."""
        process, self.process = self.process, None
        if process is None:
            return 0
        process.send_signal(how)
        return process.wait(10)

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """The history's rows, oldest first, as they reached the disk."""
        with closing(sqlite3.connect(self.state / "history.sqlite3", timeout=5)) as database:
            return database.execute(ROWS[table]).fetchall()

    def children(self) -> list[int]:
        """The processes it has started and not yet reaped."""
        found: list[int] = []
        for task in Path(f"/proc/{self.pid}/task").glob("*/children"):
            with suppress(FileNotFoundError, ProcessLookupError):  # a thread that has just ended
                found += map(int, task.read_text().split())
        return found


class Memory:
    """What an agent remembered of a morning, for others to begin with."""

    def __init__(self, folder: Path, agent: LiveAgent) -> None:
        self._folder = folder
        shutil.copytree(agent.state, folder)

    def give(self, agent: LiveAgent) -> None:
        """Let the agent, not running, remember it as if that had been until just now."""
        shutil.rmtree(agent.state, ignore_errors=True)
        shutil.copytree(self._folder, agent.state)
        snapshot = agent.state / "state.json"
        saved = json.loads(snapshot.read_text())
        now = boot_clocks()()
        saved["clocks"] |= {"boottime": now.boottime, "monotonic": now.monotonic, "wall": now.wall}
        snapshot.write_text(json.dumps(saved))


def senses(seen: Status) -> list[dict[str, Any]]:
    """The two sensors that notice input."""
    return [sensor for sensor in seen["sensors"] if sensor["name"] in {"counter", "pynput"}]


@contextmanager
def at_work(display: str, every_s: float = 0.02) -> Iterator[None]:
    """Somebody types and points for as long as the `with` lasts."""
    away = threading.Event()

    def work() -> None:
        with Person(display) as person:
            while not away.wait(every_s):
                person.move()
                person.type()

    worker = threading.Thread(target=work, name="person")
    worker.start()
    try:
        yield
    finally:
        away.set()
        worker.join(10)
