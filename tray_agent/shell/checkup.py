"""What `doctor` says: how every part is doing, what helps where one is not well, and what else to know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tray_agent import __version__
from tray_agent.ports import Advice, Health, Startup, State
from tray_agent.shell import crash_report, presenter
from tray_agent.shell.folders import Folders
from tray_agent.shell.managed import Row
from tray_agent.shell.remedies import Remedies


def report(
    places: Folders,
    parts: Iterable[Health],
    faults: Iterable[object],
    *,
    startup: Startup,
    advice: Advice,
    policies: Iterable[Row] = (),
    running: bool,
) -> dict[str, Any]:
    """What `doctor` shows the person, and `inventory.of` makes of it what others may collect.

    `faults` are what is wrong with the settings, a sentence each.
    `advice` is what helps on this system alone; of the `policies` only those that cannot be obeyed are told.
    """
    remedies = Remedies(places, advice)
    crash = crash_report.last_crash(places.state)
    return {
        "version": __version__,
        "running": running,
        "parts": [
            {**presenter.part(part), "remedy": remedies.of(part)} for part in (*parts, _beginning(startup))
        ],
        "faults": [f"{fault}" for fault in faults],
        "policy_errors": [
            {"name": row.name, "source": row.source, "error": row.error}
            for row in policies
            if row.error is not None
        ],
        "last_crash": crash and f"{crash}",
    }


def _beginning(startup: Startup) -> Health:
    """Starting with the session, told like a part; to be off is nobody's fault."""
    return Health("autostart", State.OK if startup.on else State.OFF, startup.mechanism, startup.reason)
