"""One worker's days under one policy: the real engine, replayed, and its prompts answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from msgspec import Struct

from tray_agent.core.model import Exercise, Kind, Reason
from tray_agent.core.rules import Rules
from tray_agent.shell.hours_ranges import Range
from tray_agent.shell.lab.figures import LONG_MIN, Figures, bouts
from tray_agent.shell.lab.people import People
from tray_agent.shell.lab.workers import WORKDAYS, Worker
from tray_agent.shell.replay import Line, Replay
from tray_agent.shell.trace import Happening, Header

MONDAY = datetime(2026, 3, 2, tzinfo=UTC).timestamp()
_NO_ESTIMATES = 1e12


class Under(Struct, frozen=True):
    """A policy as the engine takes it: its rules, and its work hours, None for always."""

    rules: Rules
    ranges: tuple[Range, ...] | None


def live(under: Under, people: People, exercises: tuple[Exercise, ...], number: int, days: int) -> Figures:
    """What so many days of the worker with this number come to."""
    rules = under.rules
    replay = Replay(Header(MONDAY, UTC), rules, exercises, under.ranges, _NO_ESTIMATES)
    worker = Worker(people, number, rules.insistence, rules.break_s, replay)
    held: set[float] = set()

    def watched() -> Iterator[tuple[float, Happening]]:
        for happening in worker.days(days):
            waited = replay.last_held
            if waited is not None and set(waited.reasons) != {Reason.TYPING}:
                held.add(waited.since)
            yield happening

    summary: Line = {}
    for line in replay.lines(watched()):
        if line["kind"] == "prompt":
            worker.asked(line["t"])
        summary = line
    return _figures(worker, rules, summary, len(held), days)


def _figures(worker: Worker, rules: Rules, summary: Line, held: int, days: int) -> Figures:
    sat = bouts(worker.off_chair)
    over = {f"over_{minutes}": sum(length > minutes * 60 for length in sat) for minutes in LONG_MIN}
    hips, glutes = summary["dose"]["hip_flexor"], summary["dose"]["glutes"]
    return Figures(
        days=days,
        held=held,
        **{name: summary[name] for name in ("prompts", "started", "snoozed", "skipped", "ignored")},
        # Each day's first bout began with coming, not with the end of a break.
        breaks=max(0, len(sat) - days),
        sitting_s=sum(sat),
        **over,
        hip_flexor_s=hips["left_s"] + hips["right_s"],
        hip_flexor_aim_s=_hip_flexor_aim_s(rules) * days,
        glute_reps=glutes["reps"],
        glute_aim_reps=_glute_aim_reps(rules) * days,
        accepts=worker.accepts,
    )


def _hip_flexor_aim_s(rules: Rules) -> float:
    """Seconds a day, both sides together."""
    if Kind.HIP_FLEXOR not in rules.kinds:
        return 0.0
    return rules.hip_flexor_sessions * rules.hip_flexor_sets * rules.hip_flexor_hold_s * 2


def _glute_aim_reps(rules: Rules) -> float:
    """Repetitions a day of work, on average."""
    if Kind.GLUTES not in rules.kinds:
        return 0.0
    return rules.glute_sets * rules.glute_reps * min(1.0, rules.glute_days / WORKDAYS)
