"""What an inventory may collect: how the program is, and nothing of the person who uses it.

This is a list of what may be told, not of what may not: a part or a field that nobody has decided on
is left out.  `tray-agent doctor` in words, on the person's own screen, says all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tray_agent.ports import State

SENSES = frozenset(
    {
        "counter",
        "pynput",
        "session",
        "microphone",
        "camera",
        "display_awake",
        "sharing",
        "fullscreen",
        "do_not_disturb",
    }
)
"""What notices something of the person; only whether it works is told."""

OWN_PARTS = frozenset({"tray", "notifier", "windows", "snapshot", "history", "log", "settings", "autostart"})
"""What the program is made of; told with its mechanism, and with the reason where it is not well."""

KEPT_BACK = frozenset({"screen_reader", "player"})
"""How these are doing already tells that a screen reader runs, or a player of videos."""

Told = dict[str, Any]


def of(report: Mapping[str, Any]) -> Told:
    """`tray-agent doctor --json`, of what `checkup.report` says."""
    return {
        "version": report["version"],
        "running": report["running"],
        "parts": [*_parts(report["parts"])],
        "policy_errors": [
            {key: error[key] for key in ("name", "source", "error")} for error in report["policy_errors"]
        ],
        # Each is a sentence about what the person typed, with their folder in it.
        "faults": len(report["faults"]),
        "crashed": report["last_crash"] is not None,
    }


def _parts(parts: Iterable[Mapping[str, Any]]) -> Iterator[Told]:
    for part in parts:
        if part["name"] in SENSES:
            yield {"name": part["name"], "state": _lasting(part["state"])}
        elif part["name"] in OWN_PARTS:
            why = None if part["state"] == State.OK else _without_home(part["reason"])
            yield {"name": part["name"], "state": part["state"], "source": part["source"], "reason": why}


def _lasting(state: str) -> str:
    """A sense is in doubt while a password is typed or a video plays; to an inventory it works."""
    return State.OK if state == State.DEGRADED else state


def _without_home(reason: str | None) -> str | None:
    home = f"{Path.home()}"
    return reason and (reason.replace(home, "~") if len(home) > 1 else reason)
