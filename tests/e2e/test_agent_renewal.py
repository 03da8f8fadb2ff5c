"""The agent whose program is replaced under it goes on as the new one."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.support.desktop import ROOT, Desktop
from tests.support.live_agent import LiveAgent, at_work
from tests.support.waiting import wait_until
from tests.support.x_windows import titles
from tray_agent.shell.messages import CommandError

OTHER = "99.0.0"


class Installed:
    """The agent as pip installs it, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.packages = folder / "site-packages"
        self.put(self.packages)

    def put(self, folder: Path, version: str | None = None) -> None:
        """All its files, of this release or another."""
        package = folder / "tray_agent"
        shutil.copytree(ROOT / "tray_agent", package, ignore=shutil.ignore_patterns("__pycache__"))
        for data in ("config", "icons"):
            shutil.copytree(ROOT / data, package / "_data" / data)
        if version is not None:
            (package / "__init__.py").write_text(f'"""Another release."""\n\n__version__ = "{version}"\n')

    def start(self, agent: LiveAgent) -> None:
        desk = agent.desktop
        desk.env |= {"TRAY_AGENT_HOME": str(agent.home), "PYTHONPATH": str(self.packages)}
        # -P: the checkout these tests run in is not where the agent is looked for.
        agent.process = desk._spawn("agent", [sys.executable, "-P", "-m", "tray_agent", "run"])
        wait_until(agent.answers, "the agent to answer", 20)

    def upgrade(self, agent: LiveAgent) -> None:
        """As pip does it: the old one is moved away whole, then the new one is written."""
        (self.packages / "tray_agent").rename(self.packages / "~ray_agent")
        wait_until(lambda: not agent.socket.exists(), "the agent to leave what is no longer there")
        self.put(self.packages, OTHER)
        shutil.rmtree(self.packages / "~ray_agent")


@pytest.fixture
def installed(tmp_path: Path) -> Installed:
    return Installed(tmp_path)


def version_of(agent: LiveAgent) -> str | None:
    try:
        return str(agent.ask("doctor")["version"])
    except CommandError:
        return None


def test_the_new_one_goes_on_where_the_old_one_left(
    desk: Desktop, agent: LiveAgent, installed: Installed
) -> None:
    with at_work(desk.display):
        installed.start(agent)
        before = agent.until(lambda now: now["sitting_s"] >= 1, "sitting to be seen")
    agent.ask("break", kind="stand_up")
    wait_until(lambda: "Stand up" in titles(desk.display), "the break window")
    process = agent.process
    installed.upgrade(agent)
    wait_until(lambda: version_of(agent) == OTHER, "the new program to answer", 20)
    assert process is not None
    assert process.poll() is None
    assert agent.status()["sitting_s"] >= before["sitting_s"]
    wait_until(desk.tray_items, "the icon")
    assert agent.rows("bouts") == []
    assert "Traceback" not in desk.log("agent")
    assert not (agent.state / "crash.txt").exists()
    assert agent.end() == 0


def test_it_can_be_told_to_end_while_it_waits(desk: Desktop, agent: LiveAgent, installed: Installed) -> None:
    installed.start(agent)
    (installed.packages / "tray_agent").rename(installed.packages / "~ray_agent")
    wait_until(lambda: not agent.socket.exists(), "the agent to leave")
    assert agent.end() == 0
