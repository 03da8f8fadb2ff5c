"""The windows a person sees on an X display, by what the window manager says of them."""

from __future__ import annotations

from contextlib import closing

from Xlib import X
from Xlib.display import Display
from Xlib.error import BadWindow


def titles(display: str) -> list[str]:
    """The titles of the windows that are managed and viewable, oldest first."""
    with closing(Display(display)) as connection:
        listed = connection.screen().root.get_full_property(
            connection.intern_atom("_NET_CLIENT_LIST"), X.AnyPropertyType
        )
        name = connection.intern_atom("_NET_WM_NAME")
        found = []
        for number in listed.value if listed else ():
            window = connection.create_resource_object("window", number)
            try:
                title = window.get_full_property(name, X.AnyPropertyType)
                if window.get_attributes().map_state == X.IsViewable and title:
                    found.append(title.value.decode())
            except BadWindow:
                continue  # it was closed while we looked
        return found


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
