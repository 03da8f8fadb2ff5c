"""The tray icon on Linux: a pystray icon that lives on the bus as an org.kde.StatusNotifierItem.

pystray's own backends for Linux load GTK or know neither menus nor Wayland; this one needs the session
bus and nothing else.  `SniTray` is the port, `StatusNotifierIcon` the pystray icon behind it.  Where
no panel watches for icons, the icon waits for one; each new panel gets it within the moment.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tray_agent.platforms.linux.bare_pystray import Icon, Menu, MenuItem
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.dbusmenu import PATH as MENU_PATH
from tray_agent.platforms.linux.dbusmenu import DbusMenu
from tray_agent.platforms.linux.exported import Exported, Interface, Method, Property, plain
from tray_agent.platforms.linux.messages import Body
from tray_agent.platforms.linux.sni_watcher import Registration
from tray_agent.ports import Entry, Face, Health, Loop, Picture

PATH = "/StatusNotifierItem"
ITEM = "org.kde.StatusNotifierItem"
APP, APP_NAME = "org.trayagent.TrayAgent", "Tray Agent"
SIZES = (22, 32, 48, 64)

Pixmaps = list[tuple[int, int, bytes]]
Draw = Callable[[Face, int], Picture]


class StatusNotifierIcon(Icon):  # type: ignore[misc]
    """pystray's icon over D-Bus.  Its `icon` is a `Face`, since a panel wants it in several sizes.

    Everything happens on our loop; `run_detached` starts no thread and returns at once.  A click
    calls `activated`, or the menu's default item without it.
    """

    HAS_DEFAULT_ACTION = True
    HAS_MENU = True
    HAS_MENU_RADIO = True
    HAS_NOTIFICATION = False

    def __init__(
        self,
        loop: Loop,
        bus: Bus,
        face: Face,
        menu: Menu,
        draw: Draw,
        *,
        activated: Callable[[], object] | None,
        changed: Callable[[], object],
        token: Callable[[str], object],
        clickable: bool,
    ) -> None:
        super().__init__(APP, face, face.title, menu)
        self._running = False
        self._loop = loop
        self._draw = draw
        self._activated = activated or self
        self._token = token
        self._clickable = clickable
        self._pixmaps: Pixmaps = []
        self._status = "Passive"
        self._menu_object = DbusMenu(bus, lambda: self.menu, self._clicked)
        self._object = Exported(bus, PATH, self._interface())
        self.registration = Registration(loop, bus, f"{ITEM}-{os.getpid()}-1", PATH, changed)

    def __del__(self) -> None:
        """Nothing: pystray's own would talk to a bus that may be gone."""

    def stop(self) -> None:
        """Take the icon away; without pystray's wait for a thread, since we start none."""
        if self._running:
            self._running = False
            self.visible = False
            self._menu_object.close()
            self._object.close()

    def _start_setup(self, setup: Callable[[Any], object] | None) -> None:
        self._loop.call_soon(lambda: self._appear() if setup is None else setup(self))

    def _run_detached(self) -> None:
        self._mark_ready()

    def _appear(self) -> None:
        if self._running:
            self.visible = True

    def _show(self) -> None:
        self.registration.begin()

    def _hide(self) -> None:
        self.registration.end()

    def _update_icon(self) -> None:
        self._pixmaps = [(size, size, _argb(self._draw(self.icon, size))) for size in SIZES]
        self._icon_valid = True
        self._object.emit("NewIcon")
        status = "NeedsAttention" if self.icon.look == "prompt" else "Active"
        if status != self._status:
            self._status = status
            self._object.emit("NewAttentionIcon")
            self._object.emit("NewStatus", status)

    def _update_title(self) -> None:
        self._object.emit("NewToolTip")

    def _update_menu(self) -> None:
        self._menu_object.refresh()

    def _clicked(self, item: MenuItem) -> None:
        self._loop.call_soon(self._handler(item))

    def _activate(self, _x: int, _y: int) -> Body:
        self._loop.call_soon(self._activated)
        return ()

    def _keep_token(self, token: str) -> Body:
        self._token(token)
        return ()

    def _interface(self) -> Interface:
        methods = {
            "SecondaryActivate": Method("ii", "", self._activate),
            "ContextMenu": Method("ii", "", lambda _x, _y: ()),
            "Scroll": Method("is", "", lambda _delta, _orientation: ()),
            "ProvideXdgActivationToken": Method("s", "", self._keep_token),
        }
        if self._clickable:
            methods["Activate"] = Method("ii", "", self._activate)
        return Interface(
            ITEM,
            methods,
            properties={
                "Category": Property("s", lambda: "ApplicationStatus"),
                "Id": Property("s", lambda: APP),
                "Title": Property("s", lambda: APP_NAME),
                "Status": Property("s", lambda: self._status),
                "WindowId": Property("i", lambda: 0),
                "IconName": Property("s", lambda: ""),
                "IconPixmap": Property("a(iiay)", lambda: self._pixmaps),
                "IconAccessibleDesc": Property("s", lambda: plain(self.title)),
                "OverlayIconName": Property("s", lambda: ""),
                "AttentionIconName": Property("s", lambda: ""),
                "AttentionIconPixmap": Property("a(iiay)", lambda: self._pixmaps),
                "AttentionAccessibleDesc": Property("s", lambda: plain(self.title)),
                "ToolTip": Property("(sa(iiay)ss)", lambda: ("", [], plain(self.title), "")),
                "ItemIsMenu": Property("b", lambda: not self._clickable),
                "Menu": Property("o", lambda: MENU_PATH),
            },
            signals={
                "NewTitle": "",
                "NewIcon": "",
                "NewAttentionIcon": "",
                "NewOverlayIcon": "",
                "NewToolTip": "",
                "NewStatus": "s",
            },
        )


