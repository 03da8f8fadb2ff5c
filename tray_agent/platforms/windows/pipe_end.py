"""One end of a named pipe, read and written with a time limit.

Every operation is overlapped, so that a thread that waits for the other end can be called off.
Sources: Microsoft Learn, "Synchronous and Overlapped Input and Output", "CancelIoEx".
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

assert sys.platform == "win32"

_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)

_BROKEN_PIPE = 109
_NO_DATA = 232
_NOT_CONNECTED = 233
_PIPE_CONNECTED = 535
_OPERATION_ABORTED = 995
_IO_PENDING = 997
_FOREVER = 0xFFFFFFFF
_AT_ONCE = 64 * 1024

HUNG_UP = {_BROKEN_PIPE, _NO_DATA, _NOT_CONNECTED}


class _Overlapped(ctypes.Structure):
    _fields_ = (
        ("internal", ctypes.c_size_t),
        ("internal_high", ctypes.c_size_t),
        ("offset", wintypes.DWORD),
        ("offset_high", wintypes.DWORD),
        ("event", wintypes.HANDLE),
    )


_overlapped = ctypes.POINTER(_Overlapped)
_dword_out = ctypes.POINTER(wintypes.DWORD)
_kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)
_kernel32.CloseHandle.restype = wintypes.BOOL
_kernel32.CreateEventW.argtypes = (wintypes.LPVOID, wintypes.BOOL, wintypes.BOOL, wintypes.LPCWSTR)
_kernel32.CreateEventW.restype = wintypes.HANDLE
_kernel32.SetEvent.argtypes = (wintypes.HANDLE,)
_kernel32.SetEvent.restype = wintypes.BOOL
_kernel32.WaitForMultipleObjects.argtypes = (
    wintypes.DWORD,
    ctypes.POINTER(wintypes.HANDLE),
    wintypes.BOOL,
    wintypes.DWORD,
)
_kernel32.WaitForMultipleObjects.restype = wintypes.DWORD
_kernel32.ConnectNamedPipe.argtypes = (wintypes.HANDLE, _overlapped)
_kernel32.ConnectNamedPipe.restype = wintypes.BOOL
_kernel32.DisconnectNamedPipe.argtypes = (wintypes.HANDLE,)
_kernel32.DisconnectNamedPipe.restype = wintypes.BOOL
for _transfer in (_kernel32.ReadFile, _kernel32.WriteFile):
    _transfer.argtypes = (wintypes.HANDLE, wintypes.LPVOID, wintypes.DWORD, wintypes.LPVOID, _overlapped)
    _transfer.restype = wintypes.BOOL
_kernel32.CancelIoEx.argtypes = (wintypes.HANDLE, _overlapped)
_kernel32.CancelIoEx.restype = wintypes.BOOL
_kernel32.GetOverlappedResult.argtypes = (wintypes.HANDLE, _overlapped, _dword_out, wintypes.BOOL)
_kernel32.GetOverlappedResult.restype = wintypes.BOOL


class Signal:
    """Something that can be said once and for all to every thread that waits."""

    def __init__(self) -> None:
        self.handle: int = _kernel32.CreateEventW(None, True, False, None)
        if not self.handle:
            raise ctypes.WinError(ctypes.get_last_error())

    def give(self) -> None:
        """Wake all who wait."""
        _kernel32.SetEvent(self.handle)

    def close(self) -> None:
        """Let go of it; nobody may wait any more."""
        _kernel32.CloseHandle(self.handle)


def wait(seconds: float | None, *handles: int) -> int | None:
    """Which of the handles came first, the first of several; None when none did in time."""
    listed = (wintypes.HANDLE * len(handles))(*handles)
    limit = _FOREVER if seconds is None else max(0, round(seconds * 1000))
    first: int = _kernel32.WaitForMultipleObjects(len(handles), listed, False, limit)
    return first if first < len(handles) else None


class PipeEnd:
    """Owns `handle`; waits end early once `stop` was given.  For one thread at a time."""

    def __init__(self, handle: int, stop: Signal | None = None) -> None:
        self.handle = handle
        self._stop = () if stop is None else (stop.handle,)
        self._done = Signal()

    def connected(self) -> bool:
        """Wait until somebody opens the other end; False when told to stop.

        Who has left already was there all the same: reading will tell.  Raises `OSError`.
        """
        pending = self._operation()
        begun = _kernel32.ConnectNamedPipe(self.handle, ctypes.byref(pending))
        if not begun and ctypes.get_last_error() in (_PIPE_CONNECTED, _NO_DATA):
            return True
        try:
            self._finish(begun, pending, None)
        except TimeoutError:
            return False
        return True

    def disconnect(self) -> None:
        """Turn whoever is at the other end away; another may come."""
        _kernel32.DisconnectNamedPipe(self.handle)

    def read(self, seconds: float) -> bytes:
        """What has come, at least a byte; nothing when the other end hung up.

        Raises `TimeoutError` when nothing came in time, or when told to stop; else `OSError`.
        """
        pending = self._operation()
        into = ctypes.create_string_buffer(_AT_ONCE)
        begun = _kernel32.ReadFile(self.handle, into, _AT_ONCE, None, ctypes.byref(pending))
        try:
            moved = self._finish(begun, pending, seconds)
        except OSError as error:
            if error.winerror in HUNG_UP:
                return b""
            raise
        return into.raw[:moved]

    def write(self, content: bytes, seconds: float) -> None:
        """Hand over all of it; raises `TimeoutError` as above, `BrokenPipeError` or another `OSError`."""
        pending = self._operation()
        begun = _kernel32.WriteFile(self.handle, content, len(content), None, ctypes.byref(pending))
        self._finish(begun, pending, seconds)

    def close(self) -> None:
        """Hang up; what was written can still be read.  Safe to call twice."""
        if self.handle:
            _kernel32.CloseHandle(self.handle)
            self._done.close()
            self.handle = 0

    def _operation(self) -> _Overlapped:
        return _Overlapped(event=self._done.handle)

    def _finish(self, begun: int, pending: _Overlapped, seconds: float | None) -> int:
        """Wait for the operation; returns how many bytes it moved.

        The memory it works on belongs to the system until it has ended, one way or the other.
        """
        if not begun and ctypes.get_last_error() != _IO_PENDING:
            raise ctypes.WinError(ctypes.get_last_error())
        if wait(seconds, self._done.handle, *self._stop) != 0:
            _kernel32.CancelIoEx(self.handle, ctypes.byref(pending))
        moved = wintypes.DWORD()
        if _kernel32.GetOverlappedResult(self.handle, ctypes.byref(pending), ctypes.byref(moved), True):
            return moved.value
        if ctypes.get_last_error() == _OPERATION_ABORTED:
            raise TimeoutError("the other end took too long")
        raise ctypes.WinError(ctypes.get_last_error())
