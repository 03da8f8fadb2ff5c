"""Writing to somebody who may have stopped reading."""

from __future__ import annotations

import errno
import sys


def reader_left(error: OSError) -> bool:
    """Whether a write failed only because nobody reads any more.

    Windows says so by `ERROR_NO_DATA`, which its C library passes on as an invalid argument.
    """
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL)
