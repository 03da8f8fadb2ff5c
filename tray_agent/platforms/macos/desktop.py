"""The Mac's desktop: which mechanisms there are, and what they share.

Adapters are imported when they are made.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tray_agent.platforms.macos import main_thread
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

if TYPE_CHECKING:
    from tray_agent.platforms.macos.context_choice import ContextChoice
    from tray_agent.platforms.macos.last_input import EventSourceIdle

Lost = Callable[[str], object]


class _Closable(Protocol):
    def close(self) -> None: ...


class MacDesktop:
    """Adapters of one agent; a bug that shows on the main thread is raised on its loop."""

    icon_takes_turns = False

    def __init__(self, loop: Loop) -> None:
        main_thread.bugs_to(loop)
        self._loop = loop
        self._shared: list[_Closable] = []
        self._idle: EventSourceIdle | None = None
        self._locked = False

    def clocks(self) -> Callable[[], Clocks]:
        """A function that reads the system's clocks."""
        from tray_agent.platforms.macos.clocks import boot_clocks

        return boot_clocks()

    def watch_clock(self, moved: Callable[[], object]) -> None:
        """Call `moved` when the wall clock was set or the machine woke."""
        from tray_agent.platforms.macos.clocks import ClockSetWatch

        self._shared.append(ClockSetWatch(self._loop, moved))

    def watch_folder(self, folder: Path, changed: Callable[[], object]) -> None:
        """Call `changed` when a file in the folder was written, added or removed."""
        from tray_agent.platforms.macos.folder_watch import FolderWatch

        self._shared.append(FolderWatch(self._loop, folder, changed))

    def watch_zone(self, changed: Callable[[], object]) -> None:
        """Call `changed` when the Mac has another zone."""
        from tray_agent.platforms.macos.zone import ZoneWatch

        self._shared.append(ZoneWatch(self._loop, changed))

    def session(self, told: Callable[[News], object]) -> SessionSensor:
        """Lock and sleep."""
        from tray_agent.platforms.macos.session import MacSession

        return MacSession(self._loop, partial(self._session_news, told))

    def watch_display(self, ended: Callable[[], object]) -> None:
        """Call `ended` when the session ends, or somebody wants this program to leave."""
        from tray_agent.platforms.macos.session_end import SessionEnd

        self._shared.append(SessionEnd(self._loop, ended))

    def keep_activation_token(self, token: str) -> None:
        """Nothing: a window that the person asked for takes the focus by itself here."""

    def take_activation_token(self) -> str | None:
        """None, as above."""
        return None

    def idle_counter(self, lost: Lost) -> IdleCounter:
        """The event source's own count; the mouse and the end of a lock witness for it."""
        from tray_agent.platforms.macos.last_input import EventSourceIdle
        from tray_agent.platforms.macos.mouse_monitor import MouseMonitor

        self._idle = EventSourceIdle(self._loop, lost, MouseMonitor(self._loop))
        return self._idle

    def listener(self, lost: Lost, *, keys: bool = False) -> Listener:
        """Pynput's tap, for whoever wants it and has allowed it; the counter does without."""
        from tray_agent.platforms.macos.listener import MacListener

        return MacListener(self._loop, lost, wanted=keys, also=self._input_heard)

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
        """The icon in the menu bar; a click on it opens the menu, which has a way to say yes."""
        from tray_agent.platforms.macos.tray import MacTray

        return MacTray(self._loop, menu, draw, changed=changed)

    def notifier(
        self,
        answered: Callable[[int, str], object],
        icon: Path,
        *,
        memory: Path | None = None,
        banner: Callable[[], Notifier] | None = None,
    ) -> Notifier:
        """The system's own notes, which take a bundle and the person's leave; else windows of ours."""
        from tray_agent.platforms.macos.bundle import in_bundle
        from tray_agent.platforms.notifier_chain import NotifierChain

        last_resort = banner or _no_banner
        if not in_bundle():
            return last_resort()
        from tray_agent.platforms.macos.notifications import MacNotifier

        return NotifierChain(
            lambda refused: MacNotifier(self._loop, answered, icon, refused),
            last_resort,
        )

    def screen_reader(self) -> Callable[[], bool]:
        """What the workspace says of VoiceOver."""
        return self._contexts.voice_over

    def make_launcher(self, icon: Path) -> None:
        """Nothing: programs are found by where their bundle lies."""

    def open_file(self, path: Path, failed: Callable[[str], object]) -> None:
        """Open the file as a double click would, or as text."""
        from tray_agent.platforms.macos.opener import open_file

        open_file(self._loop, path, failed)

    def close(self) -> None:
        """Let go of what the parts shared, and of an end of the session that waits for us."""
        if "_contexts" in self.__dict__:
            self._contexts.close()
        for each in self._shared:
            each.close()

    def _input_heard(self) -> None:
        """The counter, which learns of nothing by itself, hears of what the tap has heard."""
        if self._idle is not None:
            self._idle.confirm()
            self._idle.look()

    def _session_news(self, told: Callable[[News], object], news: News) -> None:
        told(news)
        if news is News.UNLOCKED and self._locked and self._idle is not None:
            self._idle.confirm()
        self._locked = news is News.LOCKED or (self._locked and news is not News.UNLOCKED)

    @cached_property
    def _contexts(self) -> ContextChoice:
        from tray_agent.platforms.macos.context_choice import ContextChoice

        return ContextChoice(self._loop)


def _no_banner() -> Notifier:
    from tray_agent.platforms.null import NullNotifier

    return NullNotifier("notes take a bundle here, and no window is offered in their place")
