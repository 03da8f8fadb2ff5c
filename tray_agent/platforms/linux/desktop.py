"""The Linux desktop: which mechanisms there are and in which order they are tried.

What the icon does not need is imported when it is made, so that the icon does not wait for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from tray_agent.platforms.linux.activation import ActivationToken
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.context_choice import ContextChoice
from tray_agent.platforms.linux.idle_choice import IdleChoice
from tray_agent.platforms.linux.tray_choice import TrayChoice
from tray_agent.platforms.linux.wayland_place import in_wayland
from tray_agent.platforms.linux.wire import system_address
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
)

Lost = Callable[[str], object]


class _Closable(Protocol):
    def close(self) -> None: ...


class LinuxDesktop:
    """Adapters that share one connection to the session bus."""

    icon_takes_turns = True

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._bus = Bus(loop)
        self._system_bus = Bus(loop, system_address())
        self._contexts = ContextChoice(loop, self._bus, self._system_bus)
        self._idle = IdleChoice(loop, self._bus)
        self._token = ActivationToken()
        self._token.keep(os.environ.get("XDG_ACTIVATION_TOKEN"))  # a launcher's, for what opens at once
        self._watches: list[_Closable] = []

    def clocks(self) -> Callable[[], Clocks]:
        """A function that reads the system's clocks."""
        from tray_agent.platforms.linux.clocks import boot_clocks

        return boot_clocks()

    def watch_clock(self, moved: Callable[[], object]) -> None:
        """Call `moved` when the wall clock was set or the machine woke."""
        from tray_agent.platforms.linux.clocks import ClockSetWatch

        self._watches.append(ClockSetWatch(self._loop, moved))

    def watch_folder(self, folder: Path, changed: Callable[[], object]) -> None:
        """Call `changed` when a file in the folder was written, added or removed."""
        from tray_agent.platforms.linux.inotify import FolderWatch

        self._watches.append(FolderWatch(self._loop, folder, changed))

    def watch_zone(self, changed: Callable[[], object]) -> None:
        """Call `changed` when /etc/localtime has become another."""
        from tray_agent.platforms.linux.zone import ZoneWatch

        self._watches.append(ZoneWatch(self._loop, changed))

    def session(self, told: Callable[[News], object]) -> SessionSensor:
        """What logind and the screen savers say."""
        from tray_agent.platforms.linux.session_news import SessionNews

        return SessionNews(self._loop, self._system_bus, self._bus, told)

    def screen_reader(self) -> Callable[[], bool]:
        """What the accessibility bus says."""
        from tray_agent.platforms.linux.screen_reader import ScreenReader

        reader = ScreenReader(self._bus, lambda _runs: None)
        return lambda: reader.runs

    def watch_display(self, ended: Callable[[], object]) -> None:
        """Call `ended` when the compositor or the X server is gone, and the session with it."""
        if in_wayland():
            from tray_agent.platforms.linux.compositor_watch import CompositorWatch

            self._watches.append(CompositorWatch(self._loop, ended))
        else:
            from tray_agent.platforms.linux.display_watch import DisplayWatch

            self._watches.append(DisplayWatch(self._loop, ended))

    def keep_activation_token(self, token: str) -> None:
        """Remember what lets the next window take the focus under Wayland."""
        self._token.keep(token)

    def take_activation_token(self) -> str | None:
        """The same, for the window that opens now; None where nobody has just asked for one."""
        return self._token.take()

    def idle_counter(self, lost: Lost) -> IdleCounter:
        """The first that works here, of the compositor or of the X server."""
        return self._idle(lost)

    def listener(self, lost: Lost, *, keys: bool = False) -> Listener:
        """Pynput's listener, made blind."""
        from tray_agent.platforms.linux.xrecord import PynputListener

        return PynputListener(self._loop, lost)

    def context_sensor(self, name: str, told: Callable[[bool | None], object]) -> ContextSensor:
        """The sensor of this name; those that hear of the same things share what they hear with."""
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
        """A StatusNotifierItem where one is shown, else an icon that docks in the X way."""
        return TrayChoice(
            self._loop,
            self._bus,
            menu,
            draw,
            activated=activated,
            popup=popup,
            changed=changed,
            token=self._token.keep,
        )

    def notifier(
        self,
        answered: Callable[[int, str], object],
        icon: Path,
        *,
        memory: Path | None = None,
        banner: Callable[[], Notifier] | None = None,
    ) -> Notifier:
        """The desktop's notification service, plyer where there is none."""
        from tray_agent.platforms.linux.notifications import DesktopNotifier
        from tray_agent.platforms.notifier_chain import NotifierChain

        def last_resort() -> Notifier:
            from tray_agent.platforms.plyer_notifier import PlyerNotifier

            return PlyerNotifier(self._loop)

        return NotifierChain(
            lambda refused: DesktopNotifier(
                self._loop,
                self._bus,
                answered,
                refused,
                str(icon),
                memory=memory,
                token=self._token.keep,
            ),
            last_resort,
        )

    def make_launcher(self, icon: Path) -> None:
        """Write the entry of the applications menu, where no package has brought one."""
        from tray_agent.platforms.linux.launcher import Launcher
        from tray_agent.platforms.own_command import own_command

        Launcher(own_command(), f"{icon}").ensure()

    def open_file(self, path: Path, failed: Callable[[str], object]) -> None:
        """Open the file with xdg-open."""
        from tray_agent.platforms.linux.opener import open_file

        open_file(self._loop, path, failed)

    def close(self) -> None:
        """Hang up."""
        for watch in self._watches:
            watch.close()
        self._contexts.close()
        self._bus.close()
        self._system_bus.close()
