"""The tray menu on the bus (com.canonical.dbusmenu), made when somebody is about to look at it.

A menu of the same shape keeps its ids and only tells what changed in its items; one of another shape
gets fresh ids where it differs, so that a click made on an old menu can never hit something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any

from msgspec import Struct, field

from tray_agent.platforms.linux.bare_pystray import Menu, MenuItem
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.exported import BadArgument, Exported, Interface, Method, Property, plain
from tray_agent.platforms.linux.messages import Body

Properties = dict[str, tuple[str, Any]]

PATH = "/MenuBar"
DEFAULTS: Properties = {
    "type": ("s", "standard"),
    "label": ("s", ""),
    "enabled": ("b", True),
    "visible": ("b", True),
    "toggle-type": ("s", ""),
    "toggle-state": ("i", -1),
    "children-display": ("s", ""),
}


class _Node(Struct):
    number: int
    properties: Properties
    item: Any = None
    children: list[_Node] = field(default_factory=list)

    @property
    def kind(self) -> tuple[Any, ...]:
        """What makes an item another item rather than the same one with other words."""
        return tuple(self.properties.get(key) for key in ("type", "toggle-type", "children-display"))

    def walk(self) -> Iterator[_Node]:
        yield self
        for child in self.children:
            yield from child.walk()


class DbusMenu:
    """Serves what `menu()` gives; `clicked` gets the item that was clicked, after the answer is out."""

    def __init__(
        self,
        bus: Bus,
        menu: Callable[[], Menu | None],
        clicked: Callable[[MenuItem], object],
    ) -> None:
        self._menu = menu
        self._clicked = clicked
        self._ids = count(1)
        self._revision = 0
        self._open = False
        self._root = _Node(0, {"children-display": ("s", "submenu")})
        self._object = Exported(bus, PATH, self._interface())

    def refresh(self) -> bool:
        """Make the menu anew and tell what changed, if it is open; whether its shape did.

        One that was asked for before there was any is told of, too.
        """
        asked_too_soon = self._revision > 0 and not self._root.children
        return (self._open or asked_too_soon) and self._rebuild()

    def close(self) -> None:
        """Take the menu off the bus."""
        self._object.close()

    def _rebuild(self) -> bool:
        before = {node.number: node.properties for node in self._root.walk()}
        menu = self._menu()
        reshaped = self._fill(self._root, list(menu) if menu is not None else []) or self._revision == 0
        if reshaped:
            self._revision += 1
            self._object.emit("LayoutUpdated", self._revision, 0)
        self._tell_changes(before)
        return reshaped

    def _fill(self, parent: _Node, items: Sequence[MenuItem]) -> bool:
        """Put the items under `parent`; whether their shape, or one further down, is another."""
        old = parent.children
        new = [_Node(0, _properties(item), item) for item in items]
        reshaped = [node.kind for node in new] != [node.kind for node in old]
        kept = _unchanged(old, new) if reshaped else dict(enumerate(old))
        parent.children = new
        for place, node in enumerate(new):
            same = kept.get(place)
            node.number = same.number if same is not None else next(self._ids)
            node.children = same.children if same is not None else []
            submenu = node.item.submenu
            reshaped |= self._fill(node, list(submenu) if submenu is not None else [])
        return reshaped

    def _tell_changes(self, before: dict[int, Properties]) -> None:
        updated: list[tuple[int, Properties]] = []
        removed: list[tuple[int, list[str]]] = []
        for node in self._root.walk():
            old = before.get(node.number, node.properties)
            if changed := {key: value for key, value in node.properties.items() if old.get(key) != value}:
                updated.append((node.number, changed))
            if gone := [key for key in old if key not in node.properties]:
                removed.append((node.number, gone))
        if updated or removed:
            self._object.emit("ItemsPropertiesUpdated", updated, removed)

    def _find(self, number: int) -> _Node | None:
        return next((node for node in self._root.walk() if node.number == number), None)

    def _known(self, number: int) -> _Node:
        node = self._find(number)
        if node is None:
            raise BadArgument(f"no menu item {number}")
        return node

    def _get_layout(self, parent: int, depth: int, names: list[str]) -> Body:
        if self._revision == 0:
            self._rebuild()
        return self._revision, _layout(self._known(parent), depth, names)

    def _get_group_properties(self, ids: list[int], names: list[str]) -> Body:
        return (
            [
                (node.number, _only(node, names))
                for node in self._root.walk()
                if not ids or node.number in ids
            ],
        )

    def _get_property(self, number: int, name: str) -> Body:
        value = self._known(number).properties.get(name) or DEFAULTS.get(name)
        if value is None:
            raise BadArgument(f"no menu property {name!r}")
        return (value,)

    def _event(self, number: int, what: str, _data: Any, _time: int) -> Body:
        node = self._known(number)
        if what == "clicked" and node.item is not None:
            self._clicked(node.item)
        if node is self._root and what in ("opened", "closed"):
            self._open = what == "opened"
        return ()

    def _event_group(self, events: list[tuple[int, str, Any, int]]) -> Body:
        missing = [event[0] for event in events if self._find(event[0]) is None]
        for event in events:
            if event[0] not in missing:
                self._event(*event)
        return (missing,)

    def _about_to_show(self, number: int) -> Body:
        self._known(number)
        # Submenus were made along with the whole menu: nothing can be new under an open one.
        return (self._rebuild() if number == 0 else False,)

    def _about_to_show_group(self, ids: list[int]) -> Body:
        missing = [number for number in ids if self._find(number) is None]
        return [0] if 0 in ids and self._rebuild() else [], missing

    def _interface(self) -> Interface:
        return Interface(
            "com.canonical.dbusmenu",
            methods={
                "GetLayout": Method("iias", "u(ia{sv}av)", self._get_layout),
                "GetGroupProperties": Method("aias", "a(ia{sv})", self._get_group_properties),
                "GetProperty": Method("is", "v", self._get_property),
                "Event": Method("isvu", "", self._event),
                "EventGroup": Method("a(isvu)", "ai", self._event_group),
                "AboutToShow": Method("i", "b", self._about_to_show),
                "AboutToShowGroup": Method("ai", "aiai", self._about_to_show_group),
            },
            properties={
                "Version": Property("u", lambda: 3),
                "TextDirection": Property("s", lambda: "ltr"),
                "Status": Property("s", lambda: "normal"),
                "IconThemePath": Property("as", list),
            },
            signals={
                "ItemsPropertiesUpdated": "a(ia{sv})a(ias)",
                "LayoutUpdated": "ui",
                "ItemActivationRequested": "iu",
            },
        )


def _unchanged(old: list[_Node], new: list[_Node]) -> dict[int, _Node]:
    """Old nodes, by the place of the new node of the same kind and label."""
    left = list(old)
    kept: dict[int, _Node] = {}
    for place, node in enumerate(new):
        for candidate in left:
            if candidate.kind == node.kind and candidate.properties.get("label") == node.properties.get(
                "label"
            ):
                kept[place] = candidate
                left.remove(candidate)
                break
    return kept


def _properties(item: MenuItem) -> Properties:
    if item is Menu.SEPARATOR:
        return {"type": ("s", "separator")}
    # An underscore marks an access key; a doubled one is an underscore.
    properties: Properties = {"label": ("s", plain(item.text).replace("_", "__"))}
    if not item.enabled:
        properties["enabled"] = ("b", False)
    if item.submenu is not None:
        properties["children-display"] = ("s", "submenu")
    if item.checked is not None:
        properties["toggle-type"] = ("s", "radio" if item.radio else "checkmark")
        properties["toggle-state"] = ("i", int(item.checked))
    return properties


def _only(node: _Node, names: list[str]) -> Properties:
    return {key: value for key, value in node.properties.items() if not names or key in names}


def _layout(node: _Node, depth: int, names: list[str]) -> tuple[int, Properties, list[tuple[str, Any]]]:
    children = node.children if depth else []
    return (
        node.number,
        _only(node, names),
        [("(ia{sv}av)", _layout(child, depth - 1, names)) for child in children],
    )
