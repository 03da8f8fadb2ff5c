"""The icon in the menu bar.

The agent's loop owns `MacTray`, the main thread the icon and its menu.  It is no pystray icon: that one
touches AppKit on whatever thread it is called, which macOS 26 answers by ending the program, scales its
picture to one pixel a point, knows no templates and makes its menu anew at each change; what is left is
shorter than mending it.  A click opens the menu, with whichever button, as every icon in the menu bar does.

Apple developer documentation: "NSStatusItem", "NSStatusBarButton", "NSImage", "isTemplate".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from AppKit import NSImage, NSSquareStatusItemLength, NSStatusBar, NSStatusBarButton
from Foundation import NSData

from tray_agent.platforms.macos.main_thread import do
from tray_agent.platforms.macos.menu import LazyMenu
from tray_agent.platforms.macos.picture import POINTS, Draw, Templates
from tray_agent.ports import Entry, Face, Health, Loop, State

APP_NAME = "Tray Agent"
SOURCE = "status_item"
PLACE = "org.trayagent.TrayAgent"
"""Under this name the system remembers where the person has put the icon."""


class MacTray:
    """The tray port.  `menu` is asked for its entries each time it is opened, `draw` for a face as an RGBA
    picture of so many pixels; `changed` is called after each change of `health`.
    """

    def __init__(
        self,
        loop: Loop,
        menu: Callable[[], Sequence[Entry]],
        draw: Draw,
        *,
        changed: Callable[[], object] = lambda: None,
    ) -> None:
        self._loop = loop
        self._templates = Templates(draw)
        self._changed = changed
        self._face: Face | None = None
        self._closed = False
        self._placed: bool | None = None
        self._icon = _Icon(lambda: LazyMenu(self._soon, menu))
        do(partial(self._icon.begin, lambda placed: self._soon(partial(self._told, placed))))
        self.show(Face("unknown", 0.0, APP_NAME))

    def show(self, face: Face) -> None:
        """Draw this face; cheap when nothing changed."""
        before, self._face = self._face, face
        if face != before and not self._closed:
            # Drawn here, so that a slow disk does not hold the menu bar up.
            do(partial(self._icon.wear, self._templates.png(face), face.title))

    def health(self) -> Health:
        """Whether the icon is in the menu bar; macOS does not tell whether it finds room there."""
        if self._placed:
            return Health("tray", State.OK, SOURCE)
        if self._placed is None:
            return Health("tray", State.DEGRADED, SOURCE, "the menu bar has not taken the icon yet")
        return Health("tray", State.ABSENT, SOURCE, "there is no menu bar for the icon")

    def close(self) -> None:
        """Take the icon away; safe to call twice."""
        if not self._closed:
            self._closed = True
            do(self._icon.end)

    def _soon(self, call: Callable[[], object]) -> None:
        """Make the call on the loop, unless the tray is closed by then."""
        self._loop.call_soon(lambda: None if self._closed else call())

    def _told(self, placed: bool) -> None:
        self._placed = placed
        self._changed()


class _Icon:
    """The icon itself, for the main thread."""

    def __init__(self, make_menu: Callable[[], LazyMenu]) -> None:
        self._make_menu = make_menu
        self._button: NSStatusBarButton | None = None
        self._png: bytes | None = None

    def begin(self, told: Callable[[bool], object]) -> None:
        """Put it into the menu bar, and tell whether it is there."""
        self._menu = self._make_menu()
        self._item = NSStatusBar.systemStatusBar().statusItemWithLength_(NSSquareStatusItemLength)
        self._button = self._item.button()
        if self._button is not None:
            self._item.setAutosaveName_(PLACE)
            self._item.setMenu_(self._menu.menu)
        told(self._button is not None)

    def wear(self, png: bytes, title: str) -> None:
        """Show this picture, and say this to whoever points at it or hears it."""
        if self._button is None:
            return
        if png != self._png:
            self._png = png
            self._button.setImage_(_template(png))
        self._button.setToolTip_(title)
        self._button.setAccessibilityLabel_(title)

    def end(self) -> None:
        """Take it away, and its menu with it."""
        self._menu.close()
        NSStatusBar.systemStatusBar().removeStatusItem_(self._item)


def _template(png: bytes) -> NSImage:
    image = NSImage.alloc().initWithData_(NSData.dataWithBytes_length_(png, len(png)))
    image.setSize_((float(POINTS), float(POINTS)))
    image.setTemplate_(True)
    return image
