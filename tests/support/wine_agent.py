"""The agent as a Windows program on a `WineDesktop`: asked, clicked, ended and started again."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.support.person import Person
from tests.support.waiting import wait_until
from tests.support.wine_desktop import PATIENCE_S, WineDesktop, windows_path
from tests.wine.__main__ import PYTHON

Status = dict[str, Any]

ALWAYS = 'hours.mode = "always"\nwelcome = false\nlanguage = "en"\n'
"""Any hour is fit for a prompt, and nobody is welcomed."""

INTENSIVE = ALWAYS + 'intensity = "intensive"\n'
"""Whoever sat for half an hour is asked at once."""

WINDOW_CLASS = "SystemTrayIcon"
"""The end of the name of pystray's window class, which the agent's window has."""


class WineAgent:
    """One home of the agent, with a life in it between `start` and `quit` or `kill`."""

    def __init__(self, desk: WineDesktop, name: str, settings: str = ALWAYS) -> None:
        self.desk = desk
        self.home = desk.folder / name
        self.settings = self.home / "config" / "settings.toml"
        self.settings.parent.mkdir(parents=True)
        self.settings.write_text(settings)
        self.variables = {"TRAY_AGENT_HOME": windows_path(self.home)}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def state(self) -> Path:
        """The folder of its snapshot, history and log."""
        return self.home / "state"

    @property
    def output(self) -> Path:
        """What it has printed."""
        return self.desk.folder / f"{self.home.name}.out"

    def start(self, *, speed: float = 1.0, variables: Mapping[str, str] | None = None) -> None:
        """`run` it and wait until it answers and has its icon."""
        self.process = self.desk.start(
            *("-m", "tray_agent", "run", "--speed", f"{speed:g}"),
            output=self.output,
            variables={**self.variables, **(variables or {})},
        )
        wait_until(self._is_there, "the agent to answer and have its icon", PATIENCE_S)

    def tell(self, *args: str) -> subprocess.CompletedProcess[str]:
        """One `tray-agent` command, a Windows program, to its end."""
        return self.desk.run(f"{PYTHON}", "-m", "tray_agent", *args, variables=self.variables)

    def ask(self, verb: str, **args: Any) -> dict[str, Any]:
        """The same by a program that runs already: what the command line would ask over the pipe."""
        answer: dict[str, Any] = self.desk.helper.ask(
            "ask", home=self.variables["TRAY_AGENT_HOME"], verb=verb, **args
        )
        return answer

    def answers(self) -> Status | None:
        """Its status; None when nobody answers."""
        answer: Status | None = self.desk.helper.ask("status", home=self.variables["TRAY_AGENT_HOME"])
        return answer

    def status(self) -> Status:
        """`tray-agent status --json`."""
        return self.ask("status")

    def part(self, name: str) -> dict[str, Any]:
        """How `doctor` finds one part."""
        parts: list[dict[str, Any]] = self.ask("doctor")["parts"]
        return next(part for part in parts if part["name"] == name)

    def until(self, true: Callable[[Status], object], what: str, timeout_s: float = 30.0) -> Status:
        """The first status of which it is true."""
        seen: Status = {}

        def look() -> bool:
            time.sleep(0.03)
            seen.update(self.status())
            return bool(true(seen))

        try:
            wait_until(look, what, timeout_s)
        except TimeoutError as error:
            raise AssertionError(f"{error}; last status: {json.dumps(seen)}") from None
        return seen

    @property
    def window(self) -> int:
        """The window it hears Windows by."""
        return int(self._window()["hwnd"])

    @property
    def windows_pid(self) -> int:
        """Its process, as Windows numbers it."""
        return int(self._window()["pid"])

    def post(self, message: int, wparam: int = 0, lparam: int = 0) -> None:
        """Put a message into its window's queue, as another Windows program may."""
        assert self.desk.helper.ask("post", hwnd=self.window, message=message, wparam=wparam, lparam=lparam)

    def send(self, message: int, wparam: int = 0, lparam: int = 0) -> int | None:
        """What its window answers to a message; None when it does not."""
        answer: int | None = self.desk.helper.ask(
            "send", hwnd=self.window, message=message, wparam=wparam, lparam=lparam
        )
        return answer

    def ends(self, timeout_s: float = 20.0) -> int:
        """Wait for its end; the exit code."""
        assert self.process is not None
        code = self.process.wait(timeout_s)
        self.process = None
        return code

    def end(self) -> None:
        """See that it is gone, politely if it hears; its icon goes with it."""
        if self.process is None or self.process.poll() is not None:
            return
        with suppress(RuntimeError):
            self.ask("quit")
        try:
            self.ends(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it without any warning."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None

    def keep_evidence(self, folder: Path) -> None:
        """Save the desktop, and what it has printed and logged, for whoever asks why a test failed."""
        self.desk.screenshot(folder / "screen.png")
        for file in (self.output, self.state / "agent.log"):
            if file.exists():
                shutil.copy(file, folder / f"{self.home.name}-{file.name}")

    def saved(self) -> Any:
        """Its snapshot, as it is on the disk."""
        return json.loads((self.state / "state.json").read_text("utf-8"))

    def _window(self) -> dict[str, Any]:
        (own,) = self._windows()
        return own

    def _windows(self) -> list[dict[str, Any]]:
        return [each for each in self.desk.helper.ask("windows") if each["class"].endswith(WINDOW_CLASS)]

    def _is_there(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            said = self.output.read_text(errors="replace")
            raise AssertionError(f"the agent ended with {self.process.returncode}: {said}")
        seen = self.answers()
        return seen is not None and seen["tray"]["state"] == "ok"


class Memory:
    """What an agent remembered of half an hour at the desk, for others to begin with."""

    def __init__(self, folder: Path, agent: WineAgent) -> None:
        self._folder = folder
        shutil.copytree(agent.state, folder)

    def give(self, agent: WineAgent) -> None:
        """Let the agent, not running, remember it as if that had been until just now."""
        shutil.copytree(self._folder, agent.state)
        snapshot = agent.state / "state.json"
        saved = json.loads(snapshot.read_text("utf-8"))
        saved["clocks"] |= agent.desk.helper.ask("clocks")
        snapshot.write_text(json.dumps(saved), "utf-8")


def works(person: Person, agent: WineAgent, true: Callable[[Status], object], what: str) -> Status:
    """Somebody moves the mouse and types until it is true of the agent's status."""

    def at_it(seen: Status) -> object:
        person.move()
        person.type()
        return true(seen)

    return agent.until(at_it, what, PATIENCE_S)
