"""Notices that the machine was given another time zone, as by a person who travels.

The C library reads the zone once; only `tzset` makes it look again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from tray_agent.platforms.linux.inotify import FolderWatch
from tray_agent.ports import Loop

LOCALTIME = Path("/etc/localtime")


class ZoneWatch:
    """Calls `changed` once local time is another; nothing is watched where `TZ` fixes the zone.

    Raises `Unavailable` where the system has no watch left.
    """

    def __init__(self, loop: Loop, changed: Callable[[], object], link: Path = LOCALTIME) -> None:
        self._link = link
        self._changed = changed
        self._zone = self._read()
        self._watch = None if "TZ" in os.environ else FolderWatch(loop, link.parent, self._look)

    def close(self) -> None:
        """Stop watching; safe to call twice."""
        if self._watch is not None:
            self._watch.close()

    def _look(self) -> None:
        before, self._zone = self._zone, self._read()
        if self._zone != before:
            time.tzset()
            self._changed()

    def _read(self) -> tuple[str, int, int] | None:
        """What tells one zone from another: which file it is, and whether it was written anew."""
        try:
            file = self._link.stat()
        except OSError:
            return None
        return os.path.realpath(self._link), file.st_ino, file.st_mtime_ns
