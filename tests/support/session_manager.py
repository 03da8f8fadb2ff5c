"""A fake of GNOME's session manager, as far as idleness goes: Mutter and the agent read InhibitedActions.

It is no daemon of GNOME's: Debian's pulls in all of GNOME.  It lives on a thread of its own, since
Mutter waits for its answers.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from jeepney import DBusAddress, new_signal

from tests.support.waiting import wait_until
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.exported import Exported, Interface, Property
from tray_agent.shell.loop import SelectorLoop

NAME = "org.gnome.SessionManager"
PATH = "/org/gnome/SessionManager"
PROPERTIES = DBusAddress(PATH, interface="org.freedesktop.DBus.Properties")


class SessionManager:
    """Owns its name on the bus at `address` inside `with`."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._loop = SelectorLoop()
        self._inhibited = 0
        self._granted = False
        self._thread = threading.Thread(target=self._live)

    def __enter__(self) -> Self:
        self._thread.start()
        wait_until(lambda: self._granted, "the session manager to have its name")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.stop()
        self._thread.join(10)
        self._loop.close()

    def inhibit(self, actions: int) -> None:
        """Programs keep the session from these actions now: 8 is being idle, 0 none."""

        def tell() -> None:
            self._inhibited = actions
            body: tuple[str, dict[str, tuple[str, int]], list[str]] = (
                NAME,
                {"InhibitedActions": ("u", actions)},
                [],
            )
            self._bus.send(new_signal(PROPERTIES, "PropertiesChanged", "sa{sv}as", body))

        self._loop.call_soon(tell)

    def _live(self) -> None:
        self._bus = Bus(self._loop, self._address)
        properties = {"InhibitedActions": Property("u", lambda: self._inhibited)}
        Exported(self._bus, PATH, Interface(NAME, methods={}, properties=properties, signals={}))
        self._bus.request_name(NAME, self._is_ours)
        self._loop.run()
        self._bus.close()

    def _is_ours(self, granted: bool) -> None:
        self._granted = granted
