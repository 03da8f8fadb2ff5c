from __future__ import annotations

from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tray_agent.ui.settings.tab_order import follow_reading


def chain(first: QWidget) -> list[str]:
    """The names of the fields in the order in which Tab reaches them."""
    around = [first]
    while (following := around[-1].nextInFocusChain()) not in {None, first}:
        around.append(following)
    return [widget.objectName() for widget in around if isinstance(widget, QLineEdit)]


def field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    return made


def test_tab_reads_line_by_line_whatever_was_added_when(app: QApplication) -> None:
    window, scrolled = QWidget(), QScrollArea()
    column, grid, line = QVBoxLayout(window), QGridLayout(), QHBoxLayout()
    fields = {name: field(name) for name in "fedcba"}
    inner = QWidget()
    line.addWidget(fields["f"])
    grid.addWidget(fields["e"], 1, 1)
    grid.addWidget(QLabel("no stop"), 0, 1)
    grid.addWidget(fields["d"], 1, 0)
    grid.addWidget(fields["c"], 0, 0)
    QVBoxLayout(inner).addWidget(fields["b"])
    scrolled.setWidget(inner)
    scrolled.setFocusPolicy(inner.focusPolicy())
    column.addLayout(line)
    column.insertLayout(0, grid)
    column.insertWidget(0, scrolled)
    column.insertWidget(0, fields["a"])
    follow_reading(window)
    assert chain(fields["a"]) == list("abcdef")
