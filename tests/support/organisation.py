"""A machine that an organisation manages: an agent with an /etc of its own, in which policies are written."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.support.desktop import Desktop
from tests.support.live_agent import LiveAgent
from tests.support.waiting import wait_until

# The real /etc stays as it is: what lies above it is seen in this process's own view of the disks alone.
IN_ITS_OWN_ETC = """
set -e
mount -t tmpfs none "$1"
mkdir "$1/above" "$1/work"
mount -t overlay none -o "lowerdir=/etc,upperdir=$1/above,workdir=$1/work" /etc
mkdir -p /etc/tray-agent/policies
mount --bind "$2" /etc/tray-agent/policies
shift 2
exec "$@"
"""


class ManagedAgent(LiveAgent):
    """One on a machine that an organisation looks after; `decide` and `recommend` write its policies."""

    def __init__(self, desktop: Desktop, name: str, settings: str) -> None:
        super().__init__(desktop, name, settings)
        self._etc = self.home / "etc"
        self.policies = self.home / "policies"
        for folder in (self._etc, self.policies, self.policies / "managed", self.policies / "recommended"):
            folder.mkdir()
            folder.chmod(0o755)

    def start(self, *args: str, speed: float = 1.0) -> None:
        """`run` it and wait until it answers."""
        self.desktop.env["TRAY_AGENT_HOME"] = str(self.home)
        self.process = self.desktop._spawn("agent", self._inside("run", "--speed", f"{speed:g}", *args))
        wait_until(self.answers, "the agent to answer", 20)

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        """One `tray-agent` command on the same machine."""
        self.desktop.env["TRAY_AGENT_HOME"] = str(self.home)
        command = self._inside(*args)
        return subprocess.run(
            command, env=self.desktop.env, capture_output=True, text=True, timeout=20, check=False
        )

    def decide(self, **policies: Any) -> None:
        """What is mandatory from now on; the dots of a key are written as two underscores."""
        self._write("managed", policies)

    def recommend(self, **policies: Any) -> None:
        """What people start from."""
        self._write("recommended", policies)

    def _write(self, folder: str, policies: dict[str, Any]) -> None:
        named = {name.replace("__", "."): value for name, value in policies.items()}
        file = self.policies / folder / "all.json"
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps(named))
        fresh.chmod(0o644)
        fresh.rename(file)

    def _inside(self, *args: str) -> list[str]:
        script = ["unshare", "--mount", "sh", "-c", IN_ITS_OWN_ETC, "sh", str(self._etc), str(self.policies)]
        return [*script, sys.executable, "-m", "tray_agent", *args]
