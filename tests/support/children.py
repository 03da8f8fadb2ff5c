"""The processes that this one has started and that have not ended."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Entry(ctypes.Structure):
        """Microsoft Learn: "PROCESSENTRY32W structure"."""

        _fields_ = (
            ("size", wintypes.DWORD),
            ("usage", wintypes.DWORD),
            ("pid", wintypes.DWORD),
            ("heap", ctypes.c_void_p),
            ("module", wintypes.DWORD),
            ("threads", wintypes.DWORD),
            ("parent", wintypes.DWORD),
            ("priority", wintypes.LONG),
            ("flags", wintypes.DWORD),
            ("name", wintypes.WCHAR * 260),
        )

    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel32.CreateToolhelp32Snapshot.restype = wintypes.HANDLE
    for _next in (_kernel32.Process32FirstW, _kernel32.Process32NextW):
        _next.argtypes = (wintypes.HANDLE, ctypes.POINTER(_Entry))
    _kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)
    _PROCESSES = 2

    def children() -> list[int]:
        """Every child of this process."""
        snapshot = _kernel32.CreateToolhelp32Snapshot(_PROCESSES, 0)
        entry, found = _Entry(size=ctypes.sizeof(_Entry)), []
        more = _kernel32.Process32FirstW(snapshot, ctypes.byref(entry))
        while more:
            if entry.parent == os.getpid():
                found.append(entry.pid)
            more = _kernel32.Process32NextW(snapshot, ctypes.byref(entry))
        _kernel32.CloseHandle(snapshot)
        return found

else:

    def children() -> list[int]:
        """Every child of this process, zombies included."""
        return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
