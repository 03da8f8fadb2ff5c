"""A switch, on or off, told by where its knob is as well as by colour, and a closed box of choices."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from tray_agent.ui.lettering import leading
from tray_agent.ui.look import Look

WIDTH, HEIGHT, AROUND = 44, 24, 4
PADDING, ARROW = 12, 10
LEAST_WIDTH = 120


class Switch(QCheckBox):
    """On or off, without words of its own."""

    def sizeHint(self) -> QSize:
        """Room for the switch and the frame of the focus."""
        return QSize(WIDTH + 2 * AROUND, HEIGHT + 2 * AROUND)

    def hitButton(self, pos: object) -> bool:
        """All of it can be clicked."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groove, the knob and, when on, a tick in the knob."""
        look, on = _look(self), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(look.accent, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 14, 14)
        groove = QRectF(AROUND, (self.height() - HEIGHT) / 2, WIDTH, HEIGHT).adjusted(1, 1, -1, -1)
        colour = look.accent if on else look.edge
        full = on and self.isEnabled()
        painter.setPen(QPen(colour if self.isEnabled() else look.line, 1.6))
        painter.setBrush(look.accent if full else look.card)
        painter.drawRoundedRect(groove, groove.height() / 2, groove.height() / 2)
        knob = self._knob(groove, on)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.on_accent if full else look.edge)
        painter.drawEllipse(knob)
        if on:
            painter.setPen(QPen(look.accent if full else look.card, 2))
            corners = ((0.28, 0.52), (0.44, 0.68), (0.72, 0.34))
            at = [QPointF(knob.x() + x * knob.width(), knob.y() + y * knob.height()) for x, y in corners]
            painter.drawPolyline(QPolygonF(at))

    def _knob(self, groove: QRectF, on: bool) -> QRectF:
        side = groove.height() - 6
        at_right = on is (self.layoutDirection() is Qt.LayoutDirection.LeftToRight)
        left = groove.right() - side - 3 if at_right else groove.left() + 3
        return QRectF(left, groove.top() + 3, side, side)


class ChoiceBox(QComboBox):
    """One of several, shown when opened; the wheel scrolls the page, not the choice."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Room for the longest choice."""
        metrics = self.fontMetrics()
        words = max((metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0)
        return QSize(max(words + 4 * PADDING + ARROW, LEAST_WIDTH), metrics.height() + 18)

    def minimumSizeHint(self) -> QSize:
        """Long choices are cut where there is no room."""
        return QSize(LEAST_WIDTH, self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let whoever is around scroll."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, the words and the arrow."""
        look = _look(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus, usable = self.hasFocus(), self.isEnabled()
        edge = look.accent if focus else look.edge if usable else look.line
        painter.setPen(QPen(edge, 2 if focus else 1))
        painter.setBrush(look.card if usable else look.ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        before, after = PADDING, 2 * PADDING + ARROW
        room = self.rect().adjusted(after if mirrored else before, 0, -(before if mirrored else after), 0)
        painter.setPen(look.ink if usable else look.soft)
        words = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, (leading(self) | Qt.AlignmentFlag.AlignVCenter).value, words)
        painter.setPen(QPen(look.soft, 1.8, c=Qt.PenCapStyle.RoundCap, s=Qt.PenStyle.SolidLine))
        middle = PADDING + ARROW / 2 if mirrored else self.width() - PADDING - ARROW / 2
        tip = QPointF(middle, self.height() / 2 + ARROW / 4)
        wing = QPointF(ARROW / 2, -ARROW / 2)
        painter.drawPolyline(QPolygonF([tip + wing, tip, tip + QPointF(-wing.x(), wing.y())]))


def _look(widget: QWidget) -> Look:
    """The page's colours: a value that cannot be changed must be read all the same."""
    palette = widget.palette()
    palette.setCurrentColorGroup(QPalette.ColorGroup.Active)
    return Look.of(palette)
