"""The windows a person sees on an X display, by what the window manager says of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from Xlib import X
from Xlib.display import Display
from Xlib.error import BadWindow
from Xlib.protocol.event import ClientMessage

from tests.support.screen import Box


def titles(display: str) -> list[str]:
    """The titles of the windows that are managed and viewable, oldest first."""
    with closing(Display(display)) as connection:
        return [title for title, _box in _managed(connection)]


def box_of(display: str, title: str) -> Box | None:
    """Left, top, right and bottom of what is inside the frame of the window of this title."""
    with closing(Display(display)) as connection:
        return next((box for each, box in _managed(connection) if each == title), None)


def close(display: str, title: str) -> None:
    """Ask the window manager to close the window of this title, as a click on its cross does."""
    with closing(Display(display)) as connection:
        (window,) = (window for window, each, _box in _listed(connection) if each == title)
        kind = connection.intern_atom("_NET_CLOSE_WINDOW")
        message = ClientMessage(window=window, client_type=kind, data=(32, [X.CurrentTime, 2, 0, 0, 0]))
        mask = X.SubstructureNotifyMask | X.SubstructureRedirectMask
        connection.screen().root.send_event(message, event_mask=mask)
        connection.sync()


def icons(display: str, title: str) -> dict[int, list[int]]:
    """The pictures that task bars show for the window of this title: by width, each pixel as ARGB."""
    with closing(Display(display)) as connection:
        (window,) = (window for window, each, _box in _listed(connection) if each == title)
        said = window.get_full_property(connection.intern_atom("_NET_WM_ICON"), X.AnyPropertyType)
        numbers, found = list(said.value) if said else [], {}
        while numbers:
            width, height, *rest = numbers
            found[width], numbers = rest[: width * height], rest[width * height :]
        return found


def popups(display: str) -> int:
    """How many windows that no manager cares for are on the screen: menus, notes, tooltips."""
    with closing(Display(display)) as connection:
        found = 0
        for window in connection.screen().root.query_tree().children:
            try:
                seen = window.get_attributes()
            except BadWindow:
                continue  # it was closed while we looked
            found += seen.map_state == X.IsViewable and bool(seen.override_redirect)
        return found


def _managed(connection: Any) -> Iterator[tuple[str, Box]]:
    for _window, title, box in _listed(connection):
        yield title, box


def _listed(connection: Any) -> Iterator[tuple[Any, str, Box]]:
    root = connection.screen().root
    listed = root.get_full_property(connection.intern_atom("_NET_CLIENT_LIST"), X.AnyPropertyType)
    name = connection.intern_atom("_NET_WM_NAME")
    for number in listed.value if listed else ():
        window = connection.create_resource_object("window", number)
        try:
            title = window.get_full_property(name, X.AnyPropertyType)
            if window.get_attributes().map_state == X.IsViewable and title:
                size, at = window.get_geometry(), root.translate_coords(window, 0, 0)
                yield window, title.value.decode(), (at.x, at.y, at.x + size.width, at.y + size.height)
        except BadWindow:
            continue  # it was closed while we looked


def place_of(display: str, kind: str) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom on the screen of the first viewable window whose WM_CLASS names `kind`."""
    with closing(Display(display)) as connection:
        waiting = [connection.screen().root]
        while waiting:
            window = waiting.pop()
            try:
                if (
                    kind in (window.get_wm_class() or ())
                    and window.get_attributes().map_state == X.IsViewable
                ):
                    size = window.get_geometry()
                    at = connection.screen().root.translate_coords(window, 0, 0)
                    return at.x, at.y, at.x + size.width, at.y + size.height
                waiting += window.query_tree().children
            except BadWindow:
                continue  # it was closed while we looked
    return None
