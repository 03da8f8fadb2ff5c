"""The menu's entries as a window is told of them, and the Qt menu they become."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from tray_agent.ui.lettering import literal

Choose = Callable[[int], object]


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry; `id` is what to say when it was chosen.

    One with `children` is a submenu.  `checked` is None for an entry that cannot be ticked.
    """

    id: int
    label: str = ""
    checked: bool | None = None
    radio: bool = False
    enabled: bool = True
    default: bool = False
    separator: bool = False
    children: tuple[Item, ...] = ()


def fill(menu: QMenu, items: Iterable[Item], choose: Choose) -> None:
    """Put the items into the menu; `choose` is called with the id of the one chosen."""
    radios = QActionGroup(menu)
    for item in items:
        if item.separator:
            menu.addSeparator()
        elif item.children:
            fill(menu.addMenu(literal(item.label)), item.children, choose)
        else:
            action = menu.addAction(literal(item.label))
            action.setEnabled(item.enabled)
            if item.checked is not None:
                _make_checkable(action, item, radios)
            if item.default:
                menu.setDefaultAction(action)
            action.triggered.connect(lambda _checked, chosen=item.id: choose(chosen))


def _make_checkable(action: QAction, item: Item, radios: QActionGroup) -> None:
    action.setCheckable(True)
    if item.radio:
        radios.addAction(action)
    action.setChecked(bool(item.checked))
