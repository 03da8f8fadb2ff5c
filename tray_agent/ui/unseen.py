"""Keeps our windows out of what others see of a shared screen: they say how a person is.

The system must take part.  Windows and macOS do; on Linux neither X nor Wayland has a word for it.
macOS since 15 leaves it to whoever takes the picture, so there it is a request.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

SYSTEMS = ("win32", "darwin")


class Unseen(QObject):
    """Hides the application's windows, and each more as it appears, dialogs and menus too."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        if sys.platform in SYSTEMS:
            app.installEventFilter(self)
            for window in app.topLevelWidgets():
                if window.isVisible():
                    hide(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window that becomes visible has a handle by then, and has not been painted."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            hide(watched)
        return False


def hide(window: QWidget) -> bool:
    """Keep the window out of pictures that other programs take of the screen; whether the system does so."""
    if sys.platform == "win32":
        from tray_agent.ui.win32_window import hide_from_pictures

        return hide_from_pictures(int(window.winId()))
    if sys.platform == "darwin":
        from tray_agent.ui.appkit_window import hide_from_pictures

        return hide_from_pictures(int(window.winId()))
    return False
