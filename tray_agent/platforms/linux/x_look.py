"""One look at an X screen: does a program fill a monitor?

It does when its window is in full screen (`_NET_WM_STATE_FULLSCREEN`) and is the active one, or is
what one sees in the middle of some monitor: slides on a projector count while the notes on the
laptop have the keys, a film behind the letter one writes does not.  Two kinds of older programs
never say so, and count while they have the keys: borderless windows as large as a monitor, and
windows shown behind the window manager's back.

Not counted are the desktop, panels, wallpapers, what is merely maximised, other desktops and our own
windows.  Window managers with a desktop for each monitor name only the focused one as shown: there
another monitor's full screen counts once it is active.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from functools import partial

from tray_agent.platforms.linux.x_windows import WindowConnection
from tray_agent.ports import Unavailable

PATIENCE_S = 0.8
NO_WINDOW, WHERE_THE_POINTER_IS = 0, 1


def is_child(pid: int) -> bool:
    """Whether it is a process that this one has started, asked of the system and not of names."""
    try:
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except (OSError, OverflowError):  # no child of ours, or a number that no process has
        return False
    return True


class Look:
    """A look begun now; raises `Unavailable` when the server does not answer within `PATIENCE_S`."""

    def __init__(self, x: WindowConnection) -> None:
        self._x = x
        self._until = time.monotonic() + PATIENCE_S

    def fills(self, active: int) -> bool:
        """Whether a program fills a monitor, where `active` is the active window."""
        if self._so(self._in_full_screen, active) or self._so(self._borderless, active):
            return True
        if self._so(self._unmanaged, self._x.focused()):
            return True
        stack = self._x.said(self._x.top, "_NET_CLIENT_LIST_STACKING")
        return any(
            self._so(self._in_full_screen, window)
            and self._so(partial(self._in_sight, stack[n + 1 :]), window)
            for n, window in enumerate(stack)
        )

    def _so(self, question: Callable[[int], bool], window: int) -> bool:
        """The answer to a question about a window; no when that is gone meanwhile."""
        if window in (NO_WINDOW, WHERE_THE_POINTER_IS):
            return False
        try:
            answer = question(window)
        except Unavailable:
            if self._x.broken:
                raise
            answer = False
        if time.monotonic() > self._until:
            raise Unavailable("the X server does not answer")
        return answer

    def _in_full_screen(self, window: int) -> bool:
        x = self._x
        states = x.states(window)
        return (
            x.atom("_NET_WM_STATE_FULLSCREEN") in states
            and x.atom("_NET_WM_STATE_BELOW") not in states
            and not x.is_desktop(window)
            and self._shown(window)
        )

    def _borderless(self, window: int) -> bool:
        x = self._x
        if not x.wants_no_frame(window) or x.is_desktop(window):
            return False
        maximised = {x.atom(f"_NET_WM_STATE_MAXIMIZED_{way}") for way in ("HORZ", "VERT")}
        return maximised.isdisjoint(x.states(window)) and self._covers(window) and self._shown(window)

    def _unmanaged(self, window: int) -> bool:
        return self._x.unmanaged(window) and self._covers(window) and self._shown(window)

    def _covers(self, window: int) -> bool:
        place = self._x.place(window)
        return any(place.covers(monitor) for monitor in self._x.monitors())

    def _in_sight(self, above: Sequence[int], window: int) -> bool:
        """Whether nothing hides it in the middle of a monitor; what is small or at a side does not."""
        place = self._x.place(window)
        middles = [monitor.middle for monitor in self._x.monitors() if place.holds(monitor.middle)]
        return any(not any(self._so(partial(self._hides, at), other) for other in above) for at in middles)

    def _hides(self, point: tuple[int, int], window: int) -> bool:
        return self._shown(window) and self._x.place(window).holds(point)

    def _shown(self, window: int) -> bool:
        """Whether one can see it on this desktop, and it is not our own."""
        x = self._x
        return (
            x.viewable(window)
            and x.atom("_NET_WM_STATE_HIDDEN") not in x.states(window)
            and x.on_this_desktop(window)
            and not any(is_child(pid) for pid in x.said(window, "_NET_WM_PID"))
        )
