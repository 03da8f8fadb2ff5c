"""The Windows desktop: which mechanisms there are and in which order they are tried.

One hidden window hears what Windows tells programs; whoever needs it shares it.  It begins with the first
who asks for it, so that the command line can look around without one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tray_agent.platforms.windows.clocks import ClockSetWatch, boot_clocks
from tray_agent.platforms.windows.context_choice import ContextChoice
from tray_agent.platforms.windows.folder_watch import FolderWatch
from tray_agent.platforms.windows.last_input import LastInputIdle
from tray_agent.platforms.windows.listener import HookListener
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.platforms.windows.opener import open_file
from tray_agent.platforms.windows.screen_reader import screen_reader_runs
from tray_agent.platforms.windows.session import WtsSession
from tray_agent.platforms.windows.session_end import SessionEnd
from tray_agent.platforms.windows.zone import ZoneWatch
from tray_agent.ports import (
    Clocks,
    ContextSensor,
    Face,
    IdleCounter,
    Listener,
    Loop,
    News,
    Notifier,
    Picture,
    SessionSensor,
    Tray,
    Unavailable,
)

assert sys.platform == "win32"

if TYPE_CHECKING:
    from tray_agent.platforms.windows.tray import WindowsTray

Lost = Callable[[str], object]


class WindowsDesktop:
    """Adapters that share one window."""

    icon_takes_turns = False

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._contexts = ContextChoice(loop)
        self._tray: WindowsTray | None = None
        self._idle: LastInputIdle | None = None
        self._watches: list[ClockSetWatch | FolderWatch | SessionEnd | ZoneWatch] = []

    @cached_property
    def _window(self) -> MessageWindow:
        return MessageWindow(self._loop)

    def clocks(self) -> Callable[[], Clocks]:
        """A function that reads the system's clocks."""
        return boot_clocks()

    def watch_clock(self, moved: Callable[[], object]) -> None:
        """Call `moved` when the wall clock was set or the machine woke."""
        self._watches.append(ClockSetWatch(self._loop, self._window, moved))

    def watch_folder(self, folder: Path, changed: Callable[[], object]) -> None:
        """Call `changed` when a file in the folder was written, added or removed."""
        self._watches.append(FolderWatch(self._loop, folder, changed))

    def watch_zone(self, changed: Callable[[], object]) -> None:
        """Call `changed` when Windows has another zone."""
        self._watches.append(ZoneWatch(self._loop, self._window, changed))

    def session(self, told: Callable[[News], object]) -> SessionSensor:
        """What Windows tells of this session."""
        return WtsSession(self._loop, self._window, told)

    def screen_reader(self) -> Callable[[], bool]:
        """What Windows and Narrator say."""
        return screen_reader_runs

    def watch_display(self, ended: Callable[[], object]) -> None:
        """Call `ended` when Windows ends the session, or wants this program to leave."""
        self._watches.append(SessionEnd(self._loop, self._window, ended))

    def keep_activation_token(self, token: str) -> None:
        """Nothing: Windows lets a program take the focus whose icon was just clicked."""

    def take_activation_token(self) -> str | None:
        """None, as above."""
        return None

    def idle_counter(self, lost: Lost) -> IdleCounter:
        """GetLastInputInfo."""
        self._idle = LastInputIdle(self._loop, lost)
        return self._idle

    def listener(self, lost: Lost, *, keys: bool = False) -> Listener:
        """Pynput's hooks, made blind; the counter, which learns of nothing by itself, hears of it too."""
        return HookListener(self._loop, lost, also=self._input_heard)

    def context_sensor(self, name: str, told: Callable[[bool | None], object]) -> ContextSensor:
        """The sensor of this name."""
        return self._contexts.make(name, told)

    def tray(
        self,
        menu: Callable[[], Any],
        draw: Callable[[Face, int], Picture],
        *,
        activated: Callable[[], object],
        popup: Callable[[int, int], object],
        changed: Callable[[], object],
    ) -> Tray:
        """The icon in the taskbar, which draws its own menu."""
        from tray_agent.platforms.windows.tray import WindowsTray

        self._tray = WindowsTray(self._loop, self._window, menu, draw, activated=activated, changed=changed)
        return self._tray

    def notifier(
        self,
        answered: Callable[[int, str], object],
        icon: Path,
        *,
        memory: Path | None = None,
        banner: Callable[[], Notifier] | None = None,
    ) -> Notifier:
        """Toasts; balloons of our icon where there are none, and plyer where there is no icon either."""
        from tray_agent.platforms.notifier_chain import NotifierChain
        from tray_agent.platforms.plyer_notifier import PlyerNotifier
        from tray_agent.platforms.windows.balloon import BalloonNotifier
        from tray_agent.platforms.windows.toasts import ToastNotifier

        def without_toasts() -> Notifier:
            return NotifierChain(
                lambda refused: BalloonNotifier(self._loop, lambda: self._tray, answered, refused),
                lambda: PlyerNotifier(self._loop),
            )

        try:
            return NotifierChain(
                lambda refused: ToastNotifier(self._loop, answered, icon, refused, memory), without_toasts
            )
        except Unavailable:
            return without_toasts()

    def make_launcher(self, icon: Path) -> None:
        """Nothing: the entry of the Start menu is the installer's business."""

    def open_file(self, path: Path, failed: Callable[[str], object]) -> None:
        """Open the file as a double click would."""
        open_file(self._loop, path, failed)

    def close(self) -> None:
        """Let the window go."""
        for watch in self._watches:
            watch.close()
        self._contexts.close()
        if "_window" in self.__dict__:
            self._window.close()

    def _input_heard(self) -> None:
        if self._idle is not None:
            self._idle.look()
