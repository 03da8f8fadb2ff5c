"""The drawn parts of the break window: the dial, the track of steps, the mark of a side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tray_agent.core.model import Side
from tray_agent.ui.look import Look

_TOP = 90 * 16
_FULL = 360 * 16


class Dial(QWidget):
    """A ring that empties with the step; in it the seconds left, or the rep that is on.

    A thinner ring inside goes round once a rep and so gives the pace.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self._left = 1.0
        self._beat: float | None = None
        self._figure, self._caption = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_state(self, left: float, beat: float | None, figure: str, caption: str) -> None:
        """Draw `left` of the ring (1 to 0), the share of a rep or None, and the words."""
        self._left, self._beat = left, beat
        self._figure, self._caption = figure, caption
        words = f"{figure} {caption}"
        if self.accessibleName() != words:
            self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """As large as looks good beside the text."""
        return QSize(264, 264)

    def minimumSizeHint(self) -> QSize:
        """As small as stays readable from a standing person's distance."""
        return QSize(140, 140)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rings and the words."""
        side = min(self.width(), self.height())
        width = side * 0.045
        frame = QRectF(0, 0, side - width, side - width)
        frame.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._arc(painter, frame, width, self.look.line, 1.0)
        self._arc(painter, frame, width, self.look.accent, self._left)
        if self._beat is not None:
            inset = width * 1.7
            self._arc(
                painter, frame.adjusted(inset, inset, -inset, -inset), width / 3, self.look.soft, self._beat
            )
        self._words(painter, frame)

    def _arc(self, painter: QPainter, frame: QRectF, width: float, colour: QColor, share: float) -> None:
        if share <= 0:
            return
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(frame, _TOP, round(share * _FULL))

    def _words(self, painter: QPainter, frame: QRectF) -> None:
        side = frame.height()
        figure = QFont(self.font())
        figure.setPixelSize(max(8, round(side * (0.24 if ":" in self._figure else 0.30))))
        figure.setWeight(QFont.Weight.DemiBold)
        painter.setFont(figure)
        painter.setPen(self.look.ink if self._caption else self.look.accent)
        middle = Qt.AlignmentFlag.AlignCenter
        painter.drawText(frame.translated(0, -side * 0.055), middle, self._figure)
        caption = QFont(self.font())
        caption.setPixelSize(max(8, round(side * 0.066)))
        painter.setFont(caption)
        painter.setPen(self.look.soft)
        painter.drawText(frame.translated(0, side * 0.15), middle, self._caption)


class Track(QWidget):
    """The whole routine as a bar: a piece for each step, as long as the step lasts."""

    def __init__(self, look: Look, seconds: Sequence[float]) -> None:
        super().__init__()
        self.look = look
        self._seconds = seconds
        self._index, self._share = 0, 0.0
        self.setFixedHeight(6)

    def show_state(self, index: int, share: float) -> None:
        """Steps before `index` are whole, `share` of that one is behind."""
        self._index, self._share = index, share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pieces in reading direction."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        gap = 5.0
        room = self.width() - gap * (len(self._seconds) - 1)
        x = 0.0
        for number, seconds in enumerate(self._seconds):
            length = room * seconds / sum(self._seconds)
            filled = 1.0 if number < self._index else self._share if number == self._index else 0.0
            self._piece(painter, x, length, self.look.line)
            self._piece(painter, x, length * filled, self.look.accent)
            x += length + gap

    def _piece(self, painter: QPainter, x: float, length: float, colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        radius = min(3.0, length / 2)
        painter.drawRoundedRect(QRectF(x, 0, length, self.height()), radius, radius)


class SideMark(QWidget):
    """Two feet seen from above, the named one filled: a side in shape as well as in words.

    Left is left in every language, so it is not mirrored.
    """

    def __init__(self, look: Look, side: Side) -> None:
        super().__init__()
        self.look, self.side = look, side
        self.setFixedSize(34, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both soles, the side's one filled."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for side, centre in ((Side.LEFT, 9.0), (Side.RIGHT, 25.0)):
            named = side is self.side
            painter.setPen(QPen(self.look.accent if named else self.look.soft, 1.6))
            painter.setBrush(self.look.accent if named else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(centre, 8.5), 5.2, 6.8)
            painter.drawEllipse(QPointF(centre, 21.0), 3.6, 3.2)
