"""Files that are either wholly the old ones or wholly the new ones, whatever happens in between."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

_READERS_MAY_TAKE_S = 0.4
"""The agent waits no longer than this; what could not be written is written later."""


def write(path: Path, content: bytes) -> None:
    """Replace the file with this content, readable by its owner alone.

    A link is followed, so that a file kept elsewhere stays there; a folder that is missing is made.
    Raises `OSError`, which names this file, and leaves the old one untouched when the new one cannot
    be written whole.
    """
    target = path.resolve()
    fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_durably(fresh, content)
        _replace(fresh, target)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        raise OSError(error.errno, error.strerror, str(target)) from error
    _sync_folder(target.parent)


def set_aside(path: Path) -> Path:
    """Rename a file that cannot be read to `<name>.bad`, over an older one; returns the new path."""
    return path.replace(path.with_name(path.name + ".bad"))


def _write_durably(path: Path, content: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _replace(fresh: Path, target: Path) -> None:
    """Put the new file in the place of the old one.

    On Windows nobody can while a reader, a backup or a virus scanner has the old one open; it is
    soon closed again.
    """
    give_up = time.monotonic() + _READERS_MAY_TAKE_S
    while True:
        try:
            fresh.replace(target)
            return
        except PermissionError:
            if sys.platform != "win32" or target.is_dir() or time.monotonic() >= give_up:
                raise
        time.sleep(_READERS_MAY_TAKE_S / 20)


def _sync_folder(folder: Path) -> None:
    # Without this a power cut could undo the rename; some systems cannot open folders at all.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
