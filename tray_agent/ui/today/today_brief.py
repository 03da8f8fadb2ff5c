"""The day as the agent tells it; times are seconds since the epoch, durations seconds."""

from __future__ import annotations

from typing import Literal

import msgspec

from tray_agent.ui.incoming import Brief


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A time in one posture; `cause` tells what took the person off the chair."""

    posture: Literal["seated", "standing", "away"]
    from_s: float
    to_s: float
    cause: str = ""


class Call(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A time with microphone or camera in use."""

    from_s: float
    to_s: float


class Prompt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A prompt and what became of it."""

    at_s: float
    kind: Literal["stand_up", "hip_flexor", "glutes"]
    outcome: Literal["started", "snoozed", "skipped", "dismissed", "ignored", "withdrawn", "showing"]


class Totals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The day's figures beside its aims."""

    sitting_s: float
    longest_bout_s: float
    standing_s: float
    breaks: int
    aim_breaks: int
    aim_longest_bout_s: float


class Doses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Movement of the day, and of its week beside the least a week should bring."""

    hip_left_s: float
    hip_right_s: float
    glute_sets: int
    glute_reps: int
    week_hip_left_s: float
    week_hip_right_s: float
    week_glute_days: int
    least_hip_s: float
    least_glute_days: int


class Week(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A week from `monday` on: averages over its `days` with sitting, and the movement of all of it."""

    monday: str
    days: int
    sitting_s: float
    breaks: float
    hip_left_s: float
    hip_right_s: float
    glute_days: int


class Day(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One day, `back` days before today.

    `now_s` is None once it is over; only what lies after `correct_from_s` can still be put right.
    """

    date: str
    spans: tuple[Span, ...]
    prompts: tuple[Prompt, ...]
    calls: tuple[Call, ...]
    totals: Totals
    doses: Doses
    weeks: tuple[Week, ...]
    now_s: float | None
    correct_from_s: float | None
    back: int
    most_back: int

    @property
    def is_empty(self) -> bool:
        """Whether nobody was seen at the desk."""
        return not self.spans


class TodayBrief(Brief, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The day to show first."""

    title: str
    day: Day
