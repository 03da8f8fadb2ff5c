"""A page that shows one of several leaves at a time, above buttons that stay where they are."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QTabBar, QVBoxLayout, QWidget

from tray_agent.ui.lettering import literal
from tray_agent.ui.look import Look
from tray_agent.ui.opening import Say
from tray_agent.ui.page import SPACING, Page

SLACK = 16
"""A scroll bar that is there for a moment only takes the width away that would make it needless."""

_SCROLLS = {
    Qt.Key.Key_PageUp: -1.0,
    Qt.Key.Key_PageDown: 1.0,
    Qt.Key.Key_Home: -1000.0,
    Qt.Key.Key_End: 1000.0,
}
"""How many windows' heights each key goes down."""

_TABS = """
QTabBar {{ background: transparent; }}
QTabBar::tab {{
    color: {soft}; background: transparent; padding: 8px 4px; margin-{after}: 22px;
    border: none; border-bottom: 3px solid {line};
}}
QTabBar::tab:selected {{ color: {ink}; border-bottom-color: {accent}; }}
QTabBar::tab:hover {{ color: {accent}; }}
QTabBar::tab:focus {{ color: {accent}; border: 1px dotted {ink}; border-bottom: 3px solid {accent}; }}
"""


class Tabs(QTabBar):
    """The names of the leaves to choose from; the arrow keys go from one to the next."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        for name in names:
            self.addTab(literal(name))
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """The desktop has changed from light to dark, or back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        look = Look.of(QGuiApplication.palette())
        colours = {name: getattr(look, name).name() for name in ("ink", "soft", "line", "accent")}
        right_to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        sheet = _TABS.format(**colours, after="left" if right_to_left else "right")
        if sheet != self.styleSheet():  # setting one is a change in its turn
            self.setStyleSheet(sheet)


class Leaves(Page):
    """Subclasses add their leaves in order and turn to the first one; `leaf` is the one on show."""

    def __init__(self, title: str, say: Say) -> None:
        super().__init__(title, say)
        self.leaf = 0
        self._leaves: list[QWidget] = []

    def add_leaf(self, name: str) -> QVBoxLayout:
        """An empty leaf; `name` is what is announced where it has no labels to read out."""
        leaf = QWidget()
        leaf.setAccessibleName(name)
        column = QVBoxLayout(leaf)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        leaf.hide()
        self._leaves.append(leaf)
        self.column.addWidget(leaf, 1)
        return column

    def turn_to(self, number: int) -> None:
        """Show this leaf, from its top, and say what stands on it to whoever cannot see it."""
        self.leaf = number
        self._show(number)
        self._scroll(-1000.0)
        words = self._read_out(self._leaves[number])
        self.setAccessibleDescription(words)
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def wanted_height(self, width: int) -> int:
        """Room for the highest of the leaves: turning to another one never moves the buttons."""
        heights = []
        for number in range(len(self._leaves)):
            self._show(number)
            heights.append(super().wanted_height(width) + self.more_height(number, width))
        self._show(self.leaf)
        return max(heights) + SLACK

    def more_height(self, leaf: int, width: int) -> int:
        """What a leaf would like to have beyond the least it can do with."""
        return 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that scroll do so wherever the focus is."""
        pages = _SCROLLS.get(Qt.Key(event.key()))
        if pages is None:
            super().keyPressEvent(event)
        else:
            self._scroll(pages)

    def _read_out(self, leaf: QWidget) -> str:
        labels = [label.text() for label in leaf.findChildren(QLabel) if not label.isHidden()]
        return " ".join(filter(None, labels)) or leaf.accessibleName()

    def _show(self, number: int) -> None:
        for each, leaf in enumerate(self._leaves):
            leaf.setVisible(each == number)

    def _scroll(self, pages: float) -> None:
        bar = self.findChildren(QScrollArea)[0].verticalScrollBar()
        bar.setValue(bar.value() + round(pages * bar.pageStep()))
