"""Which exercises a person may be offered: by their body, their clothes, their floor and the safety check.

Nothing here is remembered: it is worked out anew whenever rules or limits change.
"""

from __future__ import annotations

from collections.abc import Iterator

from tray_agent.core.model import Condition, Exercise, Kind, Limits, Position
from tray_agent.core.rules import Rules


class Suitable:
    """The exercises that fit these rules and limits, in the order in which they were given."""

    def __init__(self, rules: Rules, limits: Limits, exercises: tuple[Exercise, ...]) -> None:
        self._rules = rules
        self._limits = limits
        self._known = {exercise.id: exercise for exercise in exercises}
        self._of = {kind: self._fitting(kind) for kind in Kind}

    def of(self, kind: Kind) -> tuple[Exercise, ...]:
        """Those of one kind."""
        return self._of[kind]

    def named(self, exercise: str) -> Exercise | None:
        """The exercise of that id when it fits."""
        known = self._known.get(exercise)
        return known if known is not None and known in self.of(known.kind) else None

    def easier(self, exercise: str) -> Exercise | None:
        """The nearest easier neighbour that fits."""
        return next((e for e in self._down_from(exercise) if self.named(e.id)), None)

    def _fitting(self, kind: Kind) -> tuple[Exercise, ...]:
        """A chair is for who cannot stand; others leave it, unless nothing else is left to them."""
        fit = tuple(e for e in self._known.values() if e.kind is kind and self._may(e))
        return tuple(e for e in fit if e.position is not Position.CHAIR) or fit

    def _may(self, exercise: Exercise) -> bool:
        rules, told = self._rules, self._limits.conditions
        strenuous = exercise.floor or exercise.loaded
        return not (
            rules.intensity not in exercise.levels
            or (exercise.floor and not rules.floor_exercises)
            or (rules.office_clothes and not exercise.office)
            or (strenuous and (not self._limits.cleared or Condition.PREGNANCY in told))
            or (Condition.CANNOT_STAND in told and exercise.position is not Position.CHAIR)
            or told & exercise.not_with
            or self._hurts(exercise)
        )

    def _hurts(self, exercise: Exercise) -> bool:
        """What is harder than something that hurts is left out with it."""
        hurt = self._limits.hurt
        return exercise.id in hurt or any(e.id in hurt for e in self._down_from(exercise.id))

    def _down_from(self, exercise: str) -> Iterator[Exercise]:
        """Its easier neighbours, the nearest first; neighbours that go in a circle are met once."""
        met = {exercise}
        known = self._known.get(exercise)
        while known and known.easier and known.easier not in met:
            met.add(known.easier)
            known = self._known.get(known.easier)
            if known is not None:
                yield known
