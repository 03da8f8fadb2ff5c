"""The agent's tray menu as a panel sees it: over com.canonical.dbusmenu, opened, read and clicked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, Properties, new_method_call

from tests.support.desktop import Desktop

ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry on the screen; `number` is what a panel clicks."""

    number: int
    label: str
    enabled: bool
    checked: bool


class PanelMenu:
    """The menu of the only icon in the panel."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        (self.item,) = desktop.tray_items()
        owner, _slash, path = self.item.partition("/")
        self._icon = DBusAddress(f"/{path}", owner, ITEM)
        self._menu = DBusAddress(self.property("Menu"), owner, MENU)

    def property(self, name: str) -> Any:
        """One property of the icon."""
        return self._desktop.call(Properties(self._icon).get(name))[0][1]

    def open(self) -> dict[str, Shown]:
        """Open it: every entry by its path, such as `Pause/1 hour`."""
        self._desktop.call(new_method_call(self._menu, "AboutToShow", "i", (0,)))
        layout = self._desktop.call(new_method_call(self._menu, "GetLayout", "iias", (0, -1, [])))[1]
        return dict(_entries(layout, ""))

    def click(self, path: str) -> None:
        """Open it and click an entry."""
        number = self.open()[path].number
        self._desktop.call(new_method_call(self._menu, "Event", "isvu", (number, "clicked", ("i", 0), 0)))


def _entries(node: Any, path: str) -> Iterator[tuple[str, Shown]]:
    for _signature, child in node[2]:
        number, properties, _children = child
        found = {key: value for key, (_kind, value) in properties.items()}
        label = found.get("label", "")
        if found.get("type") != "separator":
            yield (
                path + label,
                Shown(number, label, found.get("enabled", True), found.get("toggle-state") == 1),
            )
        yield from _entries(child, f"{path}{label}/")
