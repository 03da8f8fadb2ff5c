"""The agent's first tenth of a second: its place among the processes, and its icon.

Nothing is imported here that the icon can do without, so that it does not wait for the rest, which is
`running`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct

from tray_agent.platforms import Desktop, System
from tray_agent.platforms.null import NullTray
from tray_agent.ports import Entry, State, Tray
from tray_agent.shell import faces, ipc
from tray_agent.shell.folders import Folders
from tray_agent.shell.loop import SelectorLoop

ICON_WITHIN_S = 0.1
"""How long the rest of the agent waits for a panel, and then no longer."""

PICTURE_WITHIN_S = 0.02
"""How long a panel that knows of the icon may take to ask for its picture."""


class Options(Struct, frozen=True):
    """How `tray-agent run` was called; `speed` is agent seconds per real second.

    `unasked` says that a session did so, and no person just now.
    """

    no_tray: bool = False
    unasked: bool = False
    speed: float = 1.0
    config: Path | None = None


class Arrival:
    """What the agent begins with, and keeps; `server` answers nobody until it is told to.

    Who asks the icon for its menu (`entries`), clicks it, or wants to know of its health (`changed`),
    is referred to whoever comes next.  Raises `ipc.AlreadyRunning`, `Unavailable` or `OSError`, and then
    holds nothing.
    """

    def __init__(self, system: System, loop: SelectorLoop, options: Options, places: Folders) -> None:
        self.system = system
        self.loop = loop
        self.options = options
        self.places = places
        self.entries: Callable[[], Sequence[Entry]] = tuple
        self.clicked: Callable[[], object] = _nothing
        self.popup: Callable[[int, int], object] = _nothing
        self.changed: Callable[[], object] = _nothing
        with ExitStack() as in_vain:
            self.server = ipc.place(loop, places.socket, system.channel())
            in_vain.callback(self.server.close)
            self.desktop: Desktop = system.desktop(loop)
            in_vain.callback(self.desktop.close)
            self.tray = NullTray("started with --no-tray", State.OFF) if options.no_tray else self._icon()
            in_vain.pop_all()

    def await_icon(self) -> None:
        """Give a panel that is there the time to show the icon.

        Where that takes nothing of the loop, nothing is done on it: a click waits for who can answer.
        """
        if not self.desktop.icon_takes_turns:
            return
        self._turn(ICON_WITHIN_S, lambda: self.tray.health().state in (State.OK, State.OFF))
        if self.tray.health().state is State.OK:
            self._turn(PICTURE_WITHIN_S, lambda: False)

    def close(self) -> None:
        """Leave again, where nobody came to take over."""
        self.tray.close()
        self.desktop.close()
        self.server.close()

    def _icon(self) -> Tray:
        return self.desktop.tray(
            self._entries,
            faces.draw,
            activated=self._clicked,
            popup=self._popup,
            changed=self._changed,
        )

    def _entries(self) -> Sequence[Entry]:
        return self.entries()

    def _clicked(self) -> None:
        self.clicked()

    def _popup(self, x: int, y: int) -> None:
        self.popup(x, y)

    def _changed(self) -> None:
        self.changed()

    def _turn(self, within_s: float, done: Callable[[], bool]) -> None:
        until = time.monotonic() + within_s
        while not done() and (left := until - time.monotonic()) > 0:
            self.loop.step(left)


def _nothing(*_args: object) -> None:
    """Nobody is there yet."""
