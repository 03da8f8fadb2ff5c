"""Whether a camera is in use: held open by a program, or running in PipeWire.

Most programs open the camera themselves, sandboxed ones get it through PipeWire.  The kernel says that a
camera was opened or closed, but not by whom, so then and on each look open files are looked through, and
only while there is a camera.  While one is in use, the process that held it last is tried before all
others.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from tray_agent.core.model import Signal
from tray_agent.platforms.linux.device_holders import cameras, holds, processes
from tray_agent.platforms.linux.open_watch import OpenWatch
from tray_agent.platforms.linux.video_nodes import Use, VideoNodes
from tray_agent.ports import Health, Loop, State, Unavailable

STEP_S = 0.02
"""How long the loop is kept at a time; a few hundred processes take five such steps."""

PATIENCE_S = 0.8


class Camera:
    """`ports.ContextSensor` that is on while a program of this user takes pictures with a camera.

    `folder` is where devices lie and `udev` where udev describes them.
    """

    name = "camera"
    signal = Signal.CALL

    def __init__(
        self,
        loop: Loop,
        nodes: VideoNodes,
        told: Callable[[bool | None], object],
        folder: Path = Path("/dev"),
        udev: Path = Path("/run/udev/data"),
    ) -> None:
        self._loop, self._nodes, self._told = loop, nodes, told
        self._folder, self._udev = folder, udev
        self._devices: dict[int, Path] = {}
        self._left: Iterator[str] | None = None
        self._give_up_at = 0.0
        self._asking = False
        self._holder: str | None = None
        self._held: bool | None = False
        self._last: bool | None = None
        self._closed = False
        self._unfollow = nodes.follow(self._changed)
        self._opens = self._watch()
        self.look()

    def look(self) -> None:
        """Find out now; `told` follows within a second, once for looks that fall together."""
        self._devices = cameras(self._folder, self._udev)
        if self._opens is not None:
            self._opens.cover(self._devices.values())
        under_way = self._left is not None
        first = () if self._holder is None else (self._holder,)
        self._left = chain(first, processes()) if self._devices else iter(())
        if not under_way:
            self._give_up_at = time.monotonic() + PATIENCE_S
            self._loop.call_soon(self._search)
        if not self._asking:
            self._asking = True
            self._nodes.look(self._nodes_answered)

    def health(self) -> Health:
        """What is looked at, and what it showed."""
        on = self._in_use()
        source = "open files" if self._nodes.problem else "open files, pipewire"
        if on is None:
            return Health(self.name, State.DEGRADED, source, self._why_not())
        reason = None if self._devices or on else "there is no camera"
        return Health(self.name, State.OK, source, reason, "on" if on else "off")

    def close(self) -> None:
        """Look and tell no more; safe to call twice."""
        self._closed, self._left = True, None
        self._unfollow()
        if self._opens is not None:
            self._opens.close()

    def _watch(self) -> OpenWatch | None:
        try:
            return OpenWatch(self._loop, self.look)
        except Unavailable:  # then changes show with the next look
            return None

    def _search(self) -> None:
        """Look through processes for one step's time, and go on in the loop's next round."""
        step_ends = time.monotonic() + STEP_S
        for process in self._left or ():
            if holds(process, self._devices):
                self._found(process, held=True)
                return
            if time.monotonic() >= step_ends:
                if step_ends < self._give_up_at:
                    self._loop.call_soon(self._search)
                else:
                    self._found(None, held=None)
                return
        if self._left is not None:
            self._found(None, held=False)

    def _found(self, holder: str | None, *, held: bool | None) -> None:
        self._left, self._holder, self._held = None, holder, held
        self._tell_when_done()

    def _nodes_answered(self) -> None:
        self._asking = False
        self._tell_when_done()

    def _tell_when_done(self) -> None:
        if self._left is None and not self._asking:
            self._tell()

    def _in_use(self) -> bool | None:
        if self._held or Use.CAMERA in self._nodes.running:
            return True
        frozen = self._nodes.problem is not None and self._nodes.was_there
        return None if self._devices and frozen else self._held

    def _why_not(self) -> str | None:
        return "there are too many open files" if self._held is None else self._nodes.problem

    def _changed(self) -> None:
        # Looks that are under way will tell.
        if self._left is None and not self._asking and self._in_use() != self._last:
            self._tell()

    def _tell(self) -> None:
        if not self._closed:
            self._last = self._in_use()
            self._told(self._last)
