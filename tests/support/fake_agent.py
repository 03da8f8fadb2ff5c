"""An agent that only listens and answers, for the command line to talk to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support import answers
from tests.support.turning import turn_until
from tray_agent import platforms
from tray_agent.shell import ipc
from tray_agent.shell.loop import SelectorLoop
from tray_agent.shell.messages import CommandError, Exit

Call = tuple[int, str, str]
"""Exit code, output and complaints of a command."""

RESULTS: dict[str, dict[str, Any]] = {
    "status": answers.status(),
    "why": answers.why(),
    "doctor": answers.doctor(),
    "pause": {"paused_until": "2026-03-02T14:30:00+01:00"},
    "was": {"as": "up", "from": "2026-03-02T12:30:00+01:00", "to": "2026-03-02T13:00:00+01:00"},
}


class FakeAgent:
    """Answers the command line in `home`; `asked` remembers what came in.

    It refuses every verb in `refuses` with that exit code.
    """

    def __init__(self, home: Path) -> None:
        (home / "runtime").mkdir(mode=0o700)
        self.home = home
        self.loop = SelectorLoop()
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.refuses: dict[str, Exit] = {}
        self.server = ipc.place(self.loop, home / "runtime" / "agent.sock", platforms.select().channel())
        self.server.begin(self._answer)

    def call(self, *words: str) -> Call:
        """Run a command line while this agent answers."""
        process = start(self.home, *words)
        turn_until(self.loop, lambda: process.poll() is not None, "the command to end", 20)
        out, err = process.communicate()
        return process.returncode, out, err

    def close(self) -> None:
        """Stop answering."""
        self.server.close()
        self.loop.close()

    def _answer(self, cmd: str, args: dict[str, Any]) -> dict[str, Any]:
        self.asked.append((cmd, args))
        if cmd in self.refuses:
            raise CommandError(self.refuses[cmd], f"no {cmd} now")
        return RESULTS.get(cmd, {})


def start(home: Path, *words: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
    """Start `tray-agent WORDS` for whoever lives in `home`."""
    return subprocess.Popen(
        [sys.executable, "-m", "tray_agent", *words],
        env={**os.environ, "TRAY_AGENT_HOME": str(home), "LC_ALL": "C.UTF-8"},
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
