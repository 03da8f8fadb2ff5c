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
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tray_agent import __version__
from tray_agent.shell import atomic

_LONGEST = 256 * 1024
_KEPT = 2

_log = logging.getLogger("tray_agent")


class _PrivateFile(RotatingFileHandler):
    """A rotating log file that only its owner can read."""

    def _open(self) -> TextIOWrapper:
        file = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return os.fdopen(file, "a", encoding="utf-8")


def start(folder: Path, level: str) -> None:
    """Log to `agent.log` in the folder, or to standard error where that cannot be written."""
    handler: logging.Handler
    try:
        handler = _PrivateFile(folder / "agent.log", maxBytes=_LONGEST, backupCount=_KEPT)
        trouble = None
    except OSError as error:
        handler, trouble = logging.StreamHandler(), error
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    stop()
    _log.addHandler(handler)
    _log.propagate = False
    set_level(level)
    if trouble is not None:
        warning(f"there is no log file: {trouble}")


def stop() -> None:
    """Close the log."""
    for handler in tuple(_log.handlers):
        _log.removeHandler(handler)
        handler.close()


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
