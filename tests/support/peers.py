"""The other side of our D-Bus adapters, played on a bus connection of their own.

Real panels and notification services are in `desktop.py`; these do on demand what a real one rarely does.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.exported import BadArgument, Exported, Interface, Method, Property
from tray_agent.platforms.linux.messages import Body

WATCHER = "org.kde.StatusNotifierWatcher"
NOTES = "org.freedesktop.Notifications"
FIRST_NUMBER = 7


class Watcher:
    """Collects tray icons; refuses the first `refusals` of them."""

    def __init__(self, bus: Bus, *, hosted: bool = True, refusals: int = 0) -> None:
        self.items: list[str] = []
        self._hosted = hosted
        self._refusals = refusals
        self._bus = bus
        self._object = Exported(bus, "/StatusNotifierWatcher", self._interface())
        bus.request_name(WATCHER)

    def set_hosted(self, *, hosted: bool) -> None:
        """A panel comes or goes."""
        self._hosted = hosted
        self._object.emit("StatusNotifierHostRegistered" if hosted else "StatusNotifierHostUnregistered")

    def leave(self) -> None:
        """Go away."""
        self._object.close()
        self._bus.release_name(WATCHER)

    def _register(self, item: str) -> Body:
        if self._refusals:
            self._refusals -= 1
            raise BadArgument("not now")
        self.items.append(item)
        return ()

    def _interface(self) -> Interface:
        return Interface(
            WATCHER,
            methods={"RegisterStatusNotifierItem": Method("s", "", self._register)},
            properties={"IsStatusNotifierHostRegistered": Property("b", lambda: self._hosted)},
            signals={"StatusNotifierHostRegistered": "", "StatusNotifierHostUnregistered": ""},
        )


class NotificationService:
    """Shows notes in `shown`, by number; `mute` makes it accept calls and never answer."""

    def __init__(
        self, bus: Bus, features: Iterable[str] = ("actions", "body", "body-markup"), *, mute: bool = False
    ) -> None:
        self.calls: list[str] = []
        self.notes: list[Body] = []
        self.shown: dict[int, Body] = {}
        self._features = list(features)
        self._numbers = count(FIRST_NUMBER)
        self._bus = bus
        self._object = Exported(bus, "/org/freedesktop/Notifications", self._interface())
        if mute:
            bus.serve("/org/freedesktop/Notifications", lambda _call: None)
        bus.request_name(NOTES)

    def press(self, number: int, key: str, token: str = "") -> None:
        """The person presses a button, which under Wayland comes with leave to take the focus."""
        if token:
            self._object.emit("ActivationToken", number, token)
        self._object.emit("ActionInvoked", number, key)

    def dismiss(self, number: int, why: int = 2) -> None:
        """The note goes: it expired (1), the person closed it (2), a program did (3)."""
        self.shown.pop(number, None)
        self._object.emit("NotificationClosed", number, why)

    def leave(self) -> None:
        """Die."""
        self._object.close()
        self._bus.release_name(NOTES)

    def _notify(self, *note: Any) -> Body:
        self.calls.append("Notify")
        self.notes.append(note)
        number = note[1] or next(self._numbers)
        self.shown[number] = note
        return (number,)

    def _close(self, number: int) -> Body:
        self.calls.append("CloseNotification")
        self.dismiss(number, 3)
        return ()

    def _capabilities(self) -> Body:
        self.calls.append("GetCapabilities")
        return (self._features,)

    def _interface(self) -> Interface:
        return Interface(
            NOTES,
            methods={
                "Notify": Method("susssasa{sv}i", "u", self._notify),
                "CloseNotification": Method("u", "", self._close),
                "GetCapabilities": Method("", "as", self._capabilities),
                "GetServerInformation": Method("", "ssss", lambda: ("Slate", "nobody", "2.0", "1.2")),
            },
            signals={"ActivationToken": "us", "ActionInvoked": "us", "NotificationClosed": "uu"},
        )
