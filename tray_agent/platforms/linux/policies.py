"""Policies of this machine: JSON files in /etc/tray-agent/policies that only root can have written.

`managed/*.json` are mandatory, `recommended/*.json` are where people start from; each folder is read in
the order of its names, so that a later file wins.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from tray_agent.platforms.linux.inotify import FolderWatch
from tray_agent.platforms.policy_file import policies
from tray_agent.ports import Loop, Policy, PolicyTrouble, Unavailable
from tray_agent.shell.words import _

ROOT = Path("/etc/tray-agent/policies")
FOLDERS = {"managed": True, "recommended": False}
"""Each folder, and whether what stands there is mandatory."""

_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
_LONGEST = 1 << 20


class PolicyFolders:
    """Keeps `ports.Policies` by the files below `root`, trusted where `owner` alone can write."""

    def __init__(self, root: Path = ROOT, owner: int = 0) -> None:
        self._root = root
        self._owner = owner

    def read(self) -> Iterator[Policy | PolicyTrouble]:
        """All that stands there now."""
        for name, mandatory in FOLDERS.items():
            folder = self._root / name
            try:
                files = sorted(each for each in folder.iterdir() if each.suffix == ".json")
            except FileNotFoundError:
                continue
            except OSError as error:
                yield PolicyTrouble(str(folder), _unreadable(error))
                continue
            for file in files:
                yield from self._of(file, mandatory=mandatory)

    def watch(self, loop: Loop, changed: Callable[[], object]) -> Callable[[], object]:
        """Call `changed` when a file was written, added or removed."""
        watches: list[FolderWatch] = []
        for name in FOLDERS:
            try:
                watches.append(FolderWatch(loop, self._root / name, changed))
            except Unavailable:
                for watch in watches:
                    watch.close()
                raise

        def close() -> None:
            for watch in watches:
                watch.close()

        return close

    def _of(self, file: Path, *, mandatory: bool) -> Iterator[Policy | PolicyTrouble]:
        try:
            text = self._trusted(file)
        except OSError as error:
            yield PolicyTrouble(str(file), _unreadable(error))
        except _Untrusted as why:
            yield PolicyTrouble(str(file), str(why))
        else:
            yield from policies(text, str(file), mandatory=mandatory)

    def _trusted(self, file: Path) -> bytes:
        for folder in (file.parent, self._root):
            self._check(folder, folder.stat())
        descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as opened:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise _Untrusted(_("it is no file"))
            self._check(file, found)
            text = opened.read(_LONGEST + 1)
        if len(text) > _LONGEST:
            raise _Untrusted(_("it is longer than a megabyte"))
        return text

    def _check(self, path: Path, found: os.stat_result) -> None:
        if found.st_uid != self._owner or found.st_mode & _OTHERS_MAY_WRITE:
            raise _Untrusted(
                _("not obeyed: {path} must belong to root and be written by nobody else").format(path=path)
            )


class _Untrusted(Exception):
    """A file that nobody need obey; as a `str` one sentence."""


def _unreadable(error: OSError) -> str:
    return _("the file cannot be read: {why}").format(why=error.strerror)
