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
