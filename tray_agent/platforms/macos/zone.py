"""Notices that the machine was given another time zone, as by a person who travels.

The C library reads the zone once; only `tzset` makes it look again.  Apple developer documentation:
"NSSystemTimeZoneDidChangeNotification"; the link /etc/localtime says which zone it is.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from Foundation import NSSystemTimeZoneDidChangeNotification

from tray_agent.platforms.macos.notices import Notices
from tray_agent.ports import Loop

LOCALTIME = Path("/etc/localtime")


class ZoneWatch:
    """Calls `changed` once local time is another; nothing is watched where `TZ` fixes the zone."""

    def __init__(self, loop: Loop, changed: Callable[[], object], link: Path = LOCALTIME) -> None:
        self._link = link
        self._changed = changed
        self._zone = os.path.realpath(link)
        fixed = "TZ" in os.environ
        self._notices = Notices(
            loop,
            lambda _name: self._look(),
            general=() if fixed else (NSSystemTimeZoneDidChangeNotification,),
        )

    def close(self) -> None:
        """Stop watching; safe to call twice."""
        self._notices.close()

    def _look(self) -> None:
        before, self._zone = self._zone, os.path.realpath(self._link)
        if self._zone != before:
            time.tzset()
            self._changed()
