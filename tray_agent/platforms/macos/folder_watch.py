"""Tells when something in a folder changed, by kqueue: nothing runs while nothing happens.

A folder's own event tells of files that come, go and change places, as when an editor puts a new one in the
old one's stead; of what is written into a file only that file's event tells, so files are watched as well.
The folder may be missing, deleted or replaced meanwhile: then its nearest existing ancestor is watched until
it is back.  Source: the manual page kqueue(2), EVFILT_VNODE; O_EVTONLY in open(2).
"""

from __future__ import annotations

import os
import select
from collections.abc import Callable, Iterator
from pathlib import Path

from tray_agent.ports import Loop, Timer, Unavailable

_SETTLE_S = 0.1
_MOST_FILES = 64
"""A folder of settings has a handful; more would only cost descriptors."""
_MOST_EVENTS = 64
_MOST_ATTEMPTS = 8
"""At a folder that changes all the time, or a system that has no descriptor left."""


class FolderWatch:
    """Calls `changed` soon after something in `folder` was written, moved or deleted.

    A burst of changes, as when an editor saves, is one call.  Raises `Unavailable` where nothing can be
    watched.
    """

    def __init__(self, loop: Loop, folder: Path, changed: Callable[[], object]) -> None:
        self._loop = loop
        self._folder = folder
        self._changed = changed
        self._watched: list[int] = []
        self._here = False
        self._settling: Timer | None = None
        try:
            self._queue = select.kqueue()
        except OSError as error:
            raise Unavailable(f"kqueue: {error.strerror}") from None
        self._closed = False
        if not self._arm():
            self._queue.close()
            raise Unavailable(f"{folder} cannot be watched")
        loop.watch(self._queue.fileno(), self._read)

    def close(self) -> None:
        """Stop watching; safe to call twice."""
        if self._settling is not None:
            self._settling.cancel()
        if not self._closed:
            self._closed = True
            self._loop.unwatch(self._queue.fileno())
            self._let_go()
            self._queue.close()

    def _arm(self) -> bool:
        """Watch the folder with its files, or the nearest of its ancestors that exists."""
        for _ in range(_MOST_ATTEMPTS):
            self._let_go()
            nearest = self._nearest()
            self._here = nearest == self._folder
            # The folder first: what is written into it from here on tells.
            watching = nearest is not None and self._add(nearest)
            for file in self._files() if self._here else ():
                self._add(file)
            # Once more where something appeared or went before this was set: that has told nobody.
            if watching and self._nearest() == nearest:
                return True
        self._let_go()
        return False

    def _nearest(self) -> Path | None:
        folders = (self._folder, *self._folder.parents)
        return next((folder for folder in folders if folder.is_dir() and os.access(folder, os.R_OK)), None)

    def _files(self) -> Iterator[Path]:
        try:
            with os.scandir(self._folder) as found:
                for _, entry in zip(range(_MOST_FILES), found, strict=False):
                    if entry.is_file():
                        yield Path(entry.path)
        except OSError:
            pass  # it went just now, which its own event tells

    def _add(self, path: Path) -> bool:
        try:
            # A descriptor that only hears does not keep a disk from being ejected.
            fd = os.open(path, os.O_EVTONLY)
        except OSError:
            return False
        self._watched.append(fd)
        change = select.kevent(
            fd,
            filter=select.KQ_FILTER_VNODE,
            flags=select.KQ_EV_ADD | select.KQ_EV_CLEAR,
            fflags=select.KQ_NOTE_WRITE
            | select.KQ_NOTE_EXTEND
            | select.KQ_NOTE_DELETE
            | select.KQ_NOTE_RENAME,
        )
        self._queue.control([change], 0, 0)
        return True

    def _let_go(self) -> None:
        """Nothing tells of a descriptor that is closed."""
        for fd in self._watched:
            os.close(fd)
        self._watched.clear()

    def _read(self) -> None:
        if not self._queue.control(None, _MOST_EVENTS, 0):
            return
        was_here = self._here
        self._arm()
        if (was_here or self._here) and self._settling is None:
            self._settling = self._loop.call_later(_SETTLE_S, self._settled)

    def _settled(self) -> None:
        self._settling = None
        self._changed()
