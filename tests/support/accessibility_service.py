"""The desktop's real accessibility service, and how a desktop tells it that a screen reader was started."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from jeepney import DBusAddress, MessageType, Properties
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.support.waiting import wait_until

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
STATUS = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Status")


@dataclass(frozen=True)
class Service:
    """A running at-spi-bus-launcher."""

    bus: DBusConnection

    def reader(self, *, runs: bool) -> None:
        """Tell it that a screen reader runs, or runs no more."""
        question = Properties(STATUS).set("ScreenReaderEnabled", "b", runs)
        self.bus.send_and_get_reply(question, timeout=10)

    def is_up(self) -> bool:
        """Whether it answers."""
        answer = self.bus.send_and_get_reply(Properties(STATUS).get("ScreenReaderEnabled"), timeout=10)
        return answer.header.message_type is not MessageType.error


@contextmanager
def accessibility_service(address: str) -> Iterator[Service]:
    """The service on the bus at `address`, for as long as the `with` lasts."""
    env = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address, "GSETTINGS_BACKEND": "memory"}
    process = subprocess.Popen([LAUNCHER], env=env)
    try:
        with open_dbus_connection(address) as connection:
            service = Service(connection)
            wait_until(service.is_up, "the accessibility service")
            yield service
    finally:
        process.terminate()
        process.wait(10)
