"""Whether a screen reader runs: then we do not speak as well."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant
from PySide6.QtGui import QAccessible

BUS, DOOR, PROPERTIES = "org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties"
QUESTION = ("org.a11y.Status", "ScreenReaderEnabled")
ANSWERS_WITHIN_MS = 2000


class ScreenReader(QObject):
    """Asks the desktop's accessibility service and follows its answer; `known` is emitted at each.

    `runs` is None until the first answer has come.  Where there is no such service Qt's own word
    counts: whether anything has asked for the accessibility of our windows.
    """

    known = Signal()

    def __init__(self, bus: QDBusConnection | None = None) -> None:
        super().__init__()
        self.runs: bool | None = None
        self._bus = QDBusConnection.sessionBus() if bus is None else bus
        if self._bus.isConnected():
            # The binding takes what SLOT returns and nothing else; its types say otherwise.
            changed: Any = SLOT("_changed(QDBusMessage)")
            self._bus.connect(BUS, DOOR, PROPERTIES, "PropertiesChanged", self, changed)
            self._ask()
        else:
            self.runs = QAccessible.isActive()

    @Slot("QDBusMessage")
    def _changed(self, _message: QDBusMessage) -> None:
        self._ask()

    def _ask(self) -> None:
        question = QDBusMessage.createMethodCall(BUS, DOOR, PROPERTIES, "Get")
        question.setArguments(list(QUESTION))
        self._answer = QDBusPendingCallWatcher(self._bus.asyncCall(question, ANSWERS_WITHIN_MS))
        self._answer.finished.connect(self._answered)

    def _answered(self, answer: QDBusPendingCallWatcher) -> None:
        said = [] if answer.isError() else answer.reply().arguments()
        if said and isinstance(said[0], QDBusVariant):
            self.runs = bool(said[0].variant())
        else:
            self.runs = QAccessible.isActive()
        self.known.emit()
