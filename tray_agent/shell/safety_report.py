"""What the person said about their body as the command line and the agent tell it each other."""

from __future__ import annotations

from typing import Any

from tray_agent.core.model import Condition, Limits
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.words import _

Report = dict[str, Any]


def as_report(limits: Limits) -> Report:
    """Codes and ids, as `docs/schemas/safety.json` has them."""
    return {
        "cleared": limits.cleared,
        "conditions": [condition.value for condition in Condition if condition in limits.conditions],
        "hurt": sorted(limits.hurt),
    }


def limits_said(limits: Limits) -> Report:
    """What to tell the agent; what hurt it knows itself."""
    said = as_report(limits)
    del said["hurt"]
    return said


def limits_of(report: Report, hurt: frozenset[str] | None = None) -> Limits:
    """The limits a report speaks of, with these exercises left out where `hurt` is given.

    Raises `CommandError` when it is not understood.
    """
    cleared, names = report.get("cleared"), report.get("conditions")
    if not isinstance(cleared, bool) or not isinstance(names, list) or not set(names) <= set(Condition):
        raise CommandError(Exit.USAGE, _("the answers to the safety check are not understood"))
    left_out = frozenset(report.get("hurt", ())) if hurt is None else hurt
    return Limits(cleared, frozenset(Condition(name) for name in names), left_out)
