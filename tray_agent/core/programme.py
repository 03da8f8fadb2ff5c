"""Which movement comes with the next stand-up: dose, spacing, side, rotation, safety.

A stretch or a strength set is never an interruption of its own; it is folded into a break that is
due anyway.  Sides alternate and are remembered.  Floor and loaded exercises wait until the person
has been through the safety check; standing ones serve both movements without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tray_agent.core.model import Dose, Exercise, Kind, Routine, Side, Step
from tray_agent.core.rules import Rules


@dataclass(slots=True)
class MovementState:
    """What was done of one movement: sets today, the last time, and whose turn it is."""

    done_today: int = 0
    last_at: float | None = None
    side: Side = Side.LEFT
    turn: int = 0


@dataclass(slots=True)
class ProgrammeState:
    """All the programme remembers."""

    cleared: bool = False
    movements: dict[Kind, MovementState] = field(default_factory=dict)
    glute_dates: list[str] = field(default_factory=list)
    week: str = ""
    date: str = ""
    routines: int = 0
    running: Routine | None = None


class Programme:
    """Chooses and composes routines from the exercises it was given, and credits what was done."""

    def __init__(self, rules: Rules, exercises: tuple[Exercise, ...], state: ProgrammeState) -> None:
        self.rules = rules
        self.exercises = exercises
        self.state = state

    def new_day(self, date: str, week: str) -> None:
        """A day begins: what counts a day starts again, what counts a week with the week."""
        s = self.state
        s.date = date
        if week != s.week:
            s.week = week
            s.glute_dates = []
        for movement in s.movements.values():
            movement.done_today = 0

    def due_kind(self, now: float) -> Kind | None:
        """What the next prompt should be for, None when the person wants no prompts at all.

        Of two movements that are due, the one whose day is less complete comes first.
        """
        due = [kind for kind in (Kind.HIP_FLEXOR, Kind.GLUTES) if self._is_due(kind, now)]
        if due:
            return min(due, key=lambda kind: self._movement(kind).done_today / self._a_day(kind))
        return Kind.STAND_UP if Kind.STAND_UP in self.rules.kinds else None

    def begin(self, kind: Kind) -> Routine:
        """Compose the next routine of that kind; it runs until `end` or the next `begin`.

        The movement comes first, standing and walking fill the rest of the break.
        """
        s = self.state
        s.routines += 1
        movement = self._movement(kind)
        steps: tuple[Step, ...] = ()
        for wanted in dict.fromkeys((kind, Kind.STAND_UP)):
            allowed = self.allowed(wanted)
            left_s = self.rules.break_s - sum(step.seconds for step in steps)
            if allowed and left_s > 0:
                turn = movement.turn if wanted is kind else s.routines
                steps += self._steps(wanted, allowed[turn % len(allowed)], movement.side, left_s)
        s.running = Routine(s.routines, kind, steps)
        return s.running

    def end(self, routine: int, steps_done: int, now: float) -> tuple[Kind, Dose] | None:
        """Credit the whole steps that were done; None when that routine is not running."""
        running = self.state.running
        if running is None or running.id != routine:
            return None
        self.state.running = None
        done = running.steps[:steps_done]
        if not done:
            return None
        self._count_session(running.kind, now)
        return running.kind, sum((self._dose(running.kind, step) for step in done), Dose())

    def stop(self) -> Routine | None:
        """Drop the running routine, if any, without credit."""
        running, self.state.running = self.state.running, None
        return running

    def allowed(self, kind: Kind) -> list[Exercise]:
        """The exercises of that kind that may be offered now, in rotation order."""
        return [exercise for exercise in self.exercises if exercise.kind is kind and self._may(exercise)]

    def _may(self, exercise: Exercise) -> bool:
        if exercise.floor and not self.rules.floor_exercises:
            return False
        return self.state.cleared or not (exercise.floor or exercise.loaded)

    def _is_due(self, kind: Kind, now: float) -> bool:
        movement = self._movement(kind)
        if kind not in self.rules.kinds or movement.done_today >= self._a_day(kind):
            return False
        if not self.allowed(kind):
            return False
        if kind is Kind.GLUTES and not self._glute_day():
            return False
        return movement.last_at is None or now - movement.last_at >= self._spacing_s(kind)

    def _glute_day(self) -> bool:
        s = self.state
        return s.date in s.glute_dates or len(s.glute_dates) < self.rules.glute_days

    def _a_day(self, kind: Kind) -> int:
        return self.rules.hip_flexor_sessions if kind is Kind.HIP_FLEXOR else self.rules.glute_sets

    def _spacing_s(self, kind: Kind) -> float:
        r = self.rules
        return r.hip_flexor_spacing_s if kind is Kind.HIP_FLEXOR else r.glute_spacing_s

    def _movement(self, kind: Kind) -> MovementState:
        return self.state.movements.get(kind) or MovementState()

    def _steps(self, kind: Kind, exercise: Exercise, first: Side, left_s: float) -> tuple[Step, ...]:
        r = self.rules
        if kind is Kind.STAND_UP:
            return (Step(exercise.id, None, left_s),)
        sides = (first, first.other) if exercise.sided else (None,)
        if kind is Kind.HIP_FLEXOR:
            one_set = [Step(exercise.id, side, r.hip_flexor_hold_s) for side in sides]
            return tuple(one_set * r.hip_flexor_sets)
        seconds = r.glute_reps * (exercise.rep_s or 0.0)
        return tuple(Step(exercise.id, side, seconds, r.glute_reps) for side in sides)

    def _count_session(self, kind: Kind, now: float) -> None:
        s = self.state
        movement = s.movements.setdefault(kind, MovementState())
        movement.last_at = now
        movement.done_today += 1
        movement.turn += 1
        movement.side = movement.side.other
        if kind is Kind.GLUTES and s.date not in s.glute_dates:
            s.glute_dates.append(s.date)

    def _dose(self, kind: Kind, step: Step) -> Dose:
        """What one step amounts to; a stretch without sides counts for both."""
        if step.exercise in self._stand_ups():
            return Dose(standing_s=step.seconds)
        if kind is Kind.GLUTES:
            # Both sides together are one set: the first side to move carries it.
            first = step.side in (None, self._movement(kind).side.other)
            return Dose(sets=int(first), reps=step.reps)
        return Dose(
            left_s=0.0 if step.side is Side.RIGHT else step.seconds,
            right_s=0.0 if step.side is Side.LEFT else step.seconds,
        )

    def _stand_ups(self) -> list[str]:
        return [exercise.id for exercise in self.exercises if exercise.kind is Kind.STAND_UP]
