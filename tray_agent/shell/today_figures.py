"""A day in figures for the window that shows it: spans, prompts, calls, totals, doses, twelve weeks.

Everything is plain JSON data; times are seconds since the epoch, durations seconds.  The running day
comes from the engine and the rows that were written since it began, a closed one from rows alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tray_agent.core.day import Course, Span, in_order
from tray_agent.core.model import Cause, Kind, Posture
from tray_agent.core.progress import GLUTE_DAYS_LEAST, WEEK_LEAST_S
from tray_agent.core.view import View
from tray_agent.shell import weeks
from tray_agent.shell.history import (
    BoutRow,
    BreakRow,
    Day,
    DoseRow,
    PromptRow,
    Row,
    StandRow,
    began,
    by_day,
    day_of,
)
from tray_agent.shell.intensities import Numbers

SHOWING = "showing"
"""What became of a prompt that is still there."""

Data = dict[str, Any]
Between = tuple[float, float]


class Present(Struct, frozen=True):
    """The running day: times lie on the agent's axis, which `wall_at` turns into wall time."""

    view: View
    course: Course
    calls: tuple[Between, ...]
    wall_at: Callable[[float], float]

    @property
    def now_s(self) -> float:
        """The wall time."""
        return self.wall_at(self.view.now)

    @property
    def began_s(self) -> float:
        """When the day began for the agent; rows were written by a clock that has drifted since."""
        return self.wall_at(self.course.began) - 30


def running(now: Present, rows: Iterable[Row], aims: Numbers) -> Data:
    """The day that is being counted; `rows` reach back to the first of the weeks."""
    rows, view, at = list(rows), now.view, now.wall_at
    today = [row for row in rows if began(row) >= now.began_s]
    prompts = [_prompt(row.kind, row.shown, row.outcome) for row in today if isinstance(row, PromptRow)]
    if view.prompt is not None:
        prompts.append(_prompt(view.prompt.kind, at(view.prompt.shown_at), SHOWING))
    spans = [replace(span, start=at(span.start), end=at(span.end)) for span in now.course.spans]
    calls = [{"from_s": at(start), "to_s": at(end)} for start, end in now.calls]
    figures = Day(
        now.course.date,
        view.today.sitting_s,
        view.today.longest_bout_s,
        view.today.standing_s,
        view.today.breaks,
        doses=[row for row in today if isinstance(row, DoseRow)],
    )
    return {
        **_day(figures, _from_the_desk(spans), prompts, weeks.up_to(figures.date, rows, running=True), aims),
        "calls": calls,
        "now_s": now.now_s,
        "correct_from_s": None if view.known_since is None else at(view.known_since),
    }


def closed(day: str, rows: Iterable[Row], aims: Numbers) -> Data:
    """A day that is over, as far as the history knows it; nobody remembers its calls."""
    rows = list(rows)
    of_day = [row for row in rows if day_of(began(row)) == day]
    figures = next(iter(by_day(of_day)), Day(day))
    prompts = [_prompt(row.kind, row.shown, row.outcome) for row in of_day if isinstance(row, PromptRow)]
    until_home = _from_the_desk(_spans(of_day)[::-1])[::-1]
    return {
        **_day(figures, _from_the_desk(until_home), prompts, weeks.up_to(day, rows, running=False), aims),
        "calls": [],
        "now_s": None,
        "correct_from_s": None,
    }


def _day(figures: Day, spans: Sequence[Span], prompts: list[Data], known: list[Data], aims: Numbers) -> Data:
    this_week = known[-1]
    stretches = [dose for dose in figures.doses if dose.kind == Kind.HIP_FLEXOR]
    strength = [dose for dose in figures.doses if dose.kind == Kind.GLUTES]
    return {
        "date": figures.date,
        "spans": [_span(span) for span in spans],
        "prompts": prompts,
        "totals": {
            "sitting_s": figures.sitting_s,
            "longest_bout_s": figures.longest_bout_s,
            "standing_s": figures.standing_s,
            "breaks": figures.breaks,
            "aim_breaks": aims.aim_breaks,
            "aim_longest_bout_s": aims.aim_longest_bout_s,
        },
        "doses": {
            "hip_left_s": sum(dose.left_s for dose in stretches),
            "hip_right_s": sum(dose.right_s for dose in stretches),
            "glute_sets": sum(dose.sets for dose in strength),
            "glute_reps": sum(dose.reps for dose in strength),
            "week_hip_left_s": this_week["hip_left_s"],
            "week_hip_right_s": this_week["hip_right_s"],
            "week_glute_days": this_week["glute_days"],
            "least_hip_s": WEEK_LEAST_S,
            "least_glute_days": GLUTE_DAYS_LEAST,
        },
        "weeks": known,
    }


def _spans(rows: Iterable[Row]) -> list[Span]:
    """The spans of a closed day; what ended a bout stands with the break after it."""
    seated, away, stood = [], [], []
    for row in sorted(rows, key=began):
        match row:
            case BoutRow(start, end):
                seated.append(Span(Posture.SEATED, start, end))
            case BreakRow(start, end, cause):
                away.append(Span(Posture.AWAY, start, end, Cause(cause)))
            case StandRow(start, end):
                stood.append(Span(Posture.STANDING, start, end, Cause.STANDING))
            case _:
                pass
    return in_order(seated, away, stood)


def _from_the_desk(spans: Sequence[Span]) -> list[Span]:
    """The spans from the first time at the desk on."""
    at_desk = (number for number, span in enumerate(spans) if span.posture is not Posture.AWAY)
    return list(spans[next(at_desk, len(spans)) :])


def _span(span: Span) -> Data:
    return {"posture": span.posture, "from_s": span.start, "to_s": span.end, "cause": span.cause or ""}


def _prompt(kind: str, at_s: float, outcome: str) -> Data:
    return {"at_s": at_s, "kind": kind, "outcome": outcome}
