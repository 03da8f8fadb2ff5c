"""The agent's own log and, should it ever fail, what is needed to find out why.

Both lie in the state folder, readable by the person alone.  They hold what the agent did and which
part of the world failed: never a key, a title or a name, and the crash file no times of day either.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tray_agent import __version__
from tray_agent.ports import Health, State
from tray_agent.shell import atomic

_LONGEST = 256 * 1024
_KEPT = 2

_log = logging.getLogger("tray_agent")


class _PrivateFile(RotatingFileHandler):
    """A rotating log file that only its owner can read.

    It is opened at the first line, and again when somebody removed it.  While it cannot be written,
    lines are lost and counted; standard error hears of that once, the log when it is back.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=_LONGEST, backupCount=_KEPT, encoding="utf-8", delay=True)
        self.trouble: str | None = None
        self._lost = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line if that is possible."""
        if self.stream is not None and not self._is_at(self.stream):
            self._drop_stream()
        missed, self._lost = self._lost, 0
        if missed:
            super().emit(_note(f"lost lines: {missed} ({self.trouble})"))
        if not self._lost:
            super().emit(record)
        if self._lost:
            self._lost += missed
        else:
            self.trouble = None

    def forget(self) -> None:
        """Delete the file and those before it; the next line begins a new one."""
        self._drop_stream()
        file = Path(self.baseFilename)
        for each in file.parent.glob(f"{file.name}*"):
            with suppress(OSError):
                each.unlink()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging names it
        """A line was lost."""
        error = sys.exc_info()[1]
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        self._drop_stream()
        self._lost += 1
        if self.trouble is None:
            with suppress(OSError):
                print(f"the log cannot be written: {reason}", file=sys.stderr)
        self.trouble = reason

    def _open(self) -> TextIOWrapper:
        file = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return os.fdopen(file, "a", encoding="utf-8")

    def _is_at(self, stream: TextIOWrapper) -> bool:
        try:
            return os.path.samestat(Path(self.baseFilename).stat(), os.fstat(stream.fileno()))
        except OSError:
            return False

    def _drop_stream(self) -> None:
        # What could not be written is still in the stream, which would fail with it for ever.
        stream, self.stream = self.stream, None
        if stream is not None:
            with suppress(OSError):
                stream.close()


def start(folder: Path, level: str) -> None:
    """Log to `agent.log` in the folder; wherever that cannot be written `health` says so."""
    handler = _PrivateFile(folder / "agent.log")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    stop()
    _log.addHandler(handler)
    _log.propagate = False
    set_level(level)
    info(f"Tray Agent {__version__} starts")


def stop() -> None:
    """Close the log."""
    for handler in tuple(_log.handlers):
        _log.removeHandler(handler)
        handler.close()


def forget() -> None:
    """Delete all that was logged; on Windows nobody else can delete a file that is open."""
    for handler in _log.handlers:
        if isinstance(handler, _PrivateFile):
            handler.forget()


def health() -> Health:
    """Whether the log reaches the disk."""
    troubles = (handler.trouble for handler in _log.handlers if isinstance(handler, _PrivateFile))
    trouble = next(filter(None, troubles), None)
    return Health("log", State.OK if trouble is None else State.DEGRADED, "file", trouble)


def set_level(level: str) -> None:
    """Log from this level on: `debug`, `info`, `warning` or `error`."""
    _log.setLevel(level.upper())


def info(sentence: str) -> None:
    """Log what the agent did."""
    _log.info("%s", sentence)


def warning(sentence: str) -> None:
    """Log what did not work and was coped with."""
    _log.warning("%s", sentence)


def crash(folder: Path, events: Iterable[str] = ()) -> None:
    """Write the exception being handled to `crash.txt`, with the kinds of the last events.

    Numbers in its message are masked: they might tell when somebody was where.
    """
    kind, error, trace = sys.exc_info()
    lines = [
        f"Tray Agent {__version__}, Python {sys.version.split()[0]} on {sys.platform}\n",
        *traceback.format_tb(trace),
        f"{kind.__name__ if kind else 'no exception'}: {re.sub(r'[0-9]+', '#', str(error))}\n",
        *(f"event {event}\n" for event in events),
    ]
    try:
        atomic.write(folder / "crash.txt", "".join(lines).encode())
    except OSError as fault:
        warning(f"the crash file cannot be written: {fault}")


def _note(sentence: str) -> logging.LogRecord:
    return logging.LogRecord(_log.name, logging.WARNING, __file__, 0, sentence, None, None)
