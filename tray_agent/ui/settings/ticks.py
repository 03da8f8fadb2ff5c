"""Boxes to tick and choices to make, drawn so that they can be seen in light and dark alike."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy

from tray_agent.ui.lettering import leading, literal
from tray_agent.ui.look import Look, sized

MARK, GAP, AROUND = 20, 10, 5


class TickBox(QCheckBox):
    """A box with a tick in it, or without."""

    def __init__(self, text: str) -> None:
        super().__init__(literal(text))
        _prepare(self, text)

    def sizeHint(self) -> QSize:
        """Room for mark and words."""
        return _size(self)

    def hitButton(self, pos: object) -> bool:
        """The words count as well as the box."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, the tick and the words."""
        painter, look, frame = _begin(self)
        painter.drawRoundedRect(frame, 5, 5)
        if self.isChecked():
            painter.setPen(QPen(look.on_accent, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            corners = ((0.24, 0.52), (0.43, 0.72), (0.77, 0.3))
            at = [QPointF(frame.x() + x * frame.width(), frame.y() + y * frame.height()) for x, y in corners]
            painter.drawPolyline(QPolygonF(at))
        _words(self, painter, look)


class Choice(QRadioButton):
    """One of several, of which exactly one is chosen."""

    def __init__(self, text: str) -> None:
        super().__init__(literal(text))
        _prepare(self, text)

    def sizeHint(self) -> QSize:
        """Room for mark and words."""
        return _size(self)

    def hitButton(self, pos: object) -> bool:
        """The words count as well as the mark."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring, the dot and the words."""
        painter, look, frame = _begin(self)
        painter.drawEllipse(frame)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.on_accent)
            painter.drawEllipse(frame.center(), 4, 4)
        _words(self, painter, look)


def _prepare(button: QAbstractButton, text: str) -> None:
    button.setAccessibleName(text)
    button.setFont(sized(button.font(), 1.1))
    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


def _size(button: QAbstractButton) -> QSize:
    words = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic.value, button.text())
    return QSize(words.width() + MARK + GAP + 3 * AROUND, max(words.height(), MARK) + 2 * AROUND)


def _begin(button: QAbstractButton) -> tuple[QPainter, Look, QRectF]:
    """A painter set to draw the mark's outline, and where the mark is."""
    look = Look.of(button.palette())
    right = button.layoutDirection() is Qt.LayoutDirection.RightToLeft
    left = button.width() - AROUND - MARK if right else AROUND
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if button.hasFocus():
        painter.setPen(QPen(look.accent, 2))
        painter.drawRoundedRect(QRectF(button.rect()).adjusted(1, 1, -1, -1), 7, 7)
    outline: QColor = look.accent if button.isChecked() else look.edge
    painter.setPen(QPen(outline, 1.6))
    painter.setBrush(look.accent if button.isChecked() else look.card)
    return painter, look, QRectF(left, (button.height() - MARK) / 2, MARK, MARK).adjusted(1, 1, -1, -1)


def _words(button: QAbstractButton, painter: QPainter, look: Look) -> None:
    room = button.rect().adjusted(AROUND, 0, -AROUND, 0)
    right = button.layoutDirection() is Qt.LayoutDirection.RightToLeft
    room.adjust(0 if right else MARK + GAP, 0, -(MARK + GAP) if right else 0, 0)
    painter.setPen(look.ink if button.isEnabled() else look.soft)
    flags = (leading(button) | Qt.AlignmentFlag.AlignVCenter).value | Qt.TextFlag.TextShowMnemonic.value
    painter.drawText(room, flags, button.text())
