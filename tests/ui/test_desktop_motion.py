from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jeepney import MessageType, message_bus
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtDBus import QDBusConnection

from tests.support.private_bus import PrivateBus
from tests.support.settings_portal import PORTAL, settings_portal
from tray_agent.ui.desktop_motion import CALM, still

GNOME = ("org.gnome.desktop.interface", "enable-animations")


@pytest.fixture
def daemon() -> Iterator[PrivateBus]:
    with PrivateBus() as daemon:
        yield daemon


@pytest.fixture
def bus(app: object, daemon: PrivateBus) -> QDBusConnection:
    return QDBusConnection.connectToBus(daemon.address, daemon.address)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        (GNOME, ("b", False), True),
        (GNOME, ("b", True), False),
        (("org.freedesktop.appearance", "reduced-motion"), ("u", 1), True),
        (("org.freedesktop.appearance", "reduced-motion"), ("u", 0), False),
        (("org.kde.kdeglobals.KDE", "AnimationDurationFactor"), ("s", "0"), True),
        (("org.kde.kdeglobals.KDE", "AnimationDurationFactor"), ("s", "0.5"), False),
    ],
)
def test_each_desktop_has_its_way_of_saying_it(
    daemon: PrivateBus, bus: QDBusConnection, name: tuple[str, str], value: tuple[str, Any], expected: bool
) -> None:
    with settings_portal(daemon.address, name, value):
        assert still(bus) is expected


def test_a_portal_that_does_not_answer_is_asked_once(daemon: PrivateBus, bus: QDBusConnection) -> None:
    with open_dbus_connection(daemon.address) as mute:
        mute.send_and_get_reply(message_bus.RequestName(PORTAL), timeout=10)
        assert not still(bus)
        mute.send(message_bus.GetId())
        heard = []
        while (message := mute.receive(timeout=10)).header.message_type is not MessageType.method_return:
            heard.append((message.header.message_type, message.body))
    questions = [body for kind, body in heard if kind is MessageType.method_call]
    assert questions == [CALM[0][:2]]


def test_where_nobody_tells_things_may_move(bus: QDBusConnection) -> None:
    assert not still(bus)
    assert not still(QDBusConnection("nowhere"))
