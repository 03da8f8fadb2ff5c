"""The menu of a tray icon that has none of its own: it pops up where the icon was clicked.

Says `{"event": "chosen", "id": ...}` when something was chosen, and `{"event": "ended"}` in any case.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QElapsedTimer, QPoint, QRect, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMenu

from tray_agent.ui import opening
from tray_agent.ui.incoming import Brief
from tray_agent.ui.items import Item, fill
from tray_agent.ui.opening import Say

GRAB_AGAIN_MS, GRAB_FOR_S = 50, 2.0
"""Whoever opened the menu may still hold the mouse button, and with it the pointer.  A grab in that
time may be refused, or granted and gone at the release, so it is repeated for as long as a click lasts."""


class MenuBrief(Brief, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A menu for the point (x, y), in the screen's own pixels as X counts them."""

    x: int
    y: int
    items: tuple[Item, ...]

    @property
    def title(self) -> str:
        """What decides the direction: the first words there are."""
        return " ".join(item.label for item in self.items)


class PopupMenu(QMenu):
    """A menu that grabs keyboard and pointer, as menus do, though its process has not got the focus."""

    def __init__(self, brief: MenuBrief, say: Say) -> None:
        super().__init__()
        self._at, self._say = QPoint(brief.x, brief.y), say
        self._painted = self._over = False
        self.setAccessibleName("Tray Agent")
        fill(self, brief.items, lambda chosen: say({"event": "chosen", "id": chosen}))
        self._since_shown = QElapsedTimer()
        self._grabbing = QTimer(self)
        self._grabbing.setInterval(GRAB_AGAIN_MS)
        self._grabbing.timeout.connect(self._grab)

    def appear(self) -> None:
        """Pop up, inside the screen and clear of the panel."""
        self.popup(_logical(self._at))
        self._since_shown.start()
        self._grabbing.start()
        self._grab()

    def told(self, message: dict[str, Any]) -> None:
        """A menu that is open stays as it is."""

    def leave(self) -> None:
        """Close without a choice."""
        self.close()

    def hideEvent(self, event: QHideEvent) -> None:
        """The end, once a choice has been told: Qt hides a menu before it says what was chosen."""
        super().hideEvent(event)
        QTimer.singleShot(0, self._end)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first paint tells the agent that the menu is there."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, lambda: self._say({"event": "ready"}))

    def _grab(self) -> None:
        window = self.windowHandle()
        grabbed = window.setKeyboardGrabEnabled(True) and window.setMouseGrabEnabled(True)
        if grabbed and self._since_shown.elapsed() >= GRAB_FOR_S * 1000:
            self._grabbing.stop()

    def _end(self) -> None:
        if not self._over:
            self._over = True
            self._say({"event": "ended"})
            QApplication.quit()


def _logical(point: QPoint) -> QPoint:
    """Qt's name for a point of the screen: its axes are scaled, but each screen begins where it is."""
    for screen in QGuiApplication.screens():
        place, ratio = screen.geometry(), screen.devicePixelRatio()
        if QRect(place.topLeft(), place.size() * ratio).contains(point):
            return place.topLeft() + (point - place.topLeft()) / ratio
    return point


def main() -> int:
    """Pop up, and live until the menu is closed."""
    return opening.run("menu", MenuBrief, PopupMenu)
