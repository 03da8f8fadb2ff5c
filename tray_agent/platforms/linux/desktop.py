"""The Linux desktop: which mechanisms there are and in which order they are tried."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.clocks import ClockSetWatch, boot_clocks
from tray_agent.platforms.linux.display_watch import DisplayWatch
from tray_agent.platforms.linux.inotify import FolderWatch
from tray_agent.platforms.linux.logind import LogindSession
from tray_agent.platforms.linux.notifications import DesktopNotifier
from tray_agent.platforms.linux.opener import open_file
from tray_agent.platforms.linux.screen_reader import ScreenReader
from tray_agent.platforms.linux.tray_choice import TrayChoice
from tray_agent.platforms.linux.wire import system_address
from tray_agent.platforms.linux.xidle import XSyncIdle
from tray_agent.platforms.linux.xrecord import PynputListener
from tray_agent.platforms.linux.xscreensaver import XScreenSaverIdle
from tray_agent.platforms.linux.zone import ZoneWatch
from tray_agent.platforms.notifier_chain import NotifierChain
from tray_agent.platforms.own_command import own_command
from tray_agent.platforms.plyer_notifier import PlyerNotifier
from tray_agent.ports import (
    Clocks,
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

Lost = Callable[[str], object]


class LinuxDesktop:
    """Adapters that share one connection to the session bus."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._bus = Bus(loop)
        self._system_bus = Bus(loop, system_address())
        self._watches: list[ClockSetWatch | DisplayWatch | FolderWatch | ZoneWatch] = []

    def clocks(self) -> Callable[[], Clocks]:
        """A function that reads the system's clocks."""
        return boot_clocks()

    def watch_clock(self, moved: Callable[[], object]) -> None:
        """Call `moved` when the wall clock was set or the machine woke."""
        self._watches.append(ClockSetWatch(self._loop, moved))

    def watch_folder(self, folder: Path, changed: Callable[[], object]) -> None:
        """Call `changed` when a file in the folder was written, added or removed."""
        self._watches.append(FolderWatch(self._loop, folder, changed))

    def watch_zone(self, changed: Callable[[], object]) -> None:
        """Call `changed` when /etc/localtime has become another."""
        self._watches.append(ZoneWatch(self._loop, changed))

    def session(self, told: Callable[[News], object]) -> SessionSensor:
        """What logind says."""
        return LogindSession(self._loop, self._system_bus, told)

    def screen_reader(self) -> Callable[[], bool]:
        """What the accessibility bus says."""
        reader = ScreenReader(self._bus, lambda _runs: None)
        return lambda: reader.runs

    def watch_display(self, ended: Callable[[], object]) -> None:
        """Call `ended` when the X server is gone, and the session with it."""
        self._watches.append(DisplayWatch(self._loop, ended))

    def idle_counter(self, lost: Lost) -> IdleCounter:
        """XSync's alarms where the server counts, the screen saver's figure where it does not."""
        try:
            return XSyncIdle(self._loop, lost)
        except Unavailable as first:
            try:
                return XScreenSaverIdle(self._loop, lost)
            except Unavailable as second:
                reason = str(first) if str(first) == str(second) else f"{first}; {second}"
                raise Unavailable(reason) from second

    def listener(self, lost: Lost) -> Listener:
        """Pynput's listener, made blind."""
        return PynputListener(self._loop, lost)

    def tray(
        self,
        menu: Callable[[], Any],
        draw: Callable[[Face, int], Picture],
        *,
        activated: Callable[[], object],
        popup: Callable[[int, int], object],
        changed: Callable[[], object],
    ) -> Tray:
        """A StatusNotifierItem where one is shown, else an icon that docks in the X way."""
        return TrayChoice(
            self._loop, self._bus, menu, draw, activated=activated, popup=popup, changed=changed
        )

    def notifier(
        self, answered: Callable[[int, str], object], icon: Path, memory: Path | None = None
    ) -> Notifier:
        """The desktop's notification service, plyer where there is none."""
        return NotifierChain(
            lambda refused: DesktopNotifier(
                self._loop, self._bus, answered, refused, str(icon), memory=memory
            ),
            lambda: PlyerNotifier(self._loop),
        )

    def make_launcher(self, icon: Path) -> None:
        """Write the entry of the applications menu, where no package has brought one."""
        from tray_agent.platforms.linux.launcher import Launcher

        Launcher(own_command(), f"{icon}").ensure()

    def open_file(self, path: Path, failed: Callable[[str], object]) -> None:
        """Open the file with xdg-open."""
        open_file(self._loop, path, failed)

    def close(self) -> None:
        """Hang up."""
        for watch in self._watches:
            watch.close()
        self._bus.close()
        self._system_bus.close()
