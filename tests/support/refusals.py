"""What each system says when a file is a folder, or a folder a file."""

from __future__ import annotations

import ctypes
import errno
import os
import sys


def _said(posix: int, windows: int) -> str:
    if sys.platform == "win32":
        return ctypes.FormatError(windows).strip().rstrip(".")
    return os.strerror(posix)


A_FOLDER = os.strerror(errno.EACCES if sys.platform == "win32" else errno.EISDIR)
"""A folder was opened as a file."""

UNLINKING_A_FOLDER = _said(errno.EISDIR, 5)
"""A folder was deleted as a file."""

A_FILE_ALREADY = _said(errno.EEXIST, 183)
"""A folder was to be made where a file is."""

INSIDE_A_FILE = _said(errno.ENOTDIR, 183)
"""A folder was to be made inside what is a file."""
