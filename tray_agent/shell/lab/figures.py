"""What a policy made of many days, added up; and the table that sets policies side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import fields

from tray_agent.core.rules import BREAK_COUNTS_AFTER_S
from tray_agent.shell.words import _

LONG_MIN = (30, 45, 60, 90)


class Figures(Struct, frozen=True):
    """Sums over `days` days of work; bouts and breaks are those that truly were, not the estimate's.

    The aims are what the intensity asks for; `accepts` is how probably a day's first prompt was to be
    followed, which was assumed and not found.
    """

    days: int = 0
    prompts: int = 0
    held: int = 0
    started: int = 0
    snoozed: int = 0
    skipped: int = 0
    ignored: int = 0
    breaks: int = 0
    sitting_s: float = 0.0
    over_30: int = 0
    over_45: int = 0
    over_60: int = 0
    over_90: int = 0
    hip_flexor_s: float = 0.0
    hip_flexor_aim_s: float = 0.0
    glute_reps: int = 0
    glute_aim_reps: float = 0.0
    accepts: float = 0.0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Figures)))


def bouts(off_chair: Sequence[tuple[float, float]]) -> list[float]:
    """Lengths of sitting between times off the chair that were long enough to count as breaks."""
    counted = [span for span in off_chair if span[1] - span[0] >= BREAK_COUNTS_AFTER_S]
    return [after[0] - before[1] for before, after in pairwise(counted) if after[0] > before[1]]


def table(columns: Sequence[tuple[str, Figures]]) -> str:
    """A column a policy, a row a figure; numbers are a day's, but for the last."""
    rows = [["", *(name for name, _figures in columns)]]
    for title, of in _rows():
        rows.append([title, *(of(figures) for _name, figures in columns)])
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Iterable[int]) -> str:
    first, *rest = zip(row, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]).rstrip()


def _rows() -> list[tuple[str, Callable[[Figures], str]]]:
    return [
        (_("prompts"), _a_day("prompts")),
        (_("held back"), _a_day("held")),
        (_("breaks of two minutes or more"), _a_day("breaks")),
        (_("hours of sitting"), lambda f: f"{f.sitting_s / 3600 / f.days:.1f}"),
        *((_("bouts over {n} min").format(n=n), _a_day(f"over_{n}")) for n in LONG_MIN),
        (_("hip-flexor stretch, seconds"), lambda f: f"{f.hip_flexor_s / f.days:.0f}"),
        (_("of what the intensity asks for"), lambda f: _share(f.hip_flexor_s, f.hip_flexor_aim_s)),
        (_("glute repetitions"), lambda f: f"{f.glute_reps / f.days:.1f}"),
        (_("of what the intensity asks for"), lambda f: _share(f.glute_reps, f.glute_aim_reps)),
        (_("prompts that were followed"), lambda f: _share(f.started, f.prompts)),
        (_("assumed for the first of a day"), lambda f: _share(f.accepts, f.days)),
        (_("worker-days"), lambda f: f"{f.days}"),
    ]


def _a_day(name: str) -> Callable[[Figures], str]:
    return lambda figures: f"{getattr(figures, name) / figures.days:.1f}"


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.0%}" if whole else "-"