class SniTray:
    """The tray port.  `menu` is asked for its entries each time the menu is about to be seen, `draw` for
    a face as an RGBA picture of so many pixels; `activated` is a click on the icon, by default the menu's
    default entry, and `changed` is called whenever `health` may have changed.  `token` gets what lets a
    window take the focus under Wayland, a moment before a click is told.

    `desktop` is the session's XDG_CURRENT_DESKTOP: GNOME Shell delays the menu of an item that can be
    activated by the time of a double click, so there a click opens the menu and nothing else.
    """

    def __init__(
        self,
        loop: Loop,
        bus: Bus,
        menu: Callable[[], Sequence[Entry]],
        draw: Draw,
        *,
        activated: Callable[[], object] | None = None,
        changed: Callable[[], object] = lambda: None,
        token: Callable[[str], object] = lambda _token: None,
        desktop: str | None = None,
    ) -> None:
        desktop = os.environ.get("XDG_CURRENT_DESKTOP", "") if desktop is None else desktop
        self._face = Face("unknown", 0.0, APP_NAME)
        clickable = "GNOME" not in desktop.split(":")
        self._icon = StatusNotifierIcon(
            loop,
            bus,
            self._face,
            _menu(menu),
            draw,
            activated=activated,
            changed=changed,
            token=token,
            clickable=clickable,
        )
        self._icon.run_detached()

    def show(self, face: Face) -> None:
        """Draw this face; cheap when nothing changed."""
        before, self._face = self._face, face
        if (face.look, face.progress) != (before.look, before.progress):
            self._icon.icon = face
        self._icon.title = face.title
        if face != before:
            self._icon.update_menu()

    def health(self) -> Health:
        """Which panel shows the icon, or why none does."""
        return self._icon.registration.health()

    def close(self) -> None:
        """Take the icon away."""
        self._icon.stop()


def _menu(entries: Callable[[], Sequence[Entry]]) -> Menu:
    return Menu(lambda: _items(entries()))


def _items(entries: Sequence[Entry]) -> Iterator[MenuItem]:
    for entry in entries:
        yield _item(entry) if entry.label else Menu.SEPARATOR


def _item(entry: Entry) -> MenuItem:
    def checked(_item: MenuItem) -> bool | None:
        return entry.checked

    # Wrapped, since pystray guesses from an action's signature what to call it with.
    def act() -> object:
        return entry.action and entry.action()

    return MenuItem(
        entry.label,
        Menu(*_items(entry.children)) if entry.children else act,
        checked=None if entry.checked is None else checked,
        radio=entry.radio,
        default=entry.default,
        enabled=bool(entry.action or entry.children),
    )


def _argb(picture: Picture) -> bytes:
    """The picture in network byte order, alpha first, as the specification wants it."""
    rgba = picture.tobytes()
    argb = bytearray(len(rgba))
    argb[0::4] = rgba[3::4]
    for place in (1, 2, 3):
        argb[place::4] = rgba[place - 1 :: 4]
    return bytes(argb)
