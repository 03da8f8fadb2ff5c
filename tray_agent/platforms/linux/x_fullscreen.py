"""Full screen on X11, noticed without asking: the server tells when a look may find something else.

Heard are the root's properties (another window active, raised or closed, another desktop) and the
size of the active window, which going full screen changes.  Not its properties: many programs
write one at each key stroke or turn of a spinner.  A burst of changes leads to one look, and where
nobody cares for news nothing is heard from the first one to the next look.
"""

from __future__ import annotations

from collections.abc import Callable

from tray_agent.platforms.linux.x11 import display_name
from tray_agent.platforms.linux.x_look import Look
from tray_agent.platforms.linux.x_windows import Question, WindowConnection, about
from tray_agent.platforms.linux.xcore import Event, Wanted, kind_of, number
from tray_agent.ports import Loop, State, Timer, Unavailable

PROPERTY_CHANGE, PROPERTY_CHANGED = Wanted(1 << 22), 28
NOTHING = Wanted(0)
TELLING = (
    "_NET_ACTIVE_WINDOW",
    "_NET_CLIENT_LIST_STACKING",
    "_NET_CURRENT_DESKTOP",
    "_NET_SUPPORTING_WM_CHECK",
)
"""The root's properties a change of which calls for a look."""

SETTLES_IN_S = 0.5
RECONNECT_S = 5.0


class XFullScreen:
    """`changed()` is called when `fills` may have another answer, as long as that is `wanted()`.

    Raises `Unavailable` where no X server answers, and under Wayland.
    """

    source = "x11"

    def __init__(
        self,
        loop: Loop,
        changed: Callable[[], object],
        wanted: Callable[[], bool],
        display: str | None = None,
    ) -> None:
        self._loop, self._changed, self._wanted = loop, changed, wanted
        self._display = display_name(display)
        self._active = 0
        self._listens = self._stirred = False
        self._pause: Timer | None = None
        self.trouble: tuple[State, str] | None = None
        self._of_the_screen: list[Question] = []
        self._of_windows: list[Question] = []
        self._x: WindowConnection | None = None
        self._connect()

    def fills(self) -> bool | None:
        """Whether a program fills a monitor now; None, and why in `trouble`, when that cannot be known."""
        try:
            x = self._x or self._connect()
            answer = self._look(x)
            self._take(x)  # what came with the answers shows on no descriptor
        except Unavailable as why:
            self.trouble = State.LOST, str(why)
            answer = None
        if self._x is not None and self._x.broken:
            self._hang_up()
        if self._x is None or self._stirred:
            self._rest()
        return answer

    def close(self) -> None:
        """Hang up; safe to call twice."""
        self._hang_up()
        self._rest_no_more()

    def _connect(self) -> WindowConnection:
        x = WindowConnection(self._display)
        self._rest_no_more()
        self._loop.watch(x.fd, self._heard)
        self._x, self._active, self._listens = x, 0, False
        return x

    def _hang_up(self) -> None:
        if self._x is not None:
            self._loop.unwatch(self._x.fd)
            self._x.close()
            self._x = None

    def _look(self, x: WindowConnection) -> bool | None:
        if not self._listens:
            x.listen(x.top, PROPERTY_CHANGE)
            self._listens = True
        with x.foreseeing(self._of_the_screen):
            if not x.managed():
                self.trouble = State.ABSENT, "no window manager says which window is active"
                return None
            (active,) = x.said(x.top, "_NET_ACTIVE_WINDOW")[:1] or (0,)
        if active != self._active:
            for window, wanted in ((self._active, NOTHING), (active, Wanted.STRUCTURE)):
                if window:
                    x.listen(window, wanted)
            # What was asked of the one will be asked of the other.
            self._of_windows += [about(question, self._active, active) for question in self._of_windows]
            self._active = active
        # Only now: what is asked before the window is listened to could change unheard.
        with x.foreseeing(self._of_windows):
            answer = Look(x).fills(active)
        self.trouble = None
        return answer

    def _heard(self) -> None:
        if self._wanted():
            self._rest()
        elif self._x is not None:
            self._hear_no_more(self._x)

    def _hear_no_more(self, x: WindowConnection) -> None:
        for window in (x.top, self._active):
            if window:
                x.listen(window, NOTHING)
        self._active, self._listens = 0, False
        self._take(x)
        self._stirred = False
        if x.broken:
            self._hang_up()

    def _rest(self) -> None:
        """Read nothing for a while: a burst wakes us once, and so does a server that is gone."""
        if self._x is not None:
            self._loop.unwatch(self._x.fd)
        if self._pause is None:
            wait_s = RECONNECT_S if self._x is None else SETTLES_IN_S
            self._pause = self._loop.call_later(wait_s, self._rested)

    def _rest_no_more(self) -> None:
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None

    def _rested(self) -> None:
        self._pause = None
        if self._x is not None:
            self._loop.watch(self._x.fd, self._heard)
            self._take(self._x)
        if self._x is None or self._x.broken or self._stirred:
            self._stirred = False
            self._changed()

    def _take(self, x: WindowConnection) -> None:
        """Read what the server told, and keep only whether it calls for a look."""
        try:
            telling = {x.atom(name) for name in TELLING}
        except Unavailable:
            return  # nothing was ever learned from this server, nor did anybody listen
        for event in x.events():
            kind, of = kind_of(event), number(event, 4)
            if kind == PROPERTY_CHANGED:
                self._stirred |= of == x.top and number(event, 8) in telling
            else:
                self._stirred |= kind == Event.CONFIGURED
