"""Two lists side by side: what the program does, ticked, and what it never does, crossed out."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from tray_agent.ui.lettering import BOLD, lettered
from tray_agent.ui.look import Look

MARK = 18
SIDE_BY_SIDE = 520
"""Less room than this puts one list below the other."""


class Promises(QWidget):
    """Shows the two lists."""

    def __init__(self, does: str, done: Iterable[str], never: str, not_done: Iterable[str]) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 4, 0, 0)
        self._row.setSpacing(32)
        self._row.addLayout(self._list(does, done, kept=True), 1)
        self._row.addLayout(self._list(never, not_done, kept=False), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One below the other where it is narrow."""
        beside = self.width() >= SIDE_BY_SIDE
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(direction)

    def _list(self, heading: str, lines: Iterable[str], *, kept: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(lettered(self, heading, 1.15, BOLD))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(lines):
            grid.addWidget(Mark(kept=kept), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(lettered(self, line, 1.05), row, 1)
        column.addLayout(grid)
        column.addStretch(1)
        return column


class Mark(QWidget):
    """A tick, or a ring that is crossed out; the words beside it say the same."""

    def __init__(self, *, kept: bool) -> None:
        super().__init__()
        self._kept = kept
        self.setFixedSize(MARK, MARK + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        look = Look.of(self.palette())
        frame = QRectF(1, 3, MARK - 2, MARK - 2)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._kept:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.accent)
                painter.drawEllipse(frame)
                painter.setPen(QPen(look.on_accent, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawPolyline(
                    QPolygonF([_at(frame, *xy) for xy in ((0.28, 0.52), (0.44, 0.68), (0.73, 0.34))])
                )
            else:
                painter.setPen(QPen(look.soft, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawEllipse(frame.adjusted(1, 1, -1, -1))
                painter.drawLine(_at(frame, 0.2, 0.8), _at(frame, 0.8, 0.2))


def _at(frame: QRectF, x: float, y: float) -> QPointF:
    return QPointF(frame.x() + x * frame.width(), frame.y() + y * frame.height())
