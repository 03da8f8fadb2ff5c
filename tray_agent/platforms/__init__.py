"""Adapters, one file per mechanism; only here it is asked which system this is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    # Whoever only asks for the channel, as most commands do, answers sooner without them.
    from tray_agent.ports import (
        Advice,
        Autostart,
        Channel,
        Clocks,
        ContextSensor,
        Face,
        IdleCounter,
        Listener,
        Loop,
        News,
        Notifier,
        Picture,
        Policies,
        Renewal,
        SessionSensor,
        Tray,
    )

Lost = Callable[[str], object]

_FOLDERS = {"linux": "linux", "win32": "windows", "darwin": "macos"}


class Desktop(Protocol):
    """What a system offers; whatever cannot work here raises `Unavailable` or shows it as health.

    `icon_takes_turns` says whether an icon comes into its panel by turns of the loop, or by itself.
    """

    icon_takes_turns: bool

    def clocks(self) -> Callable[[], Clocks]:
        """A function that reads the system's clocks."""

    def watch_clock(self, moved: Callable[[], object]) -> None:
        """Call `moved` when the wall clock was set or the machine woke."""

    def watch_folder(self, folder: Path, changed: Callable[[], object]) -> None:
        """Call `changed` when a file in the folder was written, added or removed."""

    def watch_zone(self, changed: Callable[[], object]) -> None:
        """Call `changed` when local time has become that of another zone."""

    def session(self, told: Callable[[News], object]) -> SessionSensor:
        """Lock and sleep."""

    def watch_display(self, ended: Callable[[], object]) -> None:
        """Call `ended` when the screen is gone, and the session with it; raises `Unavailable`."""

    def keep_activation_token(self, token: str) -> None:
        """Remember what lets the next window, which the person asked for, take the focus."""

    def take_activation_token(self) -> str | None:
        """The same, for the window that opens now; None where nobody has just asked for one."""

    def idle_counter(self, lost: Lost) -> IdleCounter:
        """The first idle counter that works here."""

    def listener(self, lost: Lost, *, keys: bool = False) -> Listener:
        """The content-blind input listener; `keys` is the person's consent where a system wants one."""

    def context_sensor(self, name: str, told: Callable[[bool | None], object]) -> ContextSensor:
        """The sensor of this name, as in the settings `sensing.NAME`; raises `Unavailable`."""

    def tray(
        self,
        menu: Callable[[], Any],
        draw: Callable[[Face, int], Picture],
        *,
        activated: Callable[[], object],
        popup: Callable[[int, int], object],
        changed: Callable[[], object],
    ) -> Tray:
        """The icon; one that waits where no panel is there yet.

        `popup(x, y)` opens the menu where the panel draws none; `changed` hears of each new health.
        """

    def notifier(
        self,
        answered: Callable[[int, str], object],
        icon: Path,
        *,
        memory: Path | None = None,
        banner: Callable[[], Notifier] | None = None,
    ) -> Notifier:
        """Notes with this icon, by the desktop's own service or the last resort.

        `memory` is a file in which an agent that is killed leaves word of its note for the next one.
        `banner` makes notes in a window of our own, for a system on which nobody else shows any.
        """

    def screen_reader(self) -> Callable[[], bool]:
        """Whether a screen reader runs, to be asked again and again."""

    def make_launcher(self, icon: Path) -> None:
        """See that the applications menu has an entry for the agent with this icon; raises `OSError`."""

    def open_file(self, path: Path, failed: Callable[[str], object]) -> None:
        """Open the file in the person's own program for it; `failed(reason)` when nothing does."""

    def close(self) -> None:
        """Let go of what the parts shared."""


class System(Protocol):
    """One system, as the module `system` in its folder offers it; asking for a part opens nothing yet."""

    def desktop(self, loop: Loop) -> Desktop:
        """Its adapters, driven by the agent's loop; raises `Unavailable`."""

    def lead(self, agent: Callable[[], int]) -> int:
        """Be the agent until it returns its exit code, on whichever thread the system leaves to it."""

    def awake(self) -> Callable[[], float]:
        """A clock in seconds that stands still while the machine sleeps."""

    def channel(self) -> Channel | None:
        """How a running agent is reached; None by a Unix socket."""

    def places(self) -> tuple[Path, Path, Path]:
        """Where this person's settings, state, and what lives only while the agent runs belong.

        Raises `PermissionError` where a place is somebody else's.
        """

    def renewal(self, loop: Loop, turned: Callable[[], object]) -> Renewal | None:
        """Call `turned` when an upgrade begins to replace the program, and again when it is through.

        None where whatever upgrades it starts it again; raises `Unavailable`.
        """

    def policies(self, names: Collection[str]) -> Policies:
        """Where an organisation writes down what it decides; `names` are the policies there can be, for a
        system that tells only of those it is asked for.
        """

    def autostart(self) -> Autostart:
        """Starting with the session; opens nothing, so that the command line may ask too."""

    def languages(self) -> Sequence[str]:
        """What the person wishes to read where no variable such as LANG says it, dearest first: `pt-BR`."""

    def advice(self) -> Advice:
        """What helps here where a part is not well."""


class Unsupported(Exception):
    """There are no adapters for this system; as a `str` one sentence."""


def select() -> System:
    """This system; raises `Unsupported`."""
    if sys.platform == "linux":
        from tray_agent.platforms.linux import system as linux

        return linux
    if sys.platform == "win32":
        from tray_agent.platforms.windows import system as windows

        return windows
    if sys.platform == "darwin":
        from tray_agent.platforms.macos import system as macos

        return macos
    raise Unsupported(f"Tray Agent does not know the system {sys.platform}.")


def elsewhere() -> frozenset[str]:
    """The folders here whose adapters belong to other systems and cannot be imported."""
    return frozenset(_FOLDERS.values()) - {_FOLDERS.get(sys.platform)}
