"""The way Tab goes: through a window as it is read, whatever was added to it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QLayoutItem, QScrollArea, QWidget


def follow_reading(window: QWidget) -> None:
    """Let Tab go through all that takes the focus in the order in which it is laid out."""
    for one, next_one in pairwise(list(_readable(window))):
        QWidget.setTabOrder(one, next_one)


def _readable(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    elif isinstance(widget, QScrollArea):
        yield from _readable(cast("QWidget", widget.widget()))
    elif (layout := widget.layout()) is not None:
        yield from _within(layout)


def _within(layout: QLayout) -> Iterator[QWidget]:
    for item in _items(layout):
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from _within(inner)
        elif widget is not None:
            yield from _readable(widget)


def _items(layout: QLayout) -> list[QLayoutItem]:
    """The items of a layout; those of a grid line by line, whenever they were put there."""
    items = [cast("QLayoutItem", layout.itemAt(at)) for at in range(layout.count())]
    if isinstance(layout, QGridLayout):
        # Row, column and how many of each it covers: the stubs know no better than `object`.
        places = [cast("tuple[int, ...]", layout.getItemPosition(at)) for at in range(layout.count())]
        return [items[at] for at in sorted(range(len(items)), key=places.__getitem__)]
    return items
