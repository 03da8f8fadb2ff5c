"""Opens a file in whatever program the person's desktop has for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tray_agent.ports import Loop

if TYPE_CHECKING:
    from subprocess import Popen

OPENER = "xdg-open"

_WHY = {
    2: "the file is not there",
    3: "no program was found for it",
    4: "the program for it failed",
}
"""What xdg-open's exit codes mean, by its manual."""


def open_file(loop: Loop, path: Path, failed: Callable[[str], object]) -> None:
    """Open the file and go on at once; `failed(reason)` is called, later, when nothing opened it."""
    from subprocess import DEVNULL, Popen

    try:
        process = Popen(
            [OPENER, f"{path}"], stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
        )
    except OSError as error:
        reason = f"{OPENER}: {error.strerror}"
        loop.call_soon(lambda: failed(reason))
        return
    _reap(loop, process, failed)


def _reap(loop: Loop, process: Popen[bytes], failed: Callable[[str], object]) -> None:
    """Wait for its end on the loop; some openers stay for as long as their program does."""
    ended = os.pidfd_open(process.pid)

    def reap() -> None:
        loop.unwatch(ended)
        os.close(ended)
        if code := process.wait():
            failed(_WHY.get(code, f"{OPENER} ended with {code}"))

    loop.watch(ended, reap)
