"""A whole agent and the command line that asks it, as people run them; what it shows is tested elsewhere."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.waiting import wait_until
from tray_agent.platforms.windows import system
from tray_agent.platforms.windows.agent_names import name
from tray_agent.shell import folders

STARTS_WITHIN_S = 30


class Home:
    """One home of the agent, and the commands typed for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {**os.environ, "TRAY_AGENT_HOME": str(folder)}
        (folder / "config").mkdir()
        (folder / "config" / "settings.toml").write_text('hours.mode = "always"\nwelcome = false\n')
        self.agent: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """`run` without a console, as at logon, and wait until it answers."""
        quiet = Path(sys.executable).with_name("pythonw.exe")
        self.agent = subprocess.Popen([quiet, "-m", "tray_agent", "run"], env=self.env)
        wait_until(self._answers, "the agent to answer", STARTS_WITHIN_S)

    def call(self, *words: str) -> tuple[int, str]:
        """Exit code and output of a command."""
        done = subprocess.run(
            [sys.executable, "-m", "tray_agent", *words],
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def told(self, *words: str) -> Any:
        """What a command says as JSON."""
        code, said = self.call(*words, "--json")
        assert code == 0, said
        return json.loads(said.splitlines()[0])

    def kill(self) -> None:
        """End it without any warning."""
        if self.agent is not None:
            self.agent.kill()
            self.agent.wait(10)

    def _answers(self) -> bool:
        assert self.agent is not None
        assert self.agent.poll() is None, "the agent ended"
        return self.call("status")[0] == 0


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    yield made
    made.kill()


def test_a_day_in_commands(home: Home) -> None:
    assert home.call("status")[0] == 3
    home.start()
    assert home.told("pause", "1h")["paused_until"]
    assert "paused" in home.told("status")["quiet"]
    assert home.call("run") == (0, "Tray Agent is running already.\n")
    examined = home.told("doctor")
    states = {part["name"]: part["state"] for part in examined["parts"]}
    assert examined["running"]
    assert states["counter"] == states["pynput"] == states["history"] == states["snapshot"] == "ok"
    assert home.call("quit")[0] == 0
    assert home.agent is not None
    assert home.agent.wait(10) == 0
    assert home.call("status")[0] == 3


def test_a_killed_agent_is_followed_by_one_that_remembers(home: Home) -> None:
    home.start()
    home.call("pause", "indefinitely")
    home.kill()
    assert home.call("status")[0] == 3
    home.start()
    assert home.told("status")["paused_until"] == "indefinite"


def test_the_usual_home_lies_in_the_profile_and_has_the_usual_pipe() -> None:
    places = folders.find(system.places, environ={})
    local = Path(os.environ["LOCALAPPDATA"], "TrayAgent")
    assert places[:3] == (local / "config", local / "state", local / "runtime")
    assert name(places.socket).count("-") == name(Path(r"C:\x\runtime\agent.sock")).count("-") - 1
