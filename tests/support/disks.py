"""Disks that are full and folders that are read-only, for a live agent whoever runs the tests."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.live_agent import LiveAgent
from tests.support.waiting import wait_until

BOUND = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
"""Root may write what is read-only; in front of a command, this takes that right from it."""

SIZE_KB = 256


@contextmanager
def full_disk(agent: LiveAgent) -> Iterator[None]:
    """No file of the running agent may grow: every write is refused, as on a full disk."""
    before = resource.prlimit(agent.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(agent.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        if agent.process is not None:
            resource.prlimit(agent.pid, resource.RLIMIT_FSIZE, before)


class SmallDisk:
    """A disk of its own for one folder, where this user may mount one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ballast = folder / "ballast"

    @classmethod
    def possible(cls) -> bool:
        """Whether this user may mount."""
        command = ["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    @contextmanager
    def mounted(self) -> Iterator[None]:
        """It is there for as long as the `with` lasts."""
        self._folder.mkdir(parents=True, exist_ok=True)
        options = f"size={SIZE_KB}k,mode=0700"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", self._folder], check=True)
        try:
            yield
        finally:
            subprocess.run(["umount", "--lazy", self._folder], check=True)

    def fill(self) -> None:
        """Somebody else's file takes all there is left."""
        with self._ballast.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(1024)):
                    pass
            except OSError:
                pass  # full, as it should be

    def free(self) -> None:
        """That file goes again."""
        self._ballast.unlink()


class BoundAgent(LiveAgent):
    """One that may not write what is read-only, not even as root."""

    def start(self, *args: str, speed: float = 1.0) -> None:
        """`run` it and wait until it answers."""
        self.desktop.env["TRAY_AGENT_HOME"] = str(self.home)
        command = [*BOUND, sys.executable, "-m", "tray_agent", "run", "--speed", f"{speed:g}", *args]
        self.process = self.desktop._spawn("agent", command)
        wait_until(self.answers, "the agent to answer", 20)

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        """One `tray-agent` command with the same rights."""
        command = [*BOUND, sys.executable, "-m", "tray_agent", *args]
        return subprocess.run(
            command, env=self.desktop.env, capture_output=True, text=True, timeout=20, check=False
        )
