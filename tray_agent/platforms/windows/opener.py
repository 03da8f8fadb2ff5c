"""Opens a file in whatever program Windows has for it.

Some programs take seconds to be found and started, so this happens on a thread.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Thread

from tray_agent.ports import Loop

assert sys.platform == "win32"

NOT_THERE = "the file is not there"
_NO_PROGRAM = {193, 1155}  # a bad format, no association


def open_file(loop: Loop, path: Path, failed: Callable[[str], object]) -> None:
    """Open the file and go on at once; `failed(reason)` is called, later, when nothing opened it."""
    Thread(target=_open, args=(loop, path, failed), name="open", daemon=True).start()


def _open(loop: Loop, path: Path, failed: Callable[[str], object]) -> None:
    try:
        os.startfile(path)  # noqa: S606  which program that is, the person has chosen
    except OSError as error:
        loop.call_soon(partial(failed, _why(error)))


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return NOT_THERE
    if error.winerror in _NO_PROGRAM:
        return "no program was found for it"
    return error.strerror or f"{error}"
