"""Tells when something below a key of the registry was written: a thread waits for Windows to say so.

A key may be missing: then the nearest above it is watched until it is there.  Source: Microsoft Learn,
"RegNotifyChangeKeyValue function".
"""

from __future__ import annotations

import ctypes
import sys
import winreg
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from ctypes import wintypes
from threading import Event, Thread

from tray_agent.platforms.windows.pipe_end import Signal, wait
from tray_agent.ports import Loop, Timer

assert sys.platform == "win32"

SETTLE_S = 1.0
"""Policies are written one by one: they lead to one call."""

_NAMES, _VALUES = 0x1, 0x4
_LEAVE_S = 1.0

_advapi32 = ctypes.WinDLL("advapi32")
_advapi32.RegNotifyChangeKeyValue.argtypes = (
    wintypes.HKEY,
    wintypes.BOOL,
    wintypes.DWORD,
    wintypes.HANDLE,
    wintypes.BOOL,
)
_advapi32.RegNotifyChangeKeyValue.restype = wintypes.LONG

Key = tuple[int, str]
"""A hive and a path in it."""


class RegistryWatch:
    """Calls `changed` on the loop soon after something at or below one of the keys was written."""

    def __init__(self, loop: Loop, keys: Sequence[Key], changed: Callable[[], object]) -> None:
        self._loop, self._keys, self._changed = loop, keys, changed
        self._settling: Timer | None = None
        self._closed = False
        self._stop = Signal()
        self._armed = Event()
        self._thread = Thread(target=self._wait, name="registry watch", daemon=True)
        self._thread.start()
        # What is written after this line is not missed.
        self._armed.wait(_LEAVE_S)

    def close(self) -> None:
        """Stop watching; safe to call twice."""
        self._closed = True
        if self._settling is not None:
            self._settling.cancel()
        self._stop.give()
        self._thread.join(_LEAVE_S)

    def _wait(self) -> None:
        stirred = False
        while True:
            with ExitStack() as held:
                signals = [_armed(held, *key) for key in self._keys]
                self._armed.set()
                if stirred:  # told only now, when nothing that is written from here on can be missed
                    self._loop.call_soon(self._noticed)
                if wait(None, self._stop.handle, *(signal.handle for signal in signals)) == 0:
                    return
                stirred = True

    def _noticed(self) -> None:
        if self._settling is None and not self._closed:
            self._settling = self._loop.call_later(SETTLE_S, self._settled)

    def _settled(self) -> None:
        self._settling = None
        self._changed()


def _armed(held: ExitStack, hive: int, path: str) -> Signal:
    """What is given at the next change of the key, or at the next key within the nearest above it."""
    signal = Signal()
    held.callback(signal.close)
    for nearest in _upwards(path):
        try:
            key = winreg.OpenKey(hive, nearest, 0, winreg.KEY_NOTIFY | winreg.KEY_WOW64_64KEY)
        except OSError:
            continue
        held.enter_context(key)
        with suppress(OSError):  # the others are watched all the same
            signal_change(key, signal.handle, whole=nearest == path)
        break
    return signal


def signal_change(key: winreg.HKEYType, event: int, *, whole: bool) -> None:
    """Have the event given at the next change: of `whole`, any value below the key, else a key in it.

    It must be asked for before one reads, so that no change is missed.  Raises `OSError`.
    """
    what = _NAMES | _VALUES if whole else _NAMES
    refused: int = _advapi32.RegNotifyChangeKeyValue(int(key), whole, what, event, True)
    if refused:
        raise ctypes.WinError(refused)


def _upwards(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("\\")[0]
    yield ""
