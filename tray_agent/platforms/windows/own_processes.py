"""Whether a process is the agent itself, or one that it has started, asked of the system and not of names.

Between the agent and its window may stand the small program with which a virtual environment starts
Python, so the line of parents is followed for a few steps.  A parent is known by its number alone, which
Windows gives away again: a true one began before its child.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, byref, c_long, c_size_t, c_ulong, c_void_p, wintypes

assert sys.platform == "win32"

STEPS = 4
"""The agent, a starter of Python, a window, and one to spare."""

_QUERY_LIMITED = 0x1000
_BASIC_INFORMATION = 0


class _Basics(ctypes.Structure):
    """PROCESS_BASIC_INFORMATION"""

    _fields_ = (
        ("exit_status", c_size_t),
        ("peb", c_void_p),
        ("affinity", c_size_t),
        ("priority", c_size_t),
        ("number", c_size_t),
        ("parent", c_size_t),
    )


_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
_kernel32.OpenProcess.restype = wintypes.HANDLE
_kernel32.GetProcessTimes.argtypes = (wintypes.HANDLE, *[POINTER(wintypes.FILETIME)] * 4)
_kernel32.GetProcessTimes.restype = wintypes.BOOL
_kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)
_kernel32.CloseHandle.restype = wintypes.BOOL

_ntdll = ctypes.WinDLL("ntdll")
_ntdll.NtQueryInformationProcess.argtypes = (wintypes.HANDLE, c_long, c_void_p, c_ulong, POINTER(c_ulong))
_ntdll.NtQueryInformationProcess.restype = c_long


def is_ours(process: int) -> bool:
    """Whether it is this process or comes from it; no of one that may not be looked at."""
    us = os.getpid()
    for _ in range(STEPS):
        if process == us:
            return True
        parent = _parent(process)
        if not parent:
            return False
        process = parent
    return False


def _parent(process: int) -> int | None:
    with _opened(process) as child:
        basics = _Basics()
        if not child or _ntdll.NtQueryInformationProcess(
            child, _BASIC_INFORMATION, byref(basics), ctypes.sizeof(basics), None
        ):
            return None
        with _opened(basics.parent) as parent:
            begun, after = _begun(parent), _begun(child)
    return int(basics.parent) if begun is not None and after is not None and begun <= after else None


@contextmanager
def _opened(process: int) -> Iterator[int | None]:
    handle: int | None = _kernel32.OpenProcess(_QUERY_LIMITED, False, process)
    try:
        yield handle
    finally:
        if handle:
            _kernel32.CloseHandle(handle)


def _begun(handle: int | None) -> int | None:
    """When a process began, in steps of 100 ns."""
    begun, *others = (wintypes.FILETIME() for _ in range(4))
    if not handle or not _kernel32.GetProcessTimes(handle, byref(begun), *map(byref, others)):
        return None
    return int(begun.dwHighDateTime << 32 | begun.dwLowDateTime)
