"""The languages this person has chosen for Windows' own sentences (Microsoft Learn,
"GetUserPreferredUILanguages").

They are no matter of the region, whose language is that of dates and numbers.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

assert sys.platform == "win32"

MUI_LANGUAGE_NAME = 0x8
"""By names, such as `de-DE`, instead of numbers."""

_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.GetUserPreferredUILanguages.argtypes = (
    wintypes.DWORD,
    ctypes.POINTER(wintypes.ULONG),
    ctypes.c_void_p,
    ctypes.POINTER(wintypes.ULONG),
)
_kernel32.GetUserPreferredUILanguages.restype = wintypes.BOOL


def preferred() -> tuple[str, ...]:
    """Their names, the dearest first; none where Windows does not tell.  Costs microseconds."""
    count, size = wintypes.ULONG(), wintypes.ULONG()
    if not _ask(count, None, size):
        return ()
    names = ctypes.create_unicode_buffer(size.value)
    if not _ask(count, names, size):
        return ()
    # One after the other, each with a zero behind it; behind the last are two.
    return tuple(name for name in "".join(names).split("\0") if name)


def _ask(count: wintypes.ULONG, names: ctypes.Array[ctypes.c_wchar] | None, size: wintypes.ULONG) -> bool:
    asked = _kernel32.GetUserPreferredUILanguages(
        MUI_LANGUAGE_NAME, ctypes.byref(count), names, ctypes.byref(size)
    )
    return bool(asked)
