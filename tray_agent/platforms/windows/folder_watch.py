"""Tells when something in a folder changed: a thread waits for Windows to say so.

The folder may be missing, deleted or replaced meanwhile, so the nearest folder above it is watched as
well, for folders that come and go.  Source: Microsoft Learn, "FindFirstChangeNotificationW".
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes
from pathlib import Path
from threading import Thread

from tray_agent.platforms.windows.pipe_end import Signal, wait
from tray_agent.ports import Loop, Timer, Unavailable

assert sys.platform == "win32"

_FILE_NAME = 0x001
_DIR_NAME = 0x002
_SIZE = 0x008
_LAST_WRITE = 0x010
_IN_FOLDER = _FILE_NAME | _SIZE | _LAST_WRITE

_SETTLE_S = 0.1
_LEAVE_S = 1.0
_INVALID_HANDLE = ctypes.c_void_p(-1).value

_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.FindFirstChangeNotificationW.argtypes = (wintypes.LPCWSTR, wintypes.BOOL, wintypes.DWORD)
_kernel32.FindFirstChangeNotificationW.restype = wintypes.HANDLE
_kernel32.FindNextChangeNotification.argtypes = (wintypes.HANDLE,)
_kernel32.FindNextChangeNotification.restype = wintypes.BOOL
_kernel32.FindCloseChangeNotification.argtypes = (wintypes.HANDLE,)
_kernel32.FindCloseChangeNotification.restype = wintypes.BOOL


class FolderWatch:
    """Calls `changed` soon after something in `folder` was written, moved or deleted.

    A burst of changes, as when an editor saves, is one call.  Raises `Unavailable` where nothing can
    be watched.
    """

    def __init__(self, loop: Loop, folder: Path, changed: Callable[[], object]) -> None:
        self._loop, self._folder, self._changed = loop, folder, changed
        self._settling: Timer | None = None
        self._closed = False
        self._stop = Signal()
        self._found: int | None = None
        self._handles: list[int] = []
        self._arm()
        if not self._handles:
            self._stop.close()
            raise Unavailable(f"{folder} cannot be watched")
        self._thread = Thread(target=self._wait, name="folder watch", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop watching; safe to call twice."""
        self._closed = True
        if self._settling is not None:
            self._settling.cancel()
        self._stop.give()
        self._thread.join(_LEAVE_S)

    def _wait(self) -> None:
        """On a thread of its own, until told to stop."""
        while first := wait(None, self._stop.handle, *self._handles):
            before = self._found
            # What happened above says that another folder may be the nearest now.
            if first == 1 or not _kernel32.FindNextChangeNotification(self._handles[1]):
                self._arm()
            if before is not None or self._found is not None:
                self._loop.call_soon(self._noticed)
        self._let_go()

    def _arm(self) -> None:
        """Watch the nearest folder above and the folder itself; once more if they changed meanwhile."""
        while True:
            self._let_go()
            self._found, above = seen = self._look()
            wanted = ((above, _DIR_NAME), (None if self._found is None else self._folder, _IN_FOLDER))
            opened = [_watched(folder, what) for folder, what in wanted if folder is not None]
            self._handles = [handle for handle in opened if handle != _INVALID_HANDLE]
            if self._look() == seen:
                return

    def _look(self) -> tuple[int | None, Path | None]:
        """What tells the folder from another of its name, None while there is none; and the nearest above."""
        above = next((each for each in self._folder.parents if each.is_dir()), None)
        try:
            return self._folder.stat().st_ino, above
        except OSError:
            return None, above

    def _let_go(self) -> None:
        for handle in self._handles:
            _kernel32.FindCloseChangeNotification(handle)
        self._handles = []

    def _noticed(self) -> None:
        if self._settling is None and not self._closed:
            self._settling = self._loop.call_later(_SETTLE_S, self._settled)

    def _settled(self) -> None:
        self._settling = None
        self._changed()


def _watched(folder: Path, what: int) -> int:
    handle: int = _kernel32.FindFirstChangeNotificationW(str(folder), False, what)
    return handle
