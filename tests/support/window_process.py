"""A window's process, seen from the agent's side, and which window has the keys."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from contextlib import closing
from typing import IO, Any, Self, cast

from Xlib.display import Display

from tests.support.desktop import Desktop


class WindowProcess:
    """`python -m tray_agent.ui NAME` on a desktop, with its brief; use as a context manager."""

    def __init__(self, desktop: Desktop, name: str, told: dict[str, Any], **env: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tray_agent.ui", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**desktop.env, **env},
        )
        self.tell(told)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *why: object) -> None:
        self.process.kill()
        self.process.wait(10)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            cast("IO[bytes]", pipe).close()

    def tell(self, message: dict[str, Any]) -> None:
        """Send one line."""
        pipe = cast("IO[bytes]", self.process.stdin)
        pipe.write(json.dumps(message).encode() + b"\n")
        pipe.flush()

    def hang_up(self) -> None:
        """Leave it alone, as an agent that died."""
        cast("IO[bytes]", self.process.stdin).close()

    def says(self, timeout_s: float = 15.0) -> dict[str, Any]:
        """Its next message."""
        pipe = cast("IO[bytes]", self.process.stdout)
        assert select.select([pipe], [], [], timeout_s)[0], f"not a word for {timeout_s} s"
        message: dict[str, Any] = json.loads(pipe.readline())
        return message

    def keeps_silent(self, seconds: float) -> bool:
        """Whether it says nothing for so long."""
        return not select.select([cast("IO[bytes]", self.process.stdout)], [], [], seconds)[0]

    def complains(self) -> str:
        """What it has to say on standard error."""
        return os.read(cast("IO[bytes]", self.process.stderr).fileno(), 4096).decode()

    def is_ready(self) -> float:
        """Wait for the first paint; the moment it was."""
        assert self.says() == {"event": "ready"}
        return time.monotonic()

    def ends(self, timeout_s: float = 15.0, **word: Any) -> None:
        """Wait for the last word, which holds `word`, and for the process to end well."""
        assert self.says(timeout_s) == {"event": "ended", **word}
        assert self.process.wait(10) == 0


def focused(display: str) -> str:
    """The title of the window that gets the keys; empty when none does."""
    with closing(Display(display)) as connection:
        holder = connection.get_input_focus().focus
        while not isinstance(holder, int):
            if title := holder.get_full_text_property(connection.intern_atom("_NET_WM_NAME")):
                return str(title)
            holder = holder.query_tree().parent or 0
    return ""
