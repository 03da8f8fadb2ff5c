"""What is remembered for "why": the last prompt, and the last time one was held back."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from tray_agent.core import events as ev
from tray_agent.core.commands import Command, PromptEnded, ShowPrompt
from tray_agent.core.estimator import Estimator
from tray_agent.core.model import Outcome, Prompt, Reason
from tray_agent.core.policy import Policy

LULL_AT_MOST_S = 10.0
"""Waiting this long for nothing but a lull in typing is not worth telling."""

_IS_NO_HOLDING_BACK = {
    Reason.SPACING,
    Reason.BACK_OFF,
    Reason.IDLE,
    Reason.LOCKED,
    Reason.ASLEEP,
    Reason.STANDING,
}
"""The person's own answer, and nobody there to ask: most often the break that was asked for."""


class Relief(StrEnum):
    """What ended the waiting of a prompt."""

    PROMPT = "prompt"
    BREAK = "break"
    HOURS_OVER = "hours_over"
    DAY_OVER = "day_over"
    CORRECTED = "corrected"
    SETTINGS = "settings"


class Held(Struct, frozen=True):
    """A prompt was owed since then, and these reasons held it back, in the order in which they came.

    `until` and `relief` are None while they still do.
    """

    since: float
    reasons: tuple[Reason, ...] = ()
    until: float | None = None
    relief: Relief | None = None


class Asked(Struct, frozen=True):
    """A prompt that was shown, what it had waited for and for how long, and how it ended."""

    prompt: Prompt
    waited: tuple[Reason, ...] = ()
    waited_s: float = 0.0
    outcome: Outcome | None = None
    ended_at: float | None = None


class RecallState(Struct):
    """The last prompt, the waiting that goes on, and the last that is over."""

    asked: Asked | None = None
    waiting: Held | None = None
    held: Held | None = None


class Recall:
    """Watches what comes of each step."""

    def __init__(self, state: RecallState) -> None:
        self.state = state

    @property
    def last_held(self) -> Held | None:
        """The waiting that goes on, else the last that is over."""
        return self.state.waiting or self.state.held

    def step(
        self, event: ev.Event, commands: Iterable[Command], policy: Policy, person: Estimator, now: float
    ) -> None:
        """Take note of what the step at `now` has changed."""
        s = self.state
        for command in commands:
            match command:
                case ShowPrompt(prompt):
                    self._shown(prompt, now)
                case PromptEnded(prompt, outcome) if s.asked is not None and s.asked.prompt == prompt:
                    s.asked = replace(s.asked, outcome=outcome, ended_at=now)
        if policy.state.prompt is None and policy.is_due(person, now):
            self._waits(policy.reasons(person, now), now)
        elif s.waiting is not None:
            self._over(s.waiting, _relief(event, s.waiting, policy, person, now), now)

    def _shown(self, prompt: Prompt, now: float) -> None:
        s = self.state
        s.asked = Asked(prompt)
        if s.waiting is not None:
            s.asked = Asked(prompt, s.waiting.reasons, now - s.waiting.since)
            self._over(s.waiting, Relief.PROMPT, now)

    def _waits(self, reasons: tuple[Reason, ...], now: float) -> None:
        s = self.state
        if s.waiting is None and (not reasons or _IS_NO_HOLDING_BACK.intersection(reasons)):
            return
        waiting = s.waiting or Held(now)
        new = (reason for reason in reasons if reason not in waiting.reasons)
        s.waiting = replace(waiting, reasons=(*waiting.reasons, *new))

    def _over(self, waiting: Held, relief: Relief, now: float) -> None:
        self.state.waiting = None
        if waiting.reasons != (Reason.TYPING,) or now - waiting.since > LULL_AT_MOST_S:
            self.state.held = replace(waiting, until=now, relief=relief)


def _relief(event: ev.Event, waiting: Held, policy: Policy, person: Estimator, now: float) -> Relief:
    timeline = person.state.timeline
    if policy.quiet.outside_hours(now):
        return Relief.HOURS_OVER
    if isinstance(event, ev.Day):
        return Relief.DAY_OVER
    if isinstance(event, ev.Correct | ev.WereUp):
        return Relief.CORRECTED
    if timeline.bout_start is None or timeline.bout_start >= waiting.since or not timeline.sitting_s(now):
        return Relief.BREAK
    return Relief.SETTINGS
