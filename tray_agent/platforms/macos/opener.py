"""Opens a file in whatever program the person has for it.

The workspace knows none for many kinds of text, such as settings: then open(1) is asked for the person's
text editor.  Apple developer documentation: "openURL:" of NSWorkspace; the manual page open(1).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Thread

from AppKit import NSWorkspace
from Foundation import NSURL

from tray_agent.platforms.macos.main_thread import do
from tray_agent.ports import Loop

NOT_THERE = "the file is not there"
NO_PROGRAM = "no program was found for it"
TEXT_EDITOR = ("/usr/bin/open", "-t")
PATIENCE_S = 30.0

Failed = Callable[[str], object]


def open_file(loop: Loop, path: Path, failed: Failed) -> None:
    """Open the file and go on at once; `failed(reason)` is called, later, when nothing opened it."""
    if path.exists():
        do(partial(_ask_workspace, loop, path, failed))
    else:
        loop.call_soon(partial(failed, NOT_THERE))


def _ask_workspace(loop: Loop, path: Path, failed: Failed) -> None:
    """On the main thread."""
    if not NSWorkspace.sharedWorkspace().openURL_(NSURL.fileURLWithPath_(str(path))):
        Thread(target=_as_text, args=(loop, path, failed), name="open", daemon=True).start()


def _as_text(loop: Loop, path: Path, failed: Failed) -> None:
    """On a thread of its own: some editors take seconds to begin."""
    from subprocess import DEVNULL, SubprocessError, run

    try:
        done = run(
            [*TEXT_EDITOR, str(path)],
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=DEVNULL,
            timeout=PATIENCE_S,
            check=False,
        )
        opened = done.returncode == 0
    except (OSError, SubprocessError):
        opened = False
    if not opened:
        loop.call_soon(partial(failed, NO_PROGRAM))
