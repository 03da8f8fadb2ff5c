"""Tells when something in a folder changed, by inotify: nothing runs while nothing happens.

The folder may be missing, deleted or replaced meanwhile: then its nearest existing ancestor is
watched until it is back.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tray_agent.ports import Loop, Timer, Unavailable

# From <sys/inotify.h>.
_NONBLOCK = 0o4000
_CLOEXEC = 0o2000000
_CLOSE_WRITE = 0x008
_MOVED_FROM = 0x040
_MOVED_TO = 0x080
_CREATE = 0x100
_DELETE = 0x200
_DELETE_SELF = 0x400
_MOVE_SELF = 0x800
_ONLYDIR = 0x0100_0000

_GONE = _DELETE_SELF | _MOVE_SELF
_IN_FOLDER = _CLOSE_WRITE | _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE | _GONE | _ONLYDIR
_IN_ANCESTOR = _CREATE | _MOVED_TO | _GONE | _ONLYDIR

_SETTLE_S = 0.1


class FolderWatch:
    """Calls `changed` once `settle_s` have passed since something in `folder` was written, moved or deleted.

    A burst of changes, as when an editor saves, is one call.  Raises `Unavailable` where the system
    has no watch left.
    """

    def __init__(
        self, loop: Loop, folder: Path, changed: Callable[[], object], *, settle_s: float = _SETTLE_S
    ) -> None:
        self._loop = loop
        self._folder = folder
        self._changed = changed
        self._settle_s = settle_s
        self._libc: Any = ctypes.CDLL(None, use_errno=True)
        self._fd: int = self._libc.inotify_init1(_NONBLOCK | _CLOEXEC)
        if self._fd < 0:
            raise Unavailable(f"inotify: {os.strerror(ctypes.get_errno())}")
        self._watched = -1
        self._here = False
        self._settling: Timer | None = None
        self._arm()
        loop.watch(self._fd, self._read)

    def close(self) -> None:
        """Stop watching; safe to call twice."""
        if self._settling is not None:
            self._settling.cancel()
        if self._fd >= 0:
            self._loop.unwatch(self._fd)
            os.close(self._fd)
            self._fd = -1

    def _arm(self) -> None:
        """Watch the folder, or the nearest of its ancestors that exists."""
        while (nearest := self._nearest()) != self._watched:
            if self._watched >= 0:
                self._libc.inotify_rm_watch(self._fd, self._watched)
            # Once more: what appeared before this watch was set has told nobody.
            self._watched = nearest

    def _nearest(self) -> int:
        for folder in (self._folder, *self._folder.parents):
            self._here = folder == self._folder
            mask = _IN_FOLDER if self._here else _IN_ANCESTOR
            watch: int = self._libc.inotify_add_watch(self._fd, os.fsencode(folder), mask)
            if watch >= 0:
                return watch
        raise Unavailable(f"inotify: {os.strerror(ctypes.get_errno())}")

    def _read(self) -> None:
        try:
            while os.read(self._fd, 4096):
                pass
        except BlockingIOError:
            pass
        was_here = self._here
        self._arm()
        if (was_here or self._here) and self._settling is None:
            self._settling = self._loop.call_later(self._settle_s, self._settled)

    def _settled(self) -> None:
        self._settling = None
        self._changed()
