"""The table that says the same as a chart, for whoever reads rather than looks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from tray_agent.ui.lettering import leading

AIR, FRAME = 12, 2
"""What a row is higher than its letters, and the width of the frame with the focus, in logical pixels."""

MOST_ROWS = 12
"""More of them are scrolled."""

_SHEET = """
QTableWidget { border: 1px solid palette(mid); border-radius: 7px; }
QTableWidget:focus { border: 2px solid palette(highlight); }
QTableWidget::item { padding: 0 8px; }
QTableWidget::item:selected { background: palette(highlight); color: palette(highlighted-text); }
QHeaderView { background: palette(base); }
QHeaderView::section {
    background: palette(base); color: palette(text); padding: 6px 11px;
    border: none; border-bottom: 1px solid palette(mid);
}
"""


class ChartTable(QTableWidget):
    """Rows of plain text; `entered(row)` by Enter or a double click.  Tab leaves it."""

    entered = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setStyleSheet(_SHEET)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + AIR)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.setWordWrap(False)
        self.cellDoubleClicked.connect(lambda row, _column: self.entered.emit(row))

    def fill(self, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show these rows; the one that was current stays so."""
        current = self.currentRow()
        self.setColumnCount(len(titles))
        self.setHorizontalHeaderLabels(list(titles))
        self.horizontalHeader().setDefaultAlignment(leading(self) | Qt.AlignmentFlag.AlignVCenter)
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setTextAlignment(leading(self) | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(number, column, item)
        if 0 <= current < len(rows):
            self.setCurrentCell(current, 0)
        self._fit()

    def texts(self) -> list[tuple[str, ...]]:
        """What stands in the rows."""
        columns = range(self.columnCount())
        items = [[self.item(row, column) for column in columns] for row in range(self.rowCount())]
        return [tuple(item.text() if item else "" for item in row) for row in items]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter enters the row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentRow() >= 0:
            self.entered.emit(self.currentRow())
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """As high as its rows, up to `MOST_ROWS`."""
        rows = min(self.rowCount(), MOST_ROWS) * self.verticalHeader().defaultSectionSize()
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(rows + head + 2 * FRAME)
