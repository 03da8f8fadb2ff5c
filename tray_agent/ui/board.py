"""The menu's first level as a board of large buttons; what is a submenu there drops down here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum, auto

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tray_agent.ui.items import Choose, Item, fill
from tray_agent.ui.lettering import lettered, literal
from tray_agent.ui.look import sized

COLUMNS = 2
TICK, DROPS = "✓", "▾"


class Kind(Enum):
    """What stands on the board for an item."""

    SEPARATOR = auto()
    LINE = auto()
    ACTION = auto()
    TOGGLE = auto()
    MENU = auto()

    @classmethod
    def of(cls, item: Item) -> Kind:
        """An entry that can neither be chosen nor ticked is something to read."""
        if item.separator:
            return cls.SEPARATOR
        if item.children:
            return cls.MENU
        if item.checked is not None:
            return cls.TOGGLE
        return cls.ACTION if item.enabled else cls.LINE


class Tile(QPushButton):
    """One button, which can come to stand for another item of its kind."""

    def __init__(self, item: Item, choose: Choose) -> None:
        super().__init__()
        self._choose = choose
        self.setFont(sized(self.font(), 1.1))
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCheckable(Kind.of(item) is Kind.TOGGLE)
        self.show_item(item)
        self.clicked.connect(self._clicked)
        # A screen reader may tick a box without clicking on it.
        self.toggled.connect(self._toggled)

    def show_item(self, item: Item) -> None:
        """Stand for this item from now on."""
        self.item = item
        mark = {True: f"{TICK} ", False: "", None: ""}[item.checked]
        self.setText(literal(f"{mark}{item.label}" + (f" {DROPS}" if item.children else "")))
        self.setAccessibleName(item.label)
        self.setEnabled(item.enabled)
        self._show_tick()
        self.setProperty("role", "main-tile" if item.default else "tile")
        if item.children:
            self._drop_down(item)

    def _drop_down(self, item: Item) -> None:
        menu, before = QMenu(self), self.menu()
        fill(menu, item.children, self._choose)
        self.setMenu(menu)
        if before is not None:
            before.deleteLater()

    def _clicked(self) -> None:
        if not self.item.children and not self.isCheckable():
            self._choose(self.item.id)

    def _toggled(self) -> None:
        # It shows what is so, not what was asked for: the agent will tell.
        self._show_tick()
        self._choose(self.item.id)

    def _show_tick(self) -> None:
        with QSignalBlocker(self):
            self.setChecked(bool(self.item.checked))


class Board(QWidget):
    """Shows items; `choose` is called with the id of the one chosen."""

    def __init__(self, choose: Choose) -> None:
        super().__init__()
        self._choose = choose
        self._kinds: list[Kind] = []
        self._parts: list[Tile | QLabel] = []
        self._waiting: list[Item] | None = None
        self._board = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_items(self, items: Iterable[Item]) -> None:
        """Show these; buttons that stay keep the focus, and a menu that has dropped down stays too."""
        self._waiting = list(items)
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu):
            popup.aboutToHide.connect(lambda: QTimer.singleShot(0, self._show_waiting))
        else:
            self._show_waiting()

    def tiles(self) -> list[Tile]:
        """The buttons, in order."""
        return [part for part in self._parts if isinstance(part, Tile)]

    def _show_waiting(self) -> None:
        items, self._waiting = self._waiting, None
        if items is None:
            return
        kinds = [Kind.of(item) for item in items]
        if kinds == self._kinds:
            shown = [item for item, kind in zip(items, kinds, strict=True) if kind is not Kind.SEPARATOR]
            for part, item in zip(self._parts, shown, strict=True):
                part.show_item(item) if isinstance(part, Tile) else part.setText(item.label)
        else:
            self._kinds = kinds
            self._rebuild(items)

    def _rebuild(self, items: list[Item]) -> None:
        holder = self.window().focusWidget()
        focused = holder.item.label if isinstance(holder, Tile) else None
        self._parts = []
        board = QWidget()
        column = QVBoxLayout(board)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(18)
        for section in _sections(items):
            column.addLayout(self._section(section))
        before, self._board = self._board, board
        before.hide()
        before.deleteLater()
        self._column.addWidget(board)
        board.show()  # what is not shown yet cannot take the focus
        for tile in self.tiles():
            if tile.item.label == focused:
                tile.setFocus()

    def _section(self, items: list[Item]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(10)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        cell = 0
        for item in items:
            part: Tile | QLabel
            wide = item.default or Kind.of(item) is Kind.LINE
            part = (
                lettered(self, item.label, 1.05, role="soft")
                if Kind.of(item) is Kind.LINE
                else Tile(item, self._choose)
            )
            self._parts.append(part)
            if wide:
                cell = -(-cell // COLUMNS) * COLUMNS
            grid.addWidget(part, cell // COLUMNS, cell % COLUMNS, 1, COLUMNS if wide else 1)
            cell += COLUMNS if wide else 1
        return grid


def _sections(items: list[Item]) -> Iterator[list[Item]]:
    """The items between two separators, where there are any."""
    section: list[Item] = []
    for item in [*items, Item(-1, separator=True)]:
        if not item.separator:
            section.append(item)
        elif section:
            yield section
            section = []
