"""`policy`: what the organisation has decided, for whoever administers it; no agent need run."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from tray_agent.shell import setting_values
from tray_agent.shell.command_line import terminal
from tray_agent.shell.command_line.arguments import Arguments, Form
from tray_agent.shell.managed import Managed
from tray_agent.shell.words import _

_COLUMNS = ("name", "value", "level", "scope", "source")


def policy(_form: Form, typed: Arguments) -> int:
    """Print every policy there is, those in force and those that cannot be obeyed."""
    return terminal.show(report(terminal.managed()), in_words, typed)


def report(managed: Managed) -> dict[str, Any]:
    """`policy --json`; also what `doctor` and an inventory tell."""
    return {
        "organisation": managed.name(),
        "link": managed.link(),
        "policies": [{**asdict(row), "error": row.error} for row in managed.rows],
    }


def in_words(result: dict[str, Any]) -> str:
    """A table of what is in force, then what is not and why."""
    rows = result["policies"]
    if not rows:
        return _("No organisation has decided anything here.")
    in_force = [row for row in rows if row["in_force"]]
    lines = _table(in_force) if in_force else [_("Nothing is in force.")]
    beaten = [row for row in rows if not row["in_force"] and row["error"] is None]
    if beaten:
        lines += ["", _("Overruled by a stronger one:"), *_table(beaten)]
    wrong = [row for row in rows if row["error"] is not None]
    if wrong:
        lines += ["", _("Not obeyed:"), *(f"  {row['source']}: {row['error']}" for row in wrong)]
    return "\n".join(lines)


def _table(rows: list[dict[str, Any]]) -> list[str]:
    cells = [[_cell(name, row[name]) for name in _COLUMNS] for row in rows]
    widths = [max(len(row[at]) for row in cells) for at in range(len(_COLUMNS) - 1)]
    return [
        "  " + "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in cells
    ]


def _cell(name: str, value: object) -> str:
    return setting_values.shown(value) if name == "value" else str(value)
