"""The tray icon on X11 panels that do not know StatusNotifier.

The panel is whoever owns the selection `_NET_SYSTEM_TRAY_S0`.  It announces itself by a MANAGER
message to the root window, and goes with the window that owned the selection.  One connection hears
all of this on our loop, and costs next to nothing until there is a panel to dock in.
"""

from __future__ import annotations

from collections.abc import Callable

from tray_agent.platforms.linux.x11 import display_name
from tray_agent.platforms.linux.xcb import DEAD
from tray_agent.platforms.linux.xcore import CoreConnection, Event, Wanted, kind_of, number
from tray_agent.platforms.linux.xembed_icon import RETRY_S, Draw, XEmbedIcon
from tray_agent.platforms.linux.xembed_window import APP_NAME, RIGHT
from tray_agent.ports import Face, Health, Loop, State, Unavailable

SELECTION = "_NET_SYSTEM_TRAY_S0"
PAINTABLE_DEPTH = 24

Popup = Callable[[int, int], object]


class XEmbedTray:
    """The tray port.  `draw` makes a face as an RGBA picture of so many pixels; `activated` is a click,
    `popup(x, y)` the wish for a menu at that point of the screen, `changed` a change of health.

    Raises `Unavailable` where no X server is the person's.  `visible` false: it watches for panels
    and stays out of them.
    """

    def __init__(
        self,
        loop: Loop,
        draw: Draw,
        *,
        activated: Callable[[], object],
        popup: Popup,
        changed: Callable[[], object] = lambda: None,
        display: str | None = None,
        visible: bool = True,
    ) -> None:
        self._loop = loop
        self._activated = activated
        self._popup = popup
        self._changed = changed
        self._face = Face("unknown", 0.0, APP_NAME)
        self._host = 0
        self._lost: str | None = None
        self._closed = False
        self._x = CoreConnection(display_name(display))
        try:
            self._begin()
        except Unavailable:
            self._x.close()
            raise
        self._icon = XEmbedIcon(loop, self._x, draw, self._clicked, self._moved)
        self._icon.run_detached()
        self._icon.enter(self._host)
        self._icon.visible = visible
        loop.watch(self._x.fd, self._read)

    def show(self, face: Face) -> None:
        """Draw this face; cheap when nothing changed."""
        before, self._face = self._face, face
        if (face.look, face.progress) != (before.look, before.progress):
            self._icon.icon = face
        if face.title != before.title:
            self._icon.title = face.title
        self._loop.call_soon(self._read)

    def set_visible(self, visible: bool) -> None:
        """Be in the panel from now on, or only watch for one."""
        if not self._ended:
            self._icon.visible = visible

    def health(self) -> Health:
        """Whether a panel shows the icon, or why none does."""
        docked = self._icon.docked
        if self._lost is not None:
            return _health(State.LOST, self._lost)
        if not self._host:
            return _health(State.ABSENT, "no panel takes X11 icons here")
        if not self._icon.visible:
            return _health(State.OFF, "kept out of the X11 panel")
        if docked is None or not docked.taken:
            return _health(State.DEGRADED, "the panel has not taken the icon yet")
        if not docked.seen:
            return _health(State.DEGRADED, "the panel keeps the icon hidden")
        return _health(State.OK, None)

    def close(self) -> None:
        """Take the icon away and hang up; safe to call twice."""
        if not self._closed:
            self._closed = True
            self._icon.stop()
            if self._lost is None:
                self._hang_up()

    def _begin(self) -> None:
        screen = self._x.screen()
        if screen.depth != PAINTABLE_DEPTH:
            raise Unavailable(f"the screen has {screen.depth} bits a pixel, not {PAINTABLE_DEPTH}")
        self._selection, self._manager = self._x.atom(SELECTION), self._x.atom("MANAGER")
        self._x.listen(screen.root, Wanted.STRUCTURE)
        self._host = self._panel()

    def _panel(self) -> int:
        """The owner of the selection; asked twice, since one that dies before we listen is not heard."""
        while owner := self._x.selection_owner(self._selection):
            self._x.listen(owner, Wanted.STRUCTURE)
            if self._x.selection_owner(self._selection) == owner:
                break
        return owner

    def _read(self) -> None:
        if self._ended:
            return
        for event in self._x.events():
            self._icon.heard(event)
            if self._is_about_panels(event):
                self._look()
        if self._x.broken:
            self._lose()

    def _is_about_panels(self, event: bytes) -> bool:
        if kind_of(event) == Event.CLIENT_MESSAGE:
            return (number(event, 8), number(event, 16)) == (self._manager, self._selection)
        return kind_of(event) == Event.DESTROYED and number(event, 8) == self._host

    def _look(self) -> None:
        if self._ended:
            return
        try:
            self._host = self._panel()
        except Unavailable:
            self._loop.call_later(RETRY_S, self._look)
        else:
            self._icon.enter(self._host)
            self._changed()

    @property
    def _ended(self) -> bool:
        return self._closed or self._lost is not None

    def _clicked(self, button: int, x: int, y: int) -> None:
        self._loop.call_soon((lambda: self._popup(x, y)) if button == RIGHT else self._activated)

    def _moved(self) -> None:
        # Events that came while the icon waited for a reply leave nothing to read on the descriptor.
        self._loop.call_soon(self._read)
        self._changed()

    def _lose(self) -> None:
        self._lost, self._host = DEAD, 0
        self._icon.forget()
        self._hang_up()
        self._changed()

    def _hang_up(self) -> None:
        self._loop.unwatch(self._x.fd)
        self._x.close()


def _health(state: State, reason: str | None) -> Health:
    return Health("tray", state, "xembed", reason)
