from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtDBus import QDBusConnection

from tests.support.private_bus import PrivateBus
from tests.support.settings_portal import settings_portal
from tray_agent.ui.desktop_motion import still

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


def test_where_nobody_tells_things_may_move(bus: QDBusConnection) -> None:
    assert not still(bus)
    assert not still(QDBusConnection("nowhere"))
