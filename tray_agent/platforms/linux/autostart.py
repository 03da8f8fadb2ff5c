"""Starting with the session, by exactly one of two mechanisms.

The systemd unit is taken where the person's service manager has reached the graphical session and knows
its display, because it alone brings an agent back that crashed.  Everywhere else, and in doubt, it is
the XDG entry: every full desktop runs it and shows it in its settings, while a unit would wait for ever
in a session that never reaches that target.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from tray_agent.platforms.linux.systemd_unit import SystemdUnit
from tray_agent.platforms.linux.xdg_autostart import XdgAutostart
from tray_agent.ports import Startup


class LinuxAutostart:
    """Starts the agent with the session that `environ` describes; `command` finds the words that run it."""

    def __init__(
        self,
        command: Callable[[], Sequence[str]],
        environ: Mapping[str, str] = os.environ,
        unit: SystemdUnit | None = None,
    ) -> None:
        self._command = command
        self._xdg = XdgAutostart(environ)
        self._unit = unit or SystemdUnit(environ)

    def status(self) -> Startup:
        """How it is now; files alone are looked at."""
        xdg, unit = self._xdg.status(), self._unit.status()
        if xdg.on and unit.on:
            return replace(unit, reason="an entry among the session's programs starts it as well")
        return unit if unit.on or (unit.reason and not xdg.on) else xdg

    def set(self, *, on: bool) -> Startup:
        """Start with the session from now on, or no longer; raises `OSError` when that cannot be kept."""
        if not on:
            self._xdg.remove()
            self._unit.remove()
        elif self._unit.runs_this_session():
            self._unit.add(self._command())
            self._xdg.remove()
        else:
            self._xdg.add(self._command())
            self._unit.remove()
        return self.status()
