"""Becoming the new program when a package manager, or pip, replaces the one that runs.

What has not been imported by then can be imported no more: its file belongs to another release.  So the
agent leaves at the first sign of it, which comes before the program itself changes, since package
managers write each new file beside the old one first; and goes on as the new program, in the same process
and session, once that is whole (execve(2), inotify(7)).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from tray_agent.platforms.linux.inotify import FolderWatch
from tray_agent.platforms.own_command import UNASKED
from tray_agent.ports import Loop, Timer

QUIET_S = 2.0
"""Nothing has changed for so long: what replaces the program is through."""
GIVEN_UP_S = 60.0
"""The same while the program is still the old one, or none; a full disk may have ended it."""

_PACKAGE = Path(__file__).resolve().parents[2]
_INSTALLED = ("site-packages", "dist-packages")
# What a frozen program must be told, or it takes itself for a part of the one before
# (PyInstaller, "Independent subprocess spawned from frozen application").
_ANEW = {"PYINSTALLER_RESET_ENVIRONMENT": "1"}


class Renewal:
    """Watches the folder of `program`; calls `turned` when a renewal begins, and again when it is over.

    Raises `Unavailable` where the system has no watch left.
    """

    def __init__(self, loop: Loop, program: Path, turned: Callable[[], object]) -> None:
        self._loop, self.program, self._turned = loop, program, turned
        self._before = _stamp(program)
        self._quiet: Timer | None = None
        self._over = False
        self._watch = FolderWatch(loop, program.parent, self._changed, settle_s=0.0)

    @property
    def begun(self) -> bool:
        """Whether the program is being replaced, or was."""
        return self._quiet is not None

    def become(self) -> None:
        """Be the program that is there now, called as this one was.

        Returns where there is none, or the renewal is not over because somebody wants the agent to end.
        """
        self._watch.close()
        if self._over and self.program.exists():
            command = [sys.executable, *sys.orig_argv[1:]]
            if UNASKED not in command:
                command.append(UNASKED)
            os.execve(command[0], command, {**os.environ, **_ANEW})  # noqa: S606 - a shell is not wanted

    def _changed(self) -> None:
        begins = self._quiet is None
        if self._quiet is not None:
            self._quiet.cancel()
        renewed = _stamp(self.program) not in (None, self._before)
        self._quiet = self._loop.call_later(QUIET_S if renewed else GIVEN_UP_S, self._ends)
        if begins:
            self._turned()

    def _ends(self) -> None:
        self._over = True
        self._turned()


def renewal(loop: Loop, turned: Callable[[], object]) -> Renewal | None:
    """The one of this program; None where it was not installed and its files change under their author."""
    if getattr(sys, "frozen", False):
        return Renewal(loop, Path(sys.executable).resolve(), turned)
    installed = _PACKAGE.parent.name in _INSTALLED
    return Renewal(loop, _PACKAGE / "__init__.py", turned) if installed else None


def _stamp(file: Path) -> tuple[int, int] | None:
    """What another file in its place would not have; None where there is no file."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
