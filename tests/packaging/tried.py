"""An installed program on a desktop of its own, as its people meet it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from tests.packaging.conftest import BUILD, NEXT
from tests.support import screen, x_windows
from tests.support.desktop import Desktop
from tests.support.live_agent import at_work
from tests.support.waiting import wait_until


class Place(Protocol):
    """Where the program is installed; it is named as on a system for everybody."""

    def command(self, *words: str) -> list[str]:
        """The command line that runs these words there."""

    def run(
        self, *words: str, env: Mapping[str, str] | None = None, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Run it there to its end; raises `AssertionError` when it fails."""


P = TypeVar("P", bound=Place)


class Tried(Generic[P]):
    """A place with a desktop, on which a package is tried."""

    def __init__(self, name: str, system: P, desktop: Desktop) -> None:
        self.name = name
        self.system = system
        self.desktop = desktop
        settings = Path(desktop.env["XDG_CONFIG_HOME"], "tray-agent", "settings.toml")
        settings.parent.mkdir(parents=True)
        settings.write_text('welcome = false\nhours.mode = "always"\n')

    def start(self) -> subprocess.Popen[bytes]:
        agent = self.desktop._spawn("agent", self.system.command("/usr/bin/tray-agent", "run"))
        wait_until(lambda: self.status() or agent.poll() is not None, "the agent to answer", 30)
        assert agent.poll() is None, self.desktop.log("agent")
        return agent

    def ask(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.system.run("tray-agent", *words, env=self.desktop.env, check=check)

    def status(self) -> dict[str, Any] | None:
        done = self.ask("status", "--json", check=False)
        return json.loads(done.stdout) if done.returncode == 0 else None

    def upgrade(self, agent: subprocess.Popen[bytes], install: Callable[[], object]) -> None:
        """Install the next release while the person works: they need not log in anew, and have sat since."""
        with at_work(self.desktop.display, every_s=0.2):
            before = self.until(lambda now: now["sitting_s"] > 1, "sitting to be seen")
            assert before["version"] != NEXT
            install()
            after = self.until(lambda now: now["version"] == NEXT, "the new release to answer")
        assert agent.poll() is None
        assert after["sitting_s"] > before["sitting_s"]
        assert after["today"]["breaks"] == before["today"]["breaks"]
        wait_until(self.desktop.tray_items, "the icon in the panel")
        assert "Traceback" not in self.desktop.log("agent")

    def opens(self, verb: str) -> None:
        """The verb shows one more window, with something in it."""
        display = self.desktop.display
        before = set(x_windows.titles(display))
        self.ask(verb)
        new = wait_until(lambda: set(x_windows.titles(display)) - before, f"the window of {verb}", 30)
        box = x_windows.box_of(display, new.pop())
        assert box is not None

        def drawn() -> bool:
            return len(screen.colours(screen.picture(display), box)) > 50

        wait_until(drawn, f"something in the window of {verb}", 20)
        self.desktop.screenshot(BUILD / "packaging" / f"{self.name}-{verb}.png")

    def until(self, true: Callable[[dict[str, Any]], object], what: str) -> dict[str, Any]:
        """The first status of the running agent of which it is true."""

        def now() -> dict[str, Any] | None:
            status = self.status()
            return status if status is not None and true(status) else None

        found = wait_until(now, what, 60)
        assert found is not None
        return found
