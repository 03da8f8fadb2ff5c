"""A widget in our colours, which follows the desktop from light to dark and back."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tray_agent.ui.look import Look


class Dyed(QWidget):
    """Wears the style sheet that goes with the palette."""

    def __init__(self) -> None:
        super().__init__()
        self._dye()

    def changeEvent(self, event: QEvent) -> None:
        """The desktop may have changed its colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dye()

    def _dye(self) -> None:
        sheet = Look.of(QGuiApplication.palette()).sheet()
        if sheet != self.styleSheet():  # setting one is a change in its turn
            self.setStyleSheet(sheet)
