"""`select.kqueue` for files, over inotify: real files give the events that a Mac would give.

In a folder only what comes, goes and changes places is an event; what is written into a file only its own
descriptor tells; a descriptor that is closed tells nothing.
"""

from __future__ import annotations

import ctypes
import os
import select
import stat
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

NONBLOCK, CLOEXEC = 0o4000, 0o2000000
MODIFY, ATTRIB, MOVED_FROM, MOVED_TO, CREATE, DELETE, DELETE_SELF, MOVE_SELF = (
    0x002,
    0x004,
    0x040,
    0x080,
    0x100,
    0x200,
    0x400,
    0x800,
)
IN_FOLDER = MOVED_FROM | MOVED_TO | CREATE | DELETE | DELETE_SELF | MOVE_SELF
IN_FILE = MODIFY | ATTRIB | DELETE_SELF | MOVE_SELF
FILTER_VNODE = -4
NOTE_DELETE, NOTE_WRITE, NOTE_EXTEND, NOTE_RENAME = 0x01, 0x02, 0x04, 0x20
HEADER = struct.Struct("iIII")

libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Kevent:
    ident: int
    filter: int
    flags: int
    fflags: int = 0


class Kqueue:
    """Keeps which descriptor, of which inode, each of inotify's watches is for."""

    def __init__(self) -> None:
        self._fd: int = libc.inotify_init1(NONBLOCK | CLOEXEC)
        if self._fd < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        self._wanted: dict[int, tuple[int, int, int]] = {}
        self._above: dict[int, tuple[str, int]] = {}

    def fileno(self) -> int:
        return self._fd

    def close(self) -> None:
        os.close(self._fd)

    def control(self, changes: Iterable[Kevent] | None, most: int, timeout: float | None) -> list[Kevent]:
        assert timeout == 0
        for change in changes or ():
            assert change.filter == FILTER_VNODE
            found = os.fstat(change.ident)
            mask = IN_FOLDER if stat.S_ISDIR(found.st_mode) else IN_FILE
            watch: int = libc.inotify_add_watch(self._fd, f"/proc/self/fd/{change.ident}".encode(), mask)
            assert watch >= 0
            self._wanted[watch] = change.ident, found.st_ino, change.fflags
            self._watch_above(watch, found.st_mode)
        return self._events()[:most] if most else []

    def _watch_above(self, watch: int, mode: int) -> None:
        """Inotify tells of a folder's end only when nobody holds it, but tells its parent at once."""
        path = Path(f"/proc/self/fd/{self._wanted[watch][0]}").readlink()
        if stat.S_ISDIR(mode) and path != path.parent:
            above: int = libc.inotify_add_watch(self._fd, os.fsencode(path.parent), DELETE)
            self._above[above] = path.name, watch

    def _events(self) -> list[Kevent]:
        try:
            content = os.read(self._fd, 1 << 16)
        except BlockingIOError:
            return []
        found: dict[int, int] = {}
        while content:
            watch, mask, _cookie, length = HEADER.unpack_from(content)
            name = content[HEADER.size : HEADER.size + length].rstrip(b"\0").decode()
            content = content[HEADER.size + length :]
            if watch in self._above and name == self._above[watch][0] and mask & DELETE:
                watch, mask = self._above[watch][1], DELETE_SELF
            ident, inode, wanted = self._wanted.get(watch, (-1, -1, 0))
            if notes := _notes(ident, inode, mask) & wanted:
                found[ident] = found.get(ident, 0) | notes
        return [Kevent(ident, FILTER_VNODE, 0, notes) for ident, notes in found.items()]


def _notes(ident: int, inode: int, mask: int) -> int:
    try:
        now = os.fstat(ident)
    except OSError:
        return 0
    if now.st_ino != inode:
        return 0
    notes = 0
    if mask & (MODIFY | MOVED_FROM | MOVED_TO | CREATE | DELETE):
        notes |= NOTE_WRITE
    if mask & MOVE_SELF:
        notes |= NOTE_RENAME
    if mask & DELETE_SELF or (mask & ATTRIB and now.st_nlink == 0):
        notes |= NOTE_DELETE
    return notes


def put_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give `select` and `os` what they have on a Mac."""
    names: dict[str, Any] = vars(
        SimpleNamespace(
            kqueue=Kqueue,
            kevent=Kevent,
            KQ_FILTER_VNODE=FILTER_VNODE,
            KQ_EV_ADD=1,
            KQ_EV_CLEAR=0x20,
            KQ_NOTE_DELETE=NOTE_DELETE,
            KQ_NOTE_WRITE=NOTE_WRITE,
            KQ_NOTE_EXTEND=NOTE_EXTEND,
            KQ_NOTE_RENAME=NOTE_RENAME,
        )
    )
    for name, value in names.items():
        monkeypatch.setattr(select, name, value, raising=False)
    monkeypatch.setattr(os, "O_EVTONLY", os.O_RDONLY, raising=False)
