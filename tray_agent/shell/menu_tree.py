"""The menu's entries as plain data for another process, and back: from the id it says to the action."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tray_agent.ports import Entry


class Tree:
    """Some entries as they were at one moment; their ids run from `first` to just before `end`.

    Two trees from the same `first` have equal `items` when they look the same.
    """

    def __init__(self, entries: Iterable[Entry], first: int = 0) -> None:
        self.first = self.end = first
        self._actions: dict[int, Callable[[], object]] = {}
        self.items: list[dict[str, Any]] = [self._item(entry) for entry in entries]

    def choose(self, chosen: int) -> bool:
        """Do what the entry with this id does; False when nothing here that can be chosen has it."""
        action = self._actions.get(chosen)
        if action is None:
            return False
        action()
        return True

    def _item(self, entry: Entry) -> dict[str, Any]:
        number = self.end
        self.end += 1
        if not entry.label:
            return {"id": number, "separator": True}
        if entry.action is not None:
            self._actions[number] = entry.action
        return {
            "id": number,
            "label": entry.label,
            "checked": entry.checked,
            "radio": entry.radio,
            "default": entry.default,
            "enabled": entry.action is not None or bool(entry.children),
            "children": [self._item(child) for child in entry.children],
        }
