"""Past days for people and programs: a calm table, JSON by `docs/schemas/history.json`, or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from tray_agent.core.model import Kind, Outcome
from tray_agent.shell.history import Day
from tray_agent.shell.words import _, duration

_GAP = "  "


def as_json(days: Iterable[Day]) -> str:
    """One object on one line."""
    return json.dumps({"days": [_figures(day) for day in days]}) + "\n"


def as_csv(days: Iterable[Day]) -> str:
    """RFC 4180, with the names of the columns first; columns may be added, but never change."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_flat(_figures(Day("1970-01-01"))))
    writer.writerows(_flat(_figures(day)).values() for day in days)
    return text.getvalue()


def as_text(days: Sequence[Day]) -> str:
    """A table with a line for each day."""
    if not days:
        return _("Nothing is kept of these days.") + "\n"
    titles = (
        _("Day"),
        _("sitting"),
        _("longest"),
        _("breaks"),
        _("prompts"),
        _("stretching"),
        _("glute sets"),
    )
    return _aligned([titles, *(_cells(_figures(day)) for day in days)])


def _figures(day: Day) -> dict[str, Any]:
    stretches = [dose for dose in day.doses if dose.kind == Kind.HIP_FLEXOR]
    strength = [dose for dose in day.doses if dose.kind == Kind.GLUTES]
    return {
        "date": day.date,
        "sitting_s": round(day.sitting_s),
        "longest_bout_s": round(day.longest_bout_s),
        "standing_s": round(day.standing_s),
        "breaks": day.breaks,
        "prompts": sum(day.prompts.values()),
        **{str(outcome): day.prompts.get(outcome, 0) for outcome in Outcome},
        "dose": {
            "hip_flexor": {
                "left_s": round(sum(dose.left_s for dose in stretches)),
                "right_s": round(sum(dose.right_s for dose in stretches)),
            },
            "glutes": {
                "sets": sum(dose.sets for dose in strength),
                "reps": sum(dose.reps for dose in strength),
            },
            "standing_s": round(day.standing_s + sum(dose.standing_s for dose in day.doses)),
        },
    }


def _flat(figures: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """The figures by `dose_glutes_sets` and the like."""
    flat: dict[str, Any] = {}
    for name, value in figures.items():
        flat |= _flat(value, f"{prefix}{name}_") if isinstance(value, dict) else {prefix + name: value}
    return flat


def _cells(figures: dict[str, Any]) -> tuple[str, ...]:
    dose = figures["dose"]
    stretched_s = dose["hip_flexor"]["left_s"] + dose["hip_flexor"]["right_s"]
    return (
        f"{_weekday(figures['date'])} {figures['date']}",
        duration(figures["sitting_s"]),
        duration(figures["longest_bout_s"]),
        *(str(count or "-") for count in (figures["breaks"], figures["prompts"])),
        duration(stretched_s) if stretched_s else "-",
        str(dose["glutes"]["sets"] or "-"),
    )


def _weekday(iso: str) -> str:
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[date.fromisoformat(iso).weekday()]


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    """The rows as lines, the first column flush left, figures flush right."""
    first, *others = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        _GAP.join(
            (f"{row[0]:<{first}}", *(f"{cell:>{width}}" for cell, width in zip(row[1:], others, strict=True)))
        )
        for row in rows
    )
    return "".join(f"{line}\n" for line in lines)
