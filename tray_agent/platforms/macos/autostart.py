"""Starting with the session, by exactly one of two mechanisms.

Our app is a login item, since macOS 13.  Everywhere else, and for an agent that was installed without the
app, it is a launch agent, which also brings an agent back that crashed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from Foundation import NSProcessInfo
from msgspec.structs import replace

from tray_agent.platforms.macos.bundle import in_bundle
from tray_agent.platforms.macos.launch_agent import LaunchAgent
from tray_agent.ports import Startup

if TYPE_CHECKING:
    from tray_agent.platforms.macos.login_item import LoginItem

VENTURA = (13, 0, 0)


class MacAutostart:
    """Starts the agent at login; `command` finds the words that run it."""

    def __init__(self, command: Callable[[], Sequence[str]], agent: LaunchAgent | None = None) -> None:
        self._command = command
        self._agent = agent or LaunchAgent()
        self._item = _login_item()

    def status(self) -> Startup:
        """How it is now."""
        agent = self._agent.status()
        item = Startup(on=False, mechanism=None) if self._item is None else self._item.status()
        if item.on and agent.on:
            return replace(item, reason="a launch agent starts it as well")
        return item if item.on or (item.reason and not agent.on) else agent

    def set(self, *, on: bool) -> Startup:
        """Start with the session from now on, or no longer; raises `OSError` when that cannot be kept."""
        if not on or self._agent.starts_everybody():
            self._remove()
        elif self._item is not None:
            self._item.add()
            self._agent.remove()
        else:
            self._agent.add(self._command(), app=in_bundle())
        return self.status()

    def _remove(self) -> None:
        """Take away what is the person's own."""
        self._agent.remove()
        if self._item is not None:
            self._item.remove()


def _login_item() -> LoginItem | None:
    """The app among the login items; None where there is no app or the system knows no such thing."""
    if not in_bundle() or not NSProcessInfo.processInfo().isOperatingSystemAtLeastVersion_(VENTURA):
        return None
    # ServiceManagement has no SMAppService before.
    from tray_agent.platforms.macos.login_item import LoginItem

    return LoginItem()
