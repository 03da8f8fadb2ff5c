"""What the week amounts to so far, with the least that each movement should come to beside it."""

from __future__ import annotations

from msgspec import Struct

from tray_agent.core.ledger import Ledger, Today
from tray_agent.core.model import Kind
from tray_agent.core.programme import ProgrammeState
from tray_agent.core.progress import GLUTE_DAYS_LEAST, WEEK_LEAST_S, MovementState


class Week(Struct, frozen=True):
    """The week in figures, by its ISO label (`2026-W10`); durations in seconds.

    The hip flexors of each side want `hip_flexor_least_s` of stretching a week, the gluteal muscles
    strength on `glute_days_least` days; `progress` names the sources.
    """

    label: str = ""
    hip_flexor_left_s: float = 0.0
    hip_flexor_right_s: float = 0.0
    hip_flexor_least_s: float = WEEK_LEAST_S
    glute_days: int = 0
    glute_days_least: int = GLUTE_DAYS_LEAST
    glute_sets: int = 0
    standing_s: float = 0.0


def this_week(programme: ProgrammeState, ledger: Ledger, today: Today) -> Week:
    """The week up to now."""
    stretch = programme.movements.get(Kind.HIP_FLEXOR, MovementState()).dose
    strength = programme.movements.get(Kind.GLUTES, MovementState()).dose
    return Week(
        label=programme.week,
        hip_flexor_left_s=stretch.left_s,
        hip_flexor_right_s=stretch.right_s,
        glute_days=len(programme.glute_dates),
        glute_sets=strength.sets,
        standing_s=ledger.state.stood_this_week_s + today.dose_standing_s,
    )
