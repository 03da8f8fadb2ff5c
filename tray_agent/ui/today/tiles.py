"""A day's figures as tiles, side by side where there is room and two by two where there is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from tray_agent.shell.words import in_a_row
from tray_agent.ui.lettering import BOLD, lettered
from tray_agent.ui.look import Look

Figure = tuple[str, str, str]
"""A title, a value, and a note about it that may be empty."""

_AROUND, _SPACING, _NARROWEST = 14, 10, 120
"""The air beside a tile's words, the room between tiles, and the least a tile can be, in logical pixels."""


class Tile(QWidget):
    """One figure."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._labels: tuple[QLabel, QLabel, QLabel] = (
            lettered(page, "", role="soft"),
            lettered(page, "", 1.25, BOLD),
            lettered(page, "", 0.95, role="soft"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(_AROUND, 11, _AROUND, 11)
        column.setSpacing(3)
        for label in self._labels:
            column.addWidget(label)
        column.addStretch(1)

    def show_figure(self, figure: Figure) -> None:
        """Show this one."""
        for label, words in zip(self._labels, figure, strict=True):
            label.setText(words)
        self.setAccessibleName(in_a_row(words for words in figure if words))

    def needed(self) -> int:
        """How wide it must be for a value on one line."""
        value = self._labels[1]
        return value.fontMetrics().horizontalAdvance(value.text()) + 2 * _AROUND + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card behind the words."""
        look = Look.of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.line, 1))
        painter.setBrush(look.card)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)


class Tiles(QWidget):
    """Shows figures, always as many."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._tiles = [Tile(self) for _each in range(number)]
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_SPACING)
        self._arrange(number)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these."""
        for tile, figure in zip(self._tiles, figures, strict=True):
            tile.show_figure(figure)
        self._take_columns()

    def minimumSizeHint(self) -> QSize:
        """As narrow as two side by side; the layout's own would forbid ever to narrow."""
        return QSize(2 * _NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the columns there is room for."""
        self._take_columns()

    def _take_columns(self) -> None:
        widest = max(tile.needed() for tile in self._tiles)
        fits = self.width() >= len(self._tiles) * (widest + _SPACING)
        self._arrange(len(self._tiles) if fits else 2)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // columns, number % columns)
        for column in range(len(self._tiles)):
            self._grid.setColumnStretch(column, int(column < columns))
