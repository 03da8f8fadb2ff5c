"""How a movement grows and shrinks with what the person makes of it, a week at a time.

A week is judged when the next one begins.  Most offers taken up, the week's least reached and
nothing found too hard: one step up, of 15 s a hold or 2 reps a set, never past what the intensity
allows.  Hardly any taken up: one step down.  "Too hard" steps down at once and keeps the week from
counting as good.  Muscles and habit need weeks, not days, and a dose that jumps is how people get
sore and stop; hence a step is at most 15 s or one set a week, and a harder exercise joins only after
two good weeks with its easier neighbour.  A dose that is not done is too much: hence the way down.
An intensity that the person chooses begins with its own dose.
"""

from __future__ import annotations

from msgspec import Struct, field

from tray_agent.core.model import Dose, Kind, Side
from tray_agent.core.rules import Rules

HOLD_STEP_S, REPS_STEP = 15.0, 2
"""One step of the dose."""

MOST, HARDLY_ANY, FEW = 0.6, 0.3, 3
"""The share of offers taken up in a good week and in a poor one; so few offers say nothing."""

GOOD_WEEKS = 2
"""So many with an exercise, and its harder neighbour joins."""

WEEK_LEAST_S = 5 * 60.0
"""Stretching a week, each side: less gained no range of motion in trials (Thomas 2018)."""

GLUTE_DAYS_LEAST = 2
"""Days of strengthening a week that the World Health Organization recommends at least (2020)."""


class MovementState(Struct):
    """What was done of one movement today and this week, and how far the person has come with it.

    `side` goes first next time unless one side is `ahead` by sets this week (left is positive).
    `recent` holds exercises as they were offered, the last one last.  `refused_in` is the bout of the
    last refusal.  `held_back`: this week earns no step up; it does not say why.  `steps` is how far
    the dose lies above the intensity's own.  `good_weeks` counts them for each exercise.
    """

    done_today: int = 0
    last_at: float | None = None
    side: Side = Side.LEFT
    ahead: int = 0
    recent: list[str] = field(default_factory=list)

    done: int = 0
    refused: int = 0
    refused_in: float | None = None
    dose: Dose = Dose()
    used: list[str] = field(default_factory=list)
    held_back: bool = False

    steps: int = 0
    good_weeks: dict[str, int] = field(default_factory=dict)

    @property
    def first(self) -> Side:
        """The side that goes first: the one that has had less this week, else they take turns."""
        if self.ahead == 0:
            return self.side
        return Side.RIGHT if self.ahead > 0 else Side.LEFT

    def offered(self, exercise: str) -> None:
        """That exercise is the last that was offered."""
        self.recent = [*(other for other in self.recent if other != exercise), exercise]


def hold_s(rules: Rules, steps: int) -> float:
    """How long a stretch is held, so many steps from the intensity's own dose."""
    wanted = rules.hip_flexor_hold_s + HOLD_STEP_S * steps
    return min(max(wanted, rules.hip_flexor_hold_least_s), rules.hip_flexor_hold_most_s)


def reps(rules: Rules, steps: int) -> int:
    """How many reps a strength set has, so many steps from the intensity's own dose."""
    wanted = rules.glute_reps + REPS_STEP * steps
    return min(max(wanted, rules.glute_reps_least), rules.glute_reps_most)


def is_good(kind: Kind, week: MovementState, strength_days: int) -> bool:
    """Whether the week that ends earns a step up."""
    if week.held_back or week.done < MOST * (week.done + week.refused):
        return False
    if kind is Kind.HIP_FLEXOR:
        return min(week.dose.left_s, week.dose.right_s) >= WEEK_LEAST_S
    return strength_days >= GLUTE_DAYS_LEAST


def is_poor(week: MovementState) -> bool:
    """Whether the week that ends asks for a step down."""
    offered = week.done + week.refused
    return offered > FEW and week.done < HARDLY_ANY * offered


def step(kind: Kind, movement: MovementState, by: int, rules: Rules) -> None:
    """Change the dose by one step, as far as the intensity reaches."""
    amount = hold_s if kind is Kind.HIP_FLEXOR else reps
    reaches_further = amount(rules, movement.steps + by) != amount(rules, movement.steps)
    if reaches_further or by * movement.steps < 0:
        movement.steps += by


def new_week(kind: Kind, movement: MovementState, rules: Rules, strength_days: int) -> None:
    """Judge the week that ends and begin the next one."""
    if is_good(kind, movement, strength_days):
        step(kind, movement, 1, rules)
        for used in movement.used:
            movement.good_weeks[used] = movement.good_weeks.get(used, 0) + 1
    elif is_poor(movement):
        step(kind, movement, -1, rules)
    movement.side, movement.ahead = movement.first, 0
    movement.done = movement.refused = 0
    movement.dose, movement.used, movement.held_back = Dose(), [], False
