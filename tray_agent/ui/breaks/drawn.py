"""The drawn parts of the break window: the dial, the track of steps, the mark of a side."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy

from tray_agent.core.model import Side
from tray_agent.ui.look import Look

_TOP = 90 * 16
_FULL = 360 * 16


class Picture(QLabel):
    """Something drawn in the colours of `look`, which assistive technology takes for the picture it is."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        empty = QPixmap(1, 1)
        empty.fill(Qt.GlobalColor.transparent)
        self.setPixmap(empty)  # a label with a pixmap has the role of a graphic

    def dye(self, look: Look) -> None:
        """Draw in other colours."""
        self.look = look
        self.update()


class Dial(Picture):
    """A ring that empties with the phase; in it the seconds left, or the rep that is on, and what that is.

    A thinner ring inside goes round once a rep and so gives the pace.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._state: tuple[int, int | None, str, str] | None = None
        self._left, self._beat, self._figure, self._caption = 1.0, 0.0, "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, left: float, beat: float | None, figure: str, caption: str = "") -> None:
        """Draw `left` of the ring (1 to 0), the share of a rep or None, the figure and the words under it.

        What nobody could tell from what is there already is not drawn again.
        """
        around = max(1, round(3 * self.width()))
        state = round(left * around), None if beat is None else round(beat * around), figure, caption
        if state != self._state:
            self._state = state
            self._left, self._beat = left, beat or 0.0
            self._figure, self._caption = figure, caption
            self.update()

    def sizeHint(self) -> QSize:
        """What the page has fixed it to."""
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rings and the figure."""
        side = min(self.width(), self.height())
        width = side * 0.075
        frame = QRectF(0, 0, side - width, side - width)
        frame.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._arc(painter, frame, width, self.look.line, 1.0)
        self._arc(painter, frame, width, self.look.accent, self._left)
        inset = width * 1.25
        inner = frame.adjusted(inset, inset, -inset, -inset)
        self._arc(painter, inner, width / 2.5, self.look.soft, self._beat)
        self._words(painter, inner)

    def _arc(self, painter: QPainter, frame: QRectF, width: float, colour: QColor, share: float) -> None:
        if share <= 0:
            return
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(frame, _TOP, round(share * _FULL))

    def _words(self, painter: QPainter, room: QRectF) -> None:
        side = room.height()
        number = QFont(self.font())
        number.setPixelSize(max(8, round(side * (0.34 if ":" in self._figure else 0.46))))
        number.setWeight(QFont.Weight.DemiBold)
        painter.setFont(number)
        painter.setPen(self.look.ink)
        up = side * 0.07 if self._caption else 0.0
        painter.drawText(room.translated(0, -up), Qt.AlignmentFlag.AlignCenter, self._figure)
        if self._caption:
            self._small(painter, room, side)

    def _small(self, painter: QPainter, room: QRectF, side: float) -> None:
        """The caption, smaller where a language needs more letters for it."""
        caption = QFont(self.font())
        caption.setPixelSize(max(8, round(side * 0.12)))
        wide = QFontMetricsF(caption).horizontalAdvance(self._caption)
        if wide > side * 0.74:
            caption.setPixelSize(max(8, round(side * 0.12 * side * 0.74 / wide)))
        painter.setFont(caption)
        painter.setPen(self.look.soft)
        middle = 0.24 if self._figure else 0.0
        painter.drawText(room.translated(0, side * middle), Qt.AlignmentFlag.AlignCenter, self._caption)


class Track(QProgressBar):
    """The whole routine as a bar: a piece for each step, as long as the step lasts."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self._seconds: Sequence[float] = (1.0,)
        self._whole: Collection[int] = ()
        self._index, self._share = 0, 0.0
        self.setTextVisible(False)
        self.setFixedHeight(6)

    def dye(self, look: Look) -> None:
        """Draw in other colours."""
        self.look = look
        self.update()

    def show_steps(self, seconds: Sequence[float], whole: Collection[int]) -> None:
        """Take these for the steps, of which some are whole."""
        self._seconds, self._whole = seconds, frozenset(whole)
        self.setRange(0, len(seconds))
        self.setValue(len(whole))
        self.update()

    def show_state(self, index: int, share: float) -> None:
        """Of step `index`, `share` is behind; drawn when it shows."""
        share = round(share * self.width()) / max(1, self.width())
        if (index, share) != (self._index, self._share):
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
            filled = 1.0 if number in self._whole else self._share if number == self._index else 0.0
            self._piece(painter, x, length, self.look.line)
            self._piece(painter, x, length * filled, self.look.accent)
            x += length + gap

    def _piece(self, painter: QPainter, x: float, length: float, colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        radius = min(3.0, length / 2)
        painter.drawRoundedRect(QRectF(x, 0, length, self.height()), radius, radius)


class SideMark(Picture):
    """Two feet seen from above, the named one filled: a side in shape as well as in words.

    Left is left in every language, so it is not mirrored.
    """

    def __init__(self, look: Look, side: Side = Side.LEFT) -> None:
        super().__init__(look)
        self.side = side
        self.setFixedSize(34, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both soles, the side's one filled."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / 34, self.width() / 34)
        for side, centre in ((Side.LEFT, 9.0), (Side.RIGHT, 25.0)):
            named = side is self.side
            painter.setPen(QPen(self.look.accent if named else self.look.soft, 1.6))
            painter.setBrush(self.look.accent if named else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(centre, 8.5), 5.2, 6.8)
            painter.drawEllipse(QPointF(centre, 21.0), 3.6, 3.2)
