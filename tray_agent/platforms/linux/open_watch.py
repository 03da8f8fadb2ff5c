"""Tells when somebody opened or closed one of some files, by inotify: works for devices as well.

Who it was it does not tell.  The kernel tells of a file's last close also when its holder was killed.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tray_agent.ports import Loop, Timer, Unavailable

# From <sys/inotify.h>.
_NONBLOCK = 0o4000
_CLOEXEC = 0o2000000
_CLOSE_WRITE = 0x008
_CLOSE_NOWRITE = 0x010
_OPEN = 0x020

_SETTLE_S = 1.0
"""Programs that look for cameras open and close each of them within a moment."""


class OpenWatch:
    """Calls `touched` a second after the first of one or more opens and closes.

    Raises `Unavailable` where the system has no watch left.
    """

    def __init__(self, loop: Loop, touched: Callable[[], object]) -> None:
        self._loop, self._touched = loop, touched
        self._settling: Timer | None = None
        self._libc: Any = ctypes.CDLL(None, use_errno=True)
        self._fd: int = self._libc.inotify_init1(_NONBLOCK | _CLOEXEC)
        if self._fd < 0:
            raise Unavailable(f"inotify: {os.strerror(ctypes.get_errno())}")
        loop.watch(self._fd, self._read)

    def cover(self, files: Iterable[Path]) -> None:
        """Watch these too; one that is watched already, or that we may not read, changes nothing."""
        for file in files:
            self._libc.inotify_add_watch(self._fd, os.fsencode(file), _OPEN | _CLOSE_WRITE | _CLOSE_NOWRITE)

    def close(self) -> None:
        """Stop watching; safe to call twice."""
        if self._settling is not None:
            self._settling.cancel()
        if self._fd >= 0:
            self._loop.unwatch(self._fd)
            os.close(self._fd)
            self._fd = -1

    def _read(self) -> None:
        try:
            while os.read(self._fd, 4096):
                pass
        except BlockingIOError:
            pass
        if self._settling is None:
            self._settling = self._loop.call_later(_SETTLE_S, self._settled)

    def _settled(self) -> None:
        self._settling = None
        self._touched()
