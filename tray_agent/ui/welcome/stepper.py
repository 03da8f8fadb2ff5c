"""How far along one is: a dot for each page, the present one drawn out."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tray_agent.shell.words import _
from tray_agent.ui.look import Look

DOT, LONG, GAP = 9, 26, 8


class Stepper(QWidget):
    """Draws `steps` dots; says in words which one is the present."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.steps = steps
        self._now = 0
        self.setFixedSize(self.sizeHint())
        self.show_step(0)

    def show_step(self, now: int) -> None:
        """The present step, counted from 0."""
        self._now = now
        self.setAccessibleName(_("Page {n} of {all}").format(n=now + 1, all=self.steps))
        self.update()

    def sizeHint(self) -> QSize:
        """All dots."""
        return QSize((self.steps - 1) * (DOT + GAP) + LONG, DOT + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dots from where lines begin."""
        look = Look.of(self.palette())
        right_to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            left = 0.0
            for step in range(self.steps):
                width = LONG if step == self._now else DOT
                at = self.width() - left - width if right_to_left else left
                painter.setPen(QPen(look.accent if step <= self._now else look.edge, 1.5))
                painter.setBrush(look.accent if step <= self._now else look.ground)
                painter.drawRoundedRect(QRectF(at, 2, width, DOT).adjusted(1, 1, -1, -1), 4, 4)
                left += width + GAP
