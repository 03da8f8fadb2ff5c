"""A window's end of the conversation with the agent: JSON lines over two pipes."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

STDIN, STDOUT, STDERR = 0, 1, 2


class Lines(QObject):
    """Reads one line at once and the others on a thread, whose signals arrive on Qt's thread.

    Pipes cannot be watched by Qt on Windows; a thread reads them everywhere.  It reads the bare
    descriptor: a thread that dies holding the lock of `sys.stdin` aborts the interpreter's exit.
    """

    heard = Signal(object)
    ended = Signal()

    def __init__(self, source: int = STDIN, sink: int = STDOUT) -> None:
        super().__init__()
        self._lines = _split(source)
        self._sink = sink

    @classmethod
    def of_this_process(cls) -> Lines:
        """Standard input and output, the latter taken out of reach of stray prints."""
        sink = os.dup(STDOUT)
        os.dup2(STDERR, STDOUT)
        return cls(STDIN, sink)

    def first(self) -> bytes | None:
        """The next line, waited for; None when there is none to come."""
        return next(self._lines, None)

    def follow(self) -> None:
        """From now on emit `heard` for each line and `ended` at the end."""
        threading.Thread(target=self._follow, name="lines", daemon=True).start()

    def say(self, message: dict[str, Any]) -> None:
        """Tell the agent; an agent that is gone needs to know nothing."""
        try:
            os.write(self._sink, msgspec.json.encode(message) + b"\n")
        except OSError:
            pass  # on Windows not always a BrokenPipeError

    def _follow(self) -> None:
        for line in self._lines:
            self.heard.emit(msgspec.json.decode(line))
        self.ended.emit()


def _split(source: int) -> Iterator[bytes]:
    rest = b""
    while chunk := os.read(source, 65536):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
