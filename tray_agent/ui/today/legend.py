"""What the patterns and shapes of a chart mean, in as many lines as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from tray_agent.shell.words import in_a_row
from tray_agent.ui.lettering import leading
from tray_agent.ui.look import Look
from tray_agent.ui.today import day_marks
from tray_agent.ui.today.charted import Chart

_SWATCH, _GAP, _BETWEEN, _LEADING = 22.0, 7.0, 20.0, 6.0

Entry = tuple[str, str]
"""A look and what it means; words without a look begin a line."""


class Legend(Chart):
    """Shows entries; its words are read aloud as one text."""

    def __init__(self) -> None:
        super().__init__("")
        self._entries: Sequence[Entry] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these from now on."""
        if entries != self._entries:
            self._entries = entries
            self.setAccessibleName(in_a_row(words for _look, words in entries))
            self.updateGeometry()
            self.update()

    def hasHeightForWidth(self) -> bool:
        """Fewer fit into a narrow line."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as it takes."""
        bottoms = [frame.bottom() for frame, _entry in self._placed(width)]
        return round(max(bottoms, default=0.0))

    def sizeHint(self) -> QSize:
        """What the width at hand makes of it."""
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw each look with its words beside it, in reading direction."""
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for placed, (what, words) in self._placed(self.width()):
            frame = QRectF(placed)
            if right:
                frame.moveRight(self.width() - placed.left())
            if what:
                swatch = QRectF(frame.left(), frame.center().y() - 6, _SWATCH, 12)
                if right:
                    swatch.moveRight(frame.right())
                self._draw(painter, look, swatch, what)
                room = _SWATCH + _GAP
                frame.adjust(0 if right else room, 0, -room if right else 0, 0)
            painter.setPen(look.soft)
            painter.drawText(frame, (leading(self) | Qt.AlignmentFlag.AlignVCenter).value, words)

    def _draw(self, painter: QPainter, look: Look, swatch: QRectF, what: str) -> None:
        if what in day_marks.MARKS:
            day_marks.mark(painter, look, QPointF(swatch.center()), what)
        else:
            day_marks.fill(painter, look, swatch, what)

    def _placed(self, width: int) -> Iterator[tuple[QRectF, Entry]]:
        """Each entry's frame, as if it were read from the left."""
        height = max(self.fontMetrics().height(), 16.0)
        x = y = 0.0
        for entry in self._entries:
            what, words = entry
            wide = self.fontMetrics().horizontalAdvance(words) + 2 + (_SWATCH + _GAP if what else 0)
            if x and (x + wide > width or not what):
                x, y = 0.0, y + height + _LEADING
            yield QRectF(x, y, wide, height), entry
            x += wide + _BETWEEN
