"""Which movement comes with the next stand-up: dose, spacing, side, rotation, and what was done of it.

A stretch or a strength set is never an interruption of its own; it is folded into a break that is
due anyway.  Sides alternate and are remembered, and so is what was offered last, so that nothing
comes twice in a row while there is something else.  `suitable` says what may be offered at all,
`progress` how much of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from tray_agent.core import progress
from tray_agent.core.model import Dose, Exercise, Intensity, Kind, Limits, Position, Routine, Side, Step
from tray_agent.core.progress import MovementState
from tray_agent.core.rules import Rules
from tray_agent.core.suitable import Suitable

MOVEMENTS = (Kind.HIP_FLEXOR, Kind.GLUTES)
"""What is folded into a stand-up."""

HELD_REP_S = 5.0
"""A strength exercise without reps is held as long as the reps of a set would take."""


class ProgrammeState(Struct):
    """All the programme remembers; what the person's body allows is no part of it."""

    movements: dict[Kind, MovementState] = field(default_factory=dict)
    glute_dates: list[str] = field(default_factory=list)
    week: str = ""
    date: str = ""
    intensity: Intensity | None = None
    routines: int = 0
    running: Routine | None = None


class Programme:
    """Chooses and composes routines from the exercises it was given, and credits what was done."""

    def __init__(
        self, rules: Rules, exercises: tuple[Exercise, ...], state: ProgrammeState, limits: Limits
    ) -> None:
        self.rules = rules
        self.exercises = exercises
        self.state = state
        self._stand_ups = {e.id: e for e in exercises if e.kind is Kind.STAND_UP}
        self.limit(limits)
        for kind in Kind:
            state.movements.setdefault(kind, MovementState())
        if state.intensity is not rules.intensity:
            state.intensity = rules.intensity
            for movement in state.movements.values():
                movement.steps = 0

    def limit(self, limits: Limits) -> None:
        """From now on offer only what these limits allow."""
        self.limits = limits
        self.suitable = Suitable(self.rules, limits, self.exercises)

    def new_day(self, date: str, week: str) -> None:
        """A day begins: what counts a day starts again, what counts a week with the week."""
        s = self.state
        s.date = date
        if week != s.week:
            s.week = week
            for kind in MOVEMENTS:
                progress.new_week(kind, self._movement(kind), self.rules, len(s.glute_dates))
            s.glute_dates = []
            self._movement(Kind.STAND_UP).good_weeks.clear()
        for movement in s.movements.values():
            movement.done_today = 0

    def due_kind(self, now: float) -> Kind | None:
        """What the next prompt should be for, None when there is nothing to ask for.

        Of two movements that are due, the one whose day is less complete comes first.
        """
        due = [kind for kind in MOVEMENTS if self._is_due(kind, now)]
        if due:
            return min(due, key=lambda kind: self._movement(kind).done_today / self._a_day(kind))
        wanted = Kind.STAND_UP in self.rules.kinds and self.suitable.of(Kind.STAND_UP)
        return Kind.STAND_UP if wanted else None

    def deadline(self, now: float) -> float | None:
        """When there will be something to ask for; None while there is, or time alone brings nothing."""
        if self.due_kind(now) is not None:
            return None
        times = (self._due_from(kind) for kind in MOVEMENTS if self._is_open_today(kind))
        return min((time for time in times if time > now), default=None)

    def begin(self, kind: Kind) -> Routine:
        """Compose the next routine of that kind; it runs until `end` or the next `begin`.

        The movement comes first, standing and walking (or shifting on the chair) fill the rest of
        the break.  It has no steps when the person can do none of it.
        """
        s = self.state
        s.routines += 1
        steps: tuple[Step, ...] = ()
        for wanted in dict.fromkeys((kind, Kind.STAND_UP)):
            left_s = self.rules.break_s - sum(step.seconds for step in steps)
            if left_s > 0 and (exercise := self._next(wanted)):
                steps += self._steps(exercise, self._movement(wanted).first, left_s)
        routine = Routine(s.routines, kind, steps)
        s.running = routine if steps else None
        return routine

    def too_hard(self, at: int) -> Routine:
        """Go on with the easier neighbour; without one, with nothing in its place and less next time."""
        exercise, kind = self._exercise_at(at)
        easier = self.suitable.easier(exercise)
        movement = self._movement(kind)
        movement.held_back = True
        if easier is not None:
            movement.good_weeks |= {easier.id: 0}
            movement.offered(easier.id)
        elif kind in MOVEMENTS:
            progress.step(kind, movement, -1, self.rules)
        return self._swap(at, easier)

    def hurts(self, at: int) -> Routine:
        """Leave that exercise out from now on, and go on with another."""
        exercise, kind = self._exercise_at(at)
        self._movement(kind).held_back = True
        self.limit(replace(self.limits, hurt=self.limits.hurt | {exercise}))
        return self._swap(at, self._next(kind))

    def end(self, done: tuple[int, ...], now: float) -> tuple[Kind, Dose] | None:
        """End the running routine and credit the steps that were done; None for none of them.

        It was a session of its movement when at least one step of that was done, else a stand-up.
        """
        running = self.stop()
        assert running is not None
        steps = [step for number, step in enumerate(running.steps) if number in done]
        if not steps:
            return None
        moved = [step for step in steps if step.exercise not in self._stand_ups]
        dose = sum((self._rest(step) for step in steps if step not in moved), Dose())
        if not moved:
            return Kind.STAND_UP, dose
        return running.kind, dose + self._count_session(running, moved, now)

    def stop(self) -> Routine | None:
        """Drop the running routine, if any, without credit."""
        running, self.state.running = self.state.running, None
        return running

    def refused(self, kind: Kind, bout: float | None) -> None:
        """A prompt of that kind was skipped or ignored; in one bout that counts once."""
        movement = self._movement(kind)
        if bout != movement.refused_in:
            movement.refused += 1
            movement.refused_in = bout

    def _exercise_at(self, at: int) -> tuple[str, Kind]:
        running = self.state.running
        assert running is not None
        exercise = running.steps[at].exercise
        return exercise, Kind.STAND_UP if exercise in self._stand_ups else running.kind

    def _swap(self, at: int, instead: Exercise | None) -> Routine:
        """Put `instead`, or nothing, in place of what is left of the exercise at step `at`."""
        running = self.state.running
        assert running is not None
        before, rest = running.steps[:at], running.steps[at:]
        old = [step for step in rest if step.exercise == rest[0].exercise]
        first = _first_side(running.steps) or self._movement(running.kind).first
        new = [] if instead is None else list(self._in_place_of(old, instead, first))
        steps = [*before, *new]
        for filler in (step for step in rest if step not in old):
            left_s = self.rules.break_s - sum(step.seconds for step in steps)
            steps += [replace(filler, seconds=left_s)] if left_s > 0 else []
        changed = replace(running, steps=tuple(steps))
        self.state.running = changed
        return changed

    def _in_place_of(self, old: list[Step], instead: Exercise, first: Side) -> Iterator[Step]:
        """The steps of `instead` for the sets and sides of the old ones."""
        for new in self._steps(instead, first, sum(step.seconds for step in old)):
            sides = [step.side for step in old if step.set == new.set]
            if sides and (new.side is None or None in sides or new.side in sides):
                yield new

    def _next(self, kind: Kind) -> Exercise | None:
        """Whose turn it is: the one that was not offered for the longest time."""
        fit = self.suitable.of(kind)
        movement = self._movement(kind)
        within_reach = [e for e in fit if self._is_open(e, movement)] or fit
        if not within_reach:
            return None
        chosen = min(
            within_reach, key=lambda e: movement.recent.index(e.id) if e.id in movement.recent else -1
        )
        movement.offered(chosen.id)
        return chosen

    def _is_open(self, exercise: Exercise, movement: MovementState) -> bool:
        """Whether the person has come as far as that.

        What is mild needs no way to it, and neither does a walk, until they are too hard this week.
        """
        easier = self.suitable.easier(exercise.id)
        mild = exercise.kind is Kind.STAND_UP or exercise.effort <= self.rules.effort_at_first
        to_begin_with = progress.GOOD_WEEKS if mild else 0
        return easier is None or movement.good_weeks.get(easier.id, to_begin_with) >= progress.GOOD_WEEKS

    def _steps(self, exercise: Exercise, first: Side, left_s: float) -> tuple[Step, ...]:
        r, steps = self.rules, self._movement(exercise.kind).steps
        if exercise.kind is Kind.STAND_UP:
            return (Step(exercise.id, None, left_s),)
        if exercise.kind is Kind.HIP_FLEXOR:
            seconds, sets = progress.hold_s(r, steps), r.hip_flexor_sets
        else:
            seconds, sets = progress.reps(r, steps) * (exercise.rep_s or HELD_REP_S), 1
        reps = max(1, round(seconds / exercise.rep_s)) if exercise.rep_s else 0
        sides = (first, first.other) if exercise.sided else (None,)
        return tuple(
            Step(exercise.id, side, seconds, reps, number, sets)
            for number in range(1, sets + 1)
            for side in sides
        )

    def _is_due(self, kind: Kind, now: float) -> bool:
        return self._is_open_today(kind) and now >= self._due_from(kind)

    def _is_open_today(self, kind: Kind) -> bool:
        """Whether there may be more of that today, once enough time has passed since the last."""
        if kind not in self.rules.kinds or self._movement(kind).done_today >= self._a_day(kind):
            return False
        if not self.suitable.of(kind):
            return False
        return kind is not Kind.GLUTES or self._glute_day()

    def _due_from(self, kind: Kind) -> float:
        last_at = self._movement(kind).last_at
        return -math.inf if last_at is None else last_at + self._spacing_s(kind)

    def _glute_day(self) -> bool:
        s = self.state
        return s.date in s.glute_dates or len(s.glute_dates) < self.rules.glute_days

    def _a_day(self, kind: Kind) -> int:
        return self.rules.hip_flexor_sessions if kind is Kind.HIP_FLEXOR else self.rules.glute_sets

    def _spacing_s(self, kind: Kind) -> float:
        r = self.rules
        return r.hip_flexor_spacing_s if kind is Kind.HIP_FLEXOR else r.glute_spacing_s

    def _movement(self, kind: Kind) -> MovementState:
        return self.state.movements[kind]

    def _count_session(self, running: Routine, moved: list[Step], now: float) -> Dose:
        s, movement = self.state, self._movement(running.kind)
        dose = _dose(running.kind, moved)
        movement.last_at = now
        movement.done_today += 1
        movement.done += 1
        movement.dose += dose
        movement.used = sorted({*movement.used, *(step.exercise for step in moved)})
        sides = [step.side for step in moved]
        movement.ahead += sides.count(Side.LEFT) - sides.count(Side.RIGHT)
        if first := _first_side(running.steps):
            movement.side = first.other
        if running.kind is Kind.GLUTES and s.date not in s.glute_dates:
            s.glute_dates.append(s.date)
        return dose

    def _rest(self, step: Step) -> Dose:
        """What a step of the rest of a break amounts to: standing, unless it was spent on the chair."""
        seated = self._stand_ups[step.exercise].position is Position.CHAIR
        return Dose() if seated else Dose(standing_s=step.seconds)


def _first_side(steps: tuple[Step, ...]) -> Side | None:
    return next((step.side for step in steps if step.side), None)


def _dose(kind: Kind, moved: list[Step]) -> Dose:
    """What these steps of a movement amount to.

    A stretch without sides counts for both; a strength set is one set with both its sides.
    """
    if kind is Kind.GLUTES:
        return Dose(sets=len({step.set for step in moved}), reps=sum(step.reps for step in moved))
    return Dose(
        left_s=sum(step.seconds for step in moved if step.side is not Side.RIGHT),
        right_s=sum(step.seconds for step in moved if step.side is not Side.LEFT),
    )
