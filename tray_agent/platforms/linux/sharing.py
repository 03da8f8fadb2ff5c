"""Whether the screen is shared or recorded, as PipeWire's streams show it.

Under Wayland that is every call in a browser or an app that asks the portal, and the recorders of GNOME
and KDE.  It does not notice pictures taken without PipeWire: under X11 any client may read the screen
unseen, and wlroots compositors hand it to programs such as wf-recorder or grim directly
(wlr-screencopy), which no other client is told of.
"""

from __future__ import annotations

from collections.abc import Callable

from tray_agent.core.model import Signal
from tray_agent.platforms.linux.video_nodes import Use, VideoNodes
from tray_agent.ports import Health, State


class Sharing:
    """`ports.ContextSensor` that is on while somebody takes pictures of a screen or window."""

    name = "sharing"
    signal = Signal.SHARING

    def __init__(self, nodes: VideoNodes, told: Callable[[bool | None], object]) -> None:
        self._nodes, self._told = nodes, told
        self._last: bool | None = None
        self._closed = False
        self._unfollow = nodes.follow(self._changed)
        nodes.look(self._tell)

    def look(self) -> None:
        """Have PipeWire tell all it knows; `told` follows."""
        self._nodes.look(self._tell)

    def health(self) -> Health:
        """Whether PipeWire tells, and what."""
        if self._nodes.problem is None:
            return Health(self.name, State.OK, "pipewire", value="on" if self._shared() else "off")
        state = State.LOST if self._nodes.was_there else State.ABSENT
        return Health(self.name, state, "pipewire", self._nodes.problem)

    def close(self) -> None:
        """Tell nothing more; safe to call twice."""
        self._closed = True
        self._unfollow()

    def _shared(self) -> bool | None:
        return Use.SCREEN in self._nodes.running if self._nodes.problem is None else None

    def _changed(self) -> None:
        if self._shared() != self._last:
            self._tell()

    def _tell(self) -> None:
        if not self._closed:
            self._last = self._shared()
            self._told(self._last)
