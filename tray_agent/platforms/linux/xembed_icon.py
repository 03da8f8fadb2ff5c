"""pystray's icon, docked in an X11 panel by the XEmbed protocol.

pystray's own backend for this cannot be clicked, does not see a panel that comes later, and paints a
black box; its event loop is a thread that outlives `stop`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tray_agent.platforms.linux.bare_pystray import Icon
from tray_agent.platforms.linux.xcore import CoreConnection
from tray_agent.platforms.linux.xembed_window import APP, APP_NAME, Clicked, DockedWindow
from tray_agent.ports import Face, Loop, Picture, Unavailable

RETRY_S = 2.0
"""Until the next attempt when the panel let the icon go, or the X server did not answer."""

Draw = Callable[[Face, int], Picture]


class XEmbedIcon(Icon):  # type: ignore[misc]
    """pystray's icon in an X11 panel.  Its `icon` is a `Face`, drawn at whatever size the panel gives.

    Everything happens on our loop; `run_detached` starts no thread and returns at once.  XEmbed knows
    no menus: `clicked(button, x, y)` tells where on the screen somebody may want one.
    """

    HAS_DEFAULT_ACTION = True
    HAS_MENU = False
    HAS_MENU_RADIO = False
    HAS_NOTIFICATION = False

    def __init__(
        self, loop: Loop, x: CoreConnection, draw: Draw, clicked: Clicked, changed: Callable[[], object]
    ) -> None:
        super().__init__(APP, Face("unknown", 0.0, APP_NAME), APP_NAME)
        self._running = False
        self._loop = loop
        self._x = x
        self._draw = draw
        self._clicked = clicked
        self._changed = changed
        self._host = 0
        self.docked: DockedWindow | None = None

    def __del__(self) -> None:
        """Nothing: pystray's own would talk to a server that may be gone."""

    def enter(self, host: int) -> None:
        """Be in this panel from now on, or in none where it is 0."""
        self._leave()
        self._host = host
        self._dock()

    def heard(self, event: bytes) -> None:
        """Take an event that may be one of the icon's window."""
        if self.docked is not None:
            self.docked.heard(event)

    def forget(self) -> None:
        """The server is gone, and the window with it."""
        self.docked, self._host = None, 0

    def stop(self) -> None:
        """Take the icon away; without pystray's wait for a thread, since we start none."""
        if self._running:
            self._running = False
            self.visible = False

    def _start_setup(self, setup: Callable[[Any], object] | None) -> None:
        if setup is not None:
            self._loop.call_soon(lambda: setup(self))

    def _run_detached(self) -> None:
        self._mark_ready()

    def _show(self) -> None:
        self._loop.call_soon(self._dock)

    def _hide(self) -> None:
        self._leave()

    def _update_icon(self) -> None:
        self._icon_valid = True
        if self.docked is not None:
            self.docked.paint()

    def _update_title(self) -> None:
        if self.docked is not None and self.docked.taken:
            self.docked.name(self.title)

    def _update_menu(self) -> None:
        """Nothing: the menu is made when it is opened."""

    def _dock(self) -> None:
        if self._running and self.visible and self._host and self.docked is None:
            try:
                self.docked = DockedWindow(
                    self._x, self._host, lambda size: self._draw(self.icon, size), self._clicked, self._moved
                )
            except Unavailable:
                self._loop.call_later(RETRY_S, self._dock)
            self._changed()

    def _leave(self) -> None:
        if self.docked is not None:
            self.docked.close()
            self.docked = None

    def _moved(self) -> None:
        if self.docked is not None and self.docked.gone:
            # Left alone, it would now lie on the desktop; where the panel lives on, it may want it again.
            self._leave()
            self._loop.call_later(RETRY_S, self._dock)
        self._update_title()
        self._changed()
