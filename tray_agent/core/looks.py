"""When to look around for calls, videos, sharing, full screen and do-not-disturb, and for nothing else.

A look costs something, so there is one only when its answer matters: just before a prompt or a
question, once when input has paused (what is on may explain the silence), and again and again while
a prompt is on the screen or something is known to be on.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct

from tray_agent.core.commands import LookAround
from tray_agent.core.estimator import NEVER, Estimator
from tray_agent.core.model import Posture
from tray_agent.core.policy import Policy
from tray_agent.core.questions import Questions
from tray_agent.core.rules import LOOK_AGAIN_S, LOOK_EVERY_S, LOOK_WHILE_AWAY_S, PAUSE_S


class LooksState(Struct):
    """Since when an answer is awaited, None while none is; and when the last one came."""

    asked_at: float | None = None
    looked_at: float = NEVER


class Looks:
    """Asks for looks and hears that they were taken; where looks are not `wanted` it never asks."""

    def __init__(self, state: LooksState, policy: Policy, questions: Questions, *, wanted: bool) -> None:
        self.state = state
        self._policy = policy
        self._questions = questions
        self._wanted = wanted

    @property
    def are_needed(self) -> bool:
        """Whether a prompt needs a look first: else whatever is on has been told by itself."""
        return self._wanted

    @property
    def is_open(self) -> bool:
        """Whether an answer is awaited."""
        return self.state.asked_at is not None

    def looked(self, now: float) -> None:
        """The answer is here."""
        self.state.asked_at, self.state.looked_at = None, now

    def step(self, person: Estimator, now: float) -> Iterator[LookAround]:
        """Ask, if it is time."""
        at = self.deadline(person, now)
        if (at is not None and now >= at) or now >= self.silence_due(person, now):
            self.state.asked_at = now
            yield LookAround()

    def deadline(self, person: Estimator, now: float) -> float | None:
        """When to ask next; a question that nobody answered is asked again after a while."""
        wanted_at = min(self._times(person, now), default=None) if self._wanted else None
        return None if wanted_at is None else self._not_again_before(wanted_at)

    def silence_due(self, person: Estimator, now: float) -> float:
        """When silence, if it goes on, will be worth a look."""
        if not (self._wanted and self._may_be_silent(person, now)):
            return math.inf
        paused_at = person.state.last_input + PAUSE_S
        return self._not_again_before(paused_at) if self.state.looked_at < paused_at else math.inf

    def _not_again_before(self, wanted_at: float) -> float:
        asked_at = self.state.asked_at
        return wanted_at if asked_at is None else max(wanted_at, asked_at + LOOK_AGAIN_S)

    def _times(self, person: Estimator, now: float) -> Iterator[float]:
        policy, looked_at = self._policy, self.state.looked_at
        if policy.quiet.state.signals:
            away = person.posture() is Posture.AWAY
            yield looked_at + (LOOK_WHILE_AWAY_S if away else LOOK_EVERY_S)
        if now < policy.quiet.state.over_at:  # what has ended may have paused for a moment
            yield looked_at + LOOK_AGAIN_S
        if policy.state.prompt is not None:
            yield looked_at + LOOK_EVERY_S
        if self._questions.state.doubted is not None:
            yield now
        if (ripe_at := policy.ripe_at(person)) is not None:
            yield ripe_at

    def _may_be_silent(self, person: Estimator, now: float) -> bool:
        """Whether somebody sits here whose silence something may explain, and it is worth knowing."""
        s, quiet = person.state, self._policy.quiet
        unwatched = s.asleep or s.locked or quiet.state.paused or quiet.outside_hours(now)
        return not (unwatched or s.ongoing) and person.posture() is Posture.SEATED
