"""A routine in time, and where a person stands in it.  Pure; time comes in as an argument.

Each step is prepared before it is done: get ready for another exercise, switch sides, or rest
before the next set.  Preparing takes a short while or, for people who want no time limits, as long
as they like.  Every time is agent seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from tray_agent.figure.motion import Keyframe
from tray_agent.ui.breaks.brief import Step

GET_READY_S, SWITCH_S, REST_S = 10.0, 6.0, 30.0
"""Time to read what comes and get there, to turn round, to recover between two sets (30 to 60 s in
the literature on strength sets of this effort; the shorter end fits a break)."""

BEATS = 3


class Phase(Enum):
    """What the person is asked for at this moment."""

    GET_READY = auto()
    SWITCH_SIDES = auto()
    REST = auto()
    HOLD = auto()
    REPS = auto()
    OVER = auto()

    @property
    def preparing(self) -> bool:
        """Whether the exercise itself is still to come."""
        return self in _PREPARING_S


_PREPARING_S = {Phase.GET_READY: GET_READY_S, Phase.SWITCH_SIDES: SWITCH_S, Phase.REST: REST_S}


class Beat(Enum):
    """The parts of a rep: into the position, there, and back."""

    OUT = 0
    STAY = 1
    BACK = 2


@dataclass(slots=True)
class Sequence:
    """Plays steps one after the other.

    A step is whole when its time has run or the person says it is done; `whole` holds the indices
    of those.  Whole once is whole, also when it is gone through again.  Steps `left_out` are passed
    over.  `time_limit` multiplies the time for preparing, None takes the limit away.
    """

    steps: tuple[Step, ...]
    time_limit: float | None = 1.0
    index: int = 0
    elapsed_s: float = 0.0
    preparing: bool = True
    paused: bool = False
    whole: set[int] = field(default_factory=set)
    left_out: set[int] = field(default_factory=set)

    @property
    def over(self) -> bool:
        """Whether there is nothing more to do."""
        return self.index >= len(self.steps)

    @property
    def step(self) -> Step:
        """The step that is on, or the last one once all is over."""
        return self.steps[min(self.index, len(self.steps) - 1)]

    @property
    def following(self) -> Step | None:
        """The step after this one, if any."""
        after = self._next()
        return self.steps[after] if after < len(self.steps) else None

    @property
    def phase(self) -> Phase:
        """What is asked for now."""
        if self.over:
            return Phase.OVER
        if self.preparing:
            return self._preparation()
        return Phase.REPS if self.step.reps else Phase.HOLD

    @property
    def seconds(self) -> float | None:
        """How long this phase lasts; None waits for the person."""
        phase = self.phase
        if phase is Phase.OVER:
            return None
        if not phase.preparing:
            return self.step.seconds
        return None if self.time_limit is None else _PREPARING_S[phase] * self.time_limit

    @property
    def left_s(self) -> float | None:
        """What is left of this phase; None when it waits."""
        return None if self.seconds is None else max(0.0, self.seconds - self.elapsed_s)

    @property
    def share(self) -> float:
        """How much of this phase is behind, 0 to 1; 0 when it waits."""
        return min(1.0, self.elapsed_s / self.seconds) if self.seconds else 0.0

    @property
    def rep(self) -> int:
        """The rep that is on, counted from 1; 0 in a step that is held."""
        return min(self.step.reps, int(self.elapsed_s / self.step.pace_s) + 1)

    @property
    def rep_share(self) -> float:
        """How much of this rep is behind, 0 to 1."""
        return self.elapsed_s / self.step.pace_s % 1.0

    @property
    def beat(self) -> Beat:
        """Which part of the rep is on, as the figure moves; without one each takes a third."""
        figure = self.step.figure
        if figure is None or not figure.motion.seconds:
            return Beat(int(self.rep_share * BEATS))
        return _beat(figure.keyframes, self.rep_share * figure.motion.seconds)

    def advance(self, seconds: float) -> bool:
        """Let time pass; whether another phase began.  Time left over goes to the next one."""
        if self.paused or self.over:
            return False
        before = self.index, self.preparing
        self.elapsed_s += seconds
        while (limit := self.seconds) is not None and self.elapsed_s >= limit:
            left_over = self.elapsed_s - limit
            self._end_phase()
            self.elapsed_s = left_over
        return (self.index, self.preparing) != before

    def go_on(self) -> None:
        """The person is ready: the exercise begins.  Or done with it: it is whole, the next one comes."""
        self.paused = False
        if not self.over:
            self._end_phase()

    def skip(self) -> None:
        """Leave this step without having done it."""
        if not self.over:
            self._prepare(self._next())

    def back(self) -> None:
        """Return to the step before, or to the beginning of the first one."""
        if not self.over:
            earlier = [index for index in range(self.index) if index not in self.left_out]
            self._prepare(earlier[-1] if earlier else self.index)

    def leave_out(self, exercise: str) -> None:
        """Pass over this step and whatever else there is to come of `exercise`."""
        for index in range(self.index, len(self.steps)):
            if self.steps[index].exercise == exercise:
                self.left_out.add(index)
        self.skip()

    def swap(self, steps: tuple[Step, ...], at: int) -> None:
        """Put these steps in place and prepare the one at `at`; what was done before it stays done."""
        self.steps = steps
        self.whole = {index for index in self.whole if index < at}
        self.left_out = {index for index in self.left_out if index < at}
        self.paused = False
        self._prepare(min(at, len(steps)))

    def _end_phase(self) -> None:
        if self.preparing:
            self.preparing, self.elapsed_s = False, 0.0
        else:
            self.whole.add(self.index)
            self._prepare(self._next())

    def _prepare(self, index: int) -> None:
        self.index, self.preparing, self.elapsed_s = index, True, 0.0

    def _next(self) -> int:
        later = range(self.index + 1, len(self.steps))
        return next((index for index in later if index not in self.left_out), len(self.steps))

    def _preparation(self) -> Phase:
        """The same exercise again needs less of it than another one."""
        before = self.steps[self.index - 1] if self.index else None
        if before is None or before.exercise != self.step.exercise:
            return Phase.GET_READY
        return Phase.REST if before.side is self.step.side else Phase.SWITCH_SIDES


def _beat(frames: tuple[Keyframe, ...], t: float) -> Beat:
    one, other = next(
        ((one, other) for one, other in pairwise(frames) if one.t <= t < other.t), (frames[-1], frames[-1])
    )
    if one.pose == other.pose:
        return Beat.STAY
    return Beat.BACK if other.pose == frames[0].pose else Beat.OUT
