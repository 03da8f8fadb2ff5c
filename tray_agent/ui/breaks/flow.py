"""A row of buttons in two groups that breaks into more rows before it would cut a word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget, QWidgetItem


class Flow(QLayout):
    """Lays out `near` at the beginning of the line and `far` at its end.

    Where they do not fit side by side, the far group comes first and each row is filled from edge
    to edge.  What is hidden takes no room.
    """

    def __init__(self, near: Sequence[QWidget], far: Sequence[QWidget]) -> None:
        super().__init__()
        self._groups: tuple[list[QLayoutItem], list[QLayoutItem]] = ([], [])
        for group, widgets in zip(self._groups, (near, far), strict=True):
            for widget in widgets:
                self.addChildWidget(widget)
                group.append(QWidgetItem(widget))

    def addItem(self, item: QLayoutItem) -> None:
        """Whatever comes later stands at the end."""
        self._groups[1].append(item)

    def count(self) -> int:
        """How many items there are, hidden ones too."""
        return sum(map(len, self._groups))

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # None past the end, as Qt wants it
        """The item at `index`, near group first."""
        items = [*self._groups[0], *self._groups[1]]
        return items[index] if 0 <= index < len(items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # as above
        """Take an item out."""
        item = self.itemAt(index)
        if item is not None:
            next(group for group in self._groups if item in group).remove(item)
        return item

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of as many rows as it takes."""
        return self._height(self._rows(width))

    def sizeHint(self) -> QSize:
        """Everything in one row."""
        items = self._shown(0) + self._shown(1)
        return QSize(self._length(items), self._height([items]))

    def minimumSize(self) -> QSize:
        """The widest item alone; the height follows the width the layout has."""
        widest = max((item.sizeHint().width() for item in self._shown(0) + self._shown(1)), default=0)
        return QSize(widest, self._height(self._rows(max(widest, self.geometry().width()))))

    def setGeometry(self, rect: QRect) -> None:
        """Put every item in its place."""
        super().setGeometry(rect)
        near, far = self._shown(0), self._shown(1)
        if self._length(near + far) <= rect.width():
            self._place(near, rect, rect.x(), rect.y())
            self._place(far, rect, rect.x() + rect.width() - self._length(far), rect.y())
            return
        y = rect.y()
        for row in self._rows(rect.width()):
            extra = (rect.width() - self._length(row)) // max(1, len(row))
            self._place(row, rect, rect.x(), y, max(0, extra))
            y += self._row_height(row) + self.spacing()

    def _place(self, row: list[QLayoutItem], rect: QRect, x: int, y: int, extra: int = 0) -> None:
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        for item in row:
            size = QSize(item.sizeHint().width() + extra, self._row_height(row))
            item.setGeometry(QStyle.visualRect(direction, rect, QRect(x, y, size.width(), size.height())))
            x += size.width() + self.spacing()

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        near, far = self._shown(0), self._shown(1)
        if self._length(near + far) <= width:
            return [near + far]
        return [*self._broken(far, width), *self._broken(near, width)]

    def _broken(self, items: list[QLayoutItem], width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        for item in items:
            if rows and self._length([*rows[-1], item]) <= width:
                rows[-1].append(item)
            else:
                rows.append([item])
        return rows

    def _shown(self, group: int) -> list[QLayoutItem]:
        return [item for item in self._groups[group] if not item.isEmpty()]

    def _length(self, items: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in items) + self.spacing() * max(0, len(items) - 1)

    def _row_height(self, row: list[QLayoutItem]) -> int:
        return max((item.sizeHint().height() for item in row), default=0)

    def _height(self, rows: list[list[QLayoutItem]]) -> int:
        return sum(map(self._row_height, rows)) + self.spacing() * max(0, len(rows) - 1)
