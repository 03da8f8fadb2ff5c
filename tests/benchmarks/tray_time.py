"""From the moment a program is executed to the moment its icon is in the panel.

Either way counts: an item that the watcher of StatusNotifierItems announces, or a window with the
XEMBED property that leaves the root window for a panel.  Both are events; nothing is polled.
"""

from __future__ import annotations

import select
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from jeepney import MatchRule, message_bus
from jeepney.io.blocking import open_dbus_connection
from Xlib import X
from Xlib.display import Display
from Xlib.error import XError

WATCHER = "org.kde.StatusNotifierWatcher"
WITHIN_S = 30.0


class TrayWatch:
    """Sees icons arrive on one desktop; use as a context manager."""

    def __init__(self, display: str, bus: str) -> None:
        self._display = Display(display)
        self._embedded = self._display.intern_atom("_XEMBED_INFO")
        self._display.screen().root.change_attributes(event_mask=X.SubstructureNotifyMask)
        self._display.sync()
        self._bus = open_dbus_connection(bus)
        rule = MatchRule(type="signal", interface=WATCHER, member="StatusNotifierItemRegistered")
        self._bus.send_and_get_reply(message_bus.AddMatch(rule))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bus.close()
        self._display.close()

    def start(self, command: Sequence[str], **popen: Any) -> tuple[subprocess.Popen[bytes], float]:
        """Execute a program; it, and the seconds until its icon came.  `TimeoutError` if none does."""
        self._icon_came()
        began = time.monotonic()
        process = subprocess.Popen(command, **popen)
        while not self._icon_came():
            left = began + WITHIN_S - time.monotonic()
            if left <= 0 or process.poll() is not None:
                process.kill()
                process.wait(10)
                # Some end at once where one of them runs already, be it on another desktop.
                raise TimeoutError(f"no icon of {command[0]}, which ended with {process.returncode}")
            select.select([self._bus.sock, self._display.fileno()], [], [], min(left, 0.5))
        return process, time.monotonic() - began

    def _icon_came(self) -> bool:
        """Whether one came since the last look."""
        came = False
        with suppress(TimeoutError):
            while True:
                message = self._bus.receive(timeout=0)
                came |= message.header.fields.get(3) == "StatusNotifierItemRegistered"
        while self._display.pending_events():
            event = self._display.next_event()
            came |= event.type == X.ReparentNotify and self._is_icon(event.window)
        return came

    def _is_icon(self, window: Any) -> bool:
        try:
            return window.get_property(self._embedded, X.AnyPropertyType, 0, 2) is not None
        except XError:
            return False  # gone already
