"""Somebody at a Windows keyboard and mouse, by SendInput; and memory that nobody may read."""

from __future__ import annotations

import ctypes
import itertools
import sys
from ctypes import wintypes

assert sys.platform == "win32"

MOUSE, KEYBOARD = 0, 1
WHEEL, KEY_UP = 0x0800, 0x0002
F15 = 0x7E
"""A key that writes nothing."""
MEM_COMMIT, PAGE_NOACCESS = 0x1000, 0x01

_there_and_back = itertools.cycle((120, -120))


class _Mouse(ctypes.Structure):
    _fields_ = (
        ("dx", wintypes.LONG),
        ("dy", wintypes.LONG),
        ("data", wintypes.DWORD),
        ("flags", wintypes.DWORD),
        ("time", wintypes.DWORD),
        ("extra", ctypes.c_void_p),
    )


class _Key(ctypes.Structure):
    _fields_ = (
        ("code", wintypes.WORD),
        ("scan", wintypes.WORD),
        ("flags", wintypes.DWORD),
        ("time", wintypes.DWORD),
        ("extra", ctypes.c_void_p),
    )


class _Either(ctypes.Union):
    _fields_ = (("mouse", _Mouse), ("key", _Key))


class _Input(ctypes.Structure):
    _fields_ = (("kind", wintypes.DWORD), ("what", _Either))


_user32 = ctypes.WinDLL("user32", use_last_error=True)
_user32.SendInput.argtypes = (wintypes.UINT, ctypes.POINTER(_Input), ctypes.c_int)
_user32.SendInput.restype = wintypes.UINT
_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.VirtualAlloc.argtypes = (ctypes.c_void_p, ctypes.c_size_t, wintypes.DWORD, wintypes.DWORD)
_kernel32.VirtualAlloc.restype = ctypes.c_void_p


def scroll(stamp: int = 0) -> None:
    """Turn the wheel by a notch; `stamp` is the tick the event is to bear, 0 for the true one.

    A push would come twice under Wine: the pointer it moves on the X display tells of itself.
    """
    notch = next(_there_and_back) & 0xFFFFFFFF
    _send(_Input(MOUSE, _Either(mouse=_Mouse(0, 0, notch, WHEEL, stamp, None))))


def press_key() -> None:
    """Press a key and let it go."""
    for flags in (0, KEY_UP):
        _send(_Input(KEYBOARD, _Either(key=_Key(F15, 0, flags, 0, None))))


def unreadable() -> int:
    """The address of memory whose reading is a fault."""
    return int(_kernel32.VirtualAlloc(None, 4096, MEM_COMMIT, PAGE_NOACCESS))


def _send(event: _Input) -> None:
    if _user32.SendInput(1, ctypes.byref(event), ctypes.sizeof(_Input)) != 1:
        raise ctypes.WinError(ctypes.get_last_error())
