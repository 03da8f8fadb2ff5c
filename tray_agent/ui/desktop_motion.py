"""Whether the desktop has switched its animations off, where Qt cannot tell: on Linux.

Desktops tell sandboxed programs through the settings portal, which answers everybody.  It is asked
only where it runs already, and not waited for longer than anybody would notice: the window stands still
meanwhile, so one that leaves a question unanswered is asked no other.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusVariant

PORTAL, DOOR = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SETTINGS = "org.freedesktop.portal.Settings"
ANSWERS_WITHIN_MS = 200
NO_REPLY = "org.freedesktop.DBus.Error.NoReply"

CALM: tuple[tuple[str, str, Any], ...] = (
    ("org.freedesktop.appearance", "reduced-motion", 1),
    ("org.gnome.desktop.interface", "enable-animations", False),
    ("org.kde.kdeglobals.KDE", "AnimationDurationFactor", "0"),
)
"""Any of these values means that nothing should move: all desktops, GNOME and its kin, Plasma."""


def still(bus: QDBusConnection | None = None) -> bool:
    """Whether the desktop of this session is set to be still."""
    bus = QDBusConnection.sessionBus() if bus is None else bus
    if not bus.isConnected() or not bus.interface().isServiceRegistered(PORTAL).value():
        return False
    try:
        return any(_value(bus, space, key) == calm for space, key, calm in CALM)
    except TimeoutError:
        return False


def _value(bus: QDBusConnection, space: str, key: str) -> Any:
    question = QDBusMessage.createMethodCall(PORTAL, DOOR, SETTINGS, "Read")
    question.setArguments([space, key])
    answer = bus.call(question, QDBus.CallMode.Block, ANSWERS_WITHIN_MS)
    if answer.errorName() == NO_REPLY:
        raise TimeoutError
    refused = answer.type() is not QDBusMessage.MessageType.ReplyMessage
    value = None if refused else next(iter(answer.arguments()), None)
    while isinstance(value, QDBusVariant):
        value = value.variant()
    return value
