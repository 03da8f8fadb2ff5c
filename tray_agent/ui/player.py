"""Where a routine stands: which step, how far into it.  Pure; time comes in as an argument."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tray_agent.ui.brief import Step


@dataclass(slots=True)
class Player:
    """Plays steps one after the other; every time is agent seconds.

    A step is whole when its time has run or the person says it is done.
    """

    steps: Sequence[Step]
    index: int = 0
    elapsed_s: float = 0.0

    @property
    def over(self) -> bool:
        """Whether every step is whole."""
        return self.index >= len(self.steps)

    @property
    def steps_done(self) -> int:
        """Whole steps so far."""
        return self.index

    @property
    def step(self) -> Step:
        """The step that is on, or the last one once all are whole."""
        return self.steps[min(self.index, len(self.steps) - 1)]

    @property
    def following(self) -> Step | None:
        """The step after this one, if any."""
        return self.steps[self.index + 1] if self.index + 1 < len(self.steps) else None

    @property
    def left_s(self) -> float:
        """What is left of this step."""
        return 0.0 if self.over else self.step.seconds - self.elapsed_s

    @property
    def share(self) -> float:
        """How much of this step is behind, 0 to 1."""
        return 1.0 if self.over else self.elapsed_s / self.step.seconds

    @property
    def rep(self) -> int:
        """The rep that is on, counted from 1; 0 in a step that is held."""
        return min(self.step.reps, int(self.elapsed_s / self.step.pace_s) + 1)

    @property
    def rep_share(self) -> float:
        """How much of this rep is behind, 0 to 1."""
        return self.elapsed_s / self.step.pace_s % 1.0

    def advance(self, seconds: float) -> bool:
        """Let time pass; whether this ended a step.  Time left over goes to the next one."""
        before = self.index
        self.elapsed_s += seconds
        while not self.over and self.elapsed_s >= self.step.seconds:
            self.elapsed_s -= self.step.seconds
            self.index += 1
        return self.index != before

    def finish_step(self) -> None:
        """The person is done with this step: it is whole, and the next one begins."""
        if not self.over:
            self.index += 1
            self.elapsed_s = 0.0
