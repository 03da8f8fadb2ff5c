"""What a bug leaves behind, and what the person is told of it at the next start.

A bug writes `crash.txt` in the state folder (`logs.crash`).  Where the process dies at once, as in a
system library, the interpreter's last words in `fault.txt` become that file at the next start.  Told of,
it is kept as `crash-shown.txt`, with the two before it.
"""

from __future__ import annotations

import faulthandler
import os
import re
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from tray_agent import __version__
from tray_agent.shell import logs
from tray_agent.shell.words import _

_CRASH, _FAULT = "crash.txt", "fault.txt"
# On Windows `faulthandler` also writes down what a library raised and caught itself, named by its code.
_DEADLY = re.compile(r"^(Fatal Python error|Windows fatal exception: (?!code ))", re.MULTILINE)
_SHOWN = ("crash-shown.txt", "crash-shown-2.txt", "crash-shown-3.txt")


class CrashFile:
    """Writes down, inside `with`, the bug that ends it and the first one on any other thread.

    `events` are the kinds of the last events, once somebody knows them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fault: TextIO | None = None
        self._written = False
        self._hook_before = threading.excepthook
        self.events: Iterable[str] = ()

    def __enter__(self) -> Self:
        threading.excepthook = self._thread_failed
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception):
            logs.crash(self._folder, self.events)
        threading.excepthook = self._hook_before
        if self._fault is not None:
            faulthandler.disable()
            self._fault.close()
            with suppress(OSError):
                self._path.unlink()

    def watch_faults(self) -> None:
        """Keep the interpreter's last words from now on; only one agent a folder may ask for this.

        A disk that refuses the file costs no more than those words.
        """
        try:
            _take_up(self._path, self._folder / _CRASH)
            self._fault = _begun(self._path)
        except OSError as error:
            logs.warning(f"sudden deaths leave no trace: {error}")
        else:
            faulthandler.enable(self._fault)

    @property
    def _path(self) -> Path:
        return self._folder / _FAULT

    def _thread_failed(self, failure: threading.ExceptHookArgs) -> None:
        # A thread that is replaced each time it fails must not write each time.
        if not self._written:
            self._written = True
            logs.crash(self._folder, self.events)
            self._hook_before(failure)
        name = failure.thread.name if failure.thread else "?"
        logs.warning(f"thread {name} ended by {failure.exc_type.__name__}")


def unshown(folder: Path) -> Path | None:
    """The crash file that nobody was told of, if there is one."""
    crash = folder / _CRASH
    return crash if crash.is_file() else None


def last_crash(folder: Path) -> Path | None:
    """The newest crash file there is, told of or not (for `doctor`)."""
    return next((folder / name for name in (_CRASH, *_SHOWN) if (folder / name).is_file()), None)


def note(crash: Path) -> tuple[str, str]:
    """Title and body of what to tell the person of a crash kept in this file."""
    title = _("Something went wrong in Tray Agent")
    body = _("It runs again and your day is kept. The details are in {file}. Nothing was sent anywhere.")
    return title, body.format(file=crash)


def set_aside(crash: Path) -> Path:
    """Count the crash as told of, keeping the last three; returns its new name or raises `OSError`."""
    kept = [crash.with_name(name) for name in _SHOWN]
    for newer, older in ((kept[1], kept[2]), (kept[0], kept[1]), (crash, kept[0])):
        if newer.exists():
            newer.replace(older)
    return kept[0]


def _begun(path: Path) -> TextIO:
    """A fault file with its heading; alone it tells of no fault."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    file = os.fdopen(descriptor, "w", encoding="utf-8")
    file.write(f"Tray Agent {__version__}, Python {sys.version.split()[0]} on {sys.platform}\n")
    file.flush()
    return file


def _take_up(fault: Path, crash: Path) -> None:
    """Make a crash file of the last words of an agent before, if it had any."""
    with suppress(FileNotFoundError):
        if _DEADLY.search(fault.read_text("utf-8", "replace")):
            fault.replace(crash)
