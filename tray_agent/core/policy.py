"""When to prompt, and why not now.

Sitting makes a debt.  Quiet defers it and never forgives it: only a break, the end of work hours
and the end of the day cancel it.  `holds` lists what stands in the way at this moment, each reason
with the time at which it ends by itself; `step` shows, withdraws and expires prompts accordingly.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from msgspec import Struct

from tray_agent.core.commands import Command, PromptEnded, ShowPrompt, SuggestFewer, WithdrawPrompt
from tray_agent.core.estimator import Estimator
from tray_agent.core.model import Because, Do, Kind, Outcome, Posture, Prompt, Reason
from tray_agent.core.quiet import Hold, Quiet
from tray_agent.core.rules import (
    AFTER_PAUSE_S,
    IDLE_S,
    LULL_S,
    SKIPS_IN_A_ROW,
    TYPING_AT_MOST_S,
    Rules,
)

LOOK_AHEAD_S = 15.0
"""Input is watched finely this long before a prompt is due, to know of a typing burst."""

_LETS_A_PROMPT_STAND = {Reason.IDLE, Reason.DAY_START, Reason.DAY_END, Reason.SPACING, Reason.DAILY_CAP}


class PolicyState(Struct):
    """All the policy remembers: the prompt, then what belongs to the bout, then to the day."""

    prompt: Prompt | None = None
    expires_at: float | None = 0.0
    prompts: int = 0

    bout: float | None = None
    snoozes: int = 0
    dismissed: bool = False
    skipped: bool = False
    wait_until: float = 0.0
    wait_reason: Reason = Reason.SPACING
    ends_at_gap: bool = False
    typing_from: float | None = None

    debt_from: float = 0.0
    prompts_today: int = 0
    skips_in_a_row: int = 0
    interval_factor: float = 1.0


class Policy:
    """Decides from what the estimator and `quiet` know; `choose` names the kind of the next prompt."""

    def __init__(
        self, rules: Rules, state: PolicyState, quiet: Quiet, choose: Callable[[float], Kind | None]
    ) -> None:
        self.rules = rules
        self.state = state
        self.quiet = quiet
        self._choose = choose

    def step(
        self, person: Estimator, now: float, *, looking: bool = False, looked: bool = True
    ) -> Iterator[Command]:
        """Do what is due now.

        A prompt is only shown when somebody has `looked` whether anything holds it; while they are
        `looking`, the lull it waits for may become a silence.
        """
        s = self.state
        self._pass_time(person, now)
        holds = [reason for reason, _ in self.holds(person, now)]
        if looking and s.typing_from is not None and person.posture() is Posture.SEATED:
            holds = [reason for reason in holds if reason is not Reason.IDLE]
        if s.prompt is not None:
            yield from self._keep_or_take_away(s.prompt, holds, person, now)
        elif holds or not self.is_due(person, now):
            s.typing_from = None
        else:
            s.typing_from = now if s.typing_from is None else s.typing_from
            ripe = looked and now >= self._lull_at(person, s.typing_from)
            if ripe and (kind := self._choose(now)):
                yield from self._show(kind, person, now)

    def deadline(self, person: Estimator, now: float) -> float | None:
        """The next moment at which time, but for silence, may change what `step` does or `holds` lists."""
        s = self.state
        times = [*self.quiet.edges(now), *(until for _, until in self.holds(person, now))]
        if s.prompt is not None:
            times.append(s.expires_at)
        elif (due := self.due_at(person, now)) is not None:
            times += [due - LOOK_AHEAD_S, due]
            times.append(self.ripe_at(person))
        return min((time for time in times if time is not None and time > now), default=None)

    def holds(self, person: Estimator, now: float) -> Iterator[Hold]:
        """Why there is no prompt now, in the order in which the reasons are tested."""
        s = self.state
        yield from self.quiet.holds(person, now)
        waits_for = s.wait_reason if now < s.wait_until else None
        if waits_for is Reason.SPACING:
            yield waits_for, s.wait_until
        if s.prompts_today >= self.rules.prompts_a_day:
            yield Reason.DAILY_CAP, self.quiet.state.day_ends
        if waits_for is Reason.BACK_OFF:
            yield waits_for, s.wait_until
        if s.skipped:
            yield Reason.BACK_OFF, None

    def reasons(self, person: Estimator, now: float) -> tuple[Reason, ...]:
        """`holds`, and the typing burst a due prompt waits out."""
        found = tuple(dict.fromkeys(reason for reason, _ in self.holds(person, now)))
        waiting = self.state.prompt is None and self.state.typing_from is not None
        return (*found, Reason.TYPING) if waiting and not found else found

    def due_at(self, person: Estimator, now: float) -> float | None:
        """When the running bout is long enough for a prompt; None while none runs.

        Sitting outside work hours, or before the day rolled over, is forgiven.
        """
        s, timeline = self.state, person.state.timeline
        start, absence = timeline.bout_start, timeline.absence
        span = self.quiet.span(now)
        if start is None or span is None or (absence and absence.is_break(now)):
            return None
        return max(start, s.debt_from, span[0]) + self.rules.interval_s * s.interval_factor

    def is_due(self, person: Estimator, now: float) -> bool:
        """Whether a break is owed now."""
        due = self.due_at(person, now)
        return due is not None and now >= due and self._choose(now) is not None

    def ripe_at(self, person: Estimator) -> float | None:
        """When the prompt that waits for a lull will have waited enough; None while none does."""
        return None if self.state.typing_from is None else self._lull_at(person, self.state.typing_from)

    def wants_fine(self, person: Estimator, now: float) -> bool:
        """Whether single inputs matter: a prompt is due or nearly so, and nothing holds it."""
        due = self.due_at(person, now)
        if due is None or now < due - LOOK_AHEAD_S or self.state.prompt is not None:
            return False
        return next(self.holds(person, now), None) is None and self._choose(now) is not None

    def answered(self, do: Do, now: float) -> Iterator[Command]:
        """The person answered the prompt that is showing."""
        s, prompt = self.state, self.state.prompt
        assert prompt is not None
        outcomes = {
            Do.START: Outcome.STARTED,
            Do.SNOOZE: Outcome.SNOOZED,
            Do.SKIP: Outcome.SKIPPED,
            Do.DISMISS: Outcome.DISMISSED,
        }
        yield from self._end(prompt, outcomes[do], now)
        if do is not Do.SKIP:
            s.skips_in_a_row = 0
        if do is Do.START:
            self.started(now)
        elif do is Do.SNOOZE and s.snoozes < self.rules.snoozes:
            s.snoozes += 1
            self._wait(now + self.rules.snooze_s, Reason.SPACING)
        elif do is Do.DISMISS and not s.dismissed:
            s.dismissed = True
            self._wait(now + self.rules.snooze_s, Reason.SPACING)
        elif do is Do.SKIP:
            yield from self._skip()
        elif do is Do.DISMISS:
            s.skipped = True
        else:
            self._back_off(now)

    def started(self, now: float) -> None:
        """A break began: who sits on through it is asked again after another interval."""
        self._wait(now + self.rules.interval_s * self.state.interval_factor, Reason.SPACING)

    def put_off(self, now: float) -> None:
        """The break that was started came to nothing: ask again as if it had been snoozed."""
        self._wait(now + self.rules.snooze_s, Reason.SPACING)

    def resume(self, now: float) -> None:
        """The pause is over; what is owed comes after a moment."""
        s = self.state
        if self.quiet.resume():
            until = now + AFTER_PAUSE_S
            reason = s.wait_reason if s.wait_until > until else Reason.SPACING
            self._wait(max(s.wait_until, until), reason)

    def natural_gap(self, now: float) -> None:
        """Input after a minute without: a good moment for a prompt that nobody reacted to."""
        s = self.state
        if s.ends_at_gap:
            s.ends_at_gap = False
            s.wait_until = now
        if s.prompt is not None and s.expires_at is not None and s.expires_at <= now:
            s.expires_at = self._expires_at(now)

    def new_day(self, now: float, *, first: bool) -> Iterator[Command]:
        """A day begins: what was owed is cancelled, unless it is the first day of all."""
        s = self.state
        if not first:
            s.debt_from = now
            if s.prompt is not None:
                yield from self._end(s.prompt, Outcome.WITHDRAWN, now)
        s.prompts_today = s.skips_in_a_row = 0
        s.interval_factor = 1.0
        if self.quiet.state.paused_today:
            self.resume(now)

    def _pass_time(self, person: Estimator, now: float) -> None:
        s = self.state
        pause_ends = self.quiet.state.paused_until
        if pause_ends is not None and now >= pause_ends:
            self.resume(pause_ends)
        bout = person.state.timeline.bout_start
        if bout != s.bout:
            s.bout = bout
            s.snoozes = 0
            s.dismissed = s.skipped = s.ends_at_gap = False
            s.wait_until = min(s.wait_until, now)

    def _keep_or_take_away(
        self, prompt: Prompt, holds: list[Reason], person: Estimator, now: float
    ) -> Iterator[Command]:
        unwanted = person.posture() is not Posture.SEATED or not self.is_due(person, now)
        if unwanted or any(reason not in _LETS_A_PROMPT_STAND for reason in holds):
            yield from self._end(prompt, Outcome.WITHDRAWN, now)
        elif self._is_ignored(person, now):
            yield from self._end(prompt, Outcome.IGNORED, now)
            self.state.skips_in_a_row = 0
            self._back_off(now)

    def _expires_at(self, now: float) -> float | None:
        """When a prompt shown or seen now will have waited long enough; None for never."""
        return now + self.rules.expire_s if self.rules.expire_s < math.inf else None

    def _is_ignored(self, person: Estimator, now: float) -> bool:
        """Whether somebody was there for as long as the prompt waits, and did not react to it."""
        expires_at = self.state.expires_at
        return expires_at is not None and now >= expires_at and not person.idle_for(IDLE_S, now)

    def _lull_at(self, person: Estimator, typing_from: float) -> float:
        """When input has paused for long enough, or has been waited for long enough."""
        patience = typing_from + TYPING_AT_MOST_S
        return patience if person.state.ongoing else min(patience, person.state.last_input + LULL_S)

    def _show(self, kind: Kind, person: Estimator, now: float) -> Iterator[Command]:
        s = self.state
        sitting_s = person.state.timeline.sitting_s(now)
        because = [Because("sitting", {"sitting_s": round(sitting_s), "interval_s": self.rules.interval_s})]
        if kind is not Kind.STAND_UP:
            because.append(Because("movement_due", {"kind": kind.value}))
        s.prompts += 1
        s.prompts_today += 1
        s.typing_from = None
        left = self.rules.snoozes - s.snoozes
        s.prompt = Prompt(s.prompts, kind, self.rules.insistence, now, tuple(because), left)
        s.expires_at = self._expires_at(now)
        yield ShowPrompt(s.prompt)

    def _end(self, prompt: Prompt, outcome: Outcome, now: float) -> Iterator[Command]:
        self.state.prompt = None
        yield WithdrawPrompt(prompt.id, outcome)
        yield PromptEnded(prompt, outcome, now)

    def _skip(self) -> Iterator[Command]:
        s = self.state
        s.skipped = True
        s.skips_in_a_row += 1
        if s.skips_in_a_row == SKIPS_IN_A_ROW and s.interval_factor == 1.0:
            s.interval_factor = self.rules.skip_factor
            yield SuggestFewer()

    def _back_off(self, now: float) -> None:
        self._wait(now + self.rules.back_off_s, Reason.BACK_OFF)
        self.state.ends_at_gap = True

    def _wait(self, until: float, reason: Reason) -> None:
        s = self.state
        s.wait_until, s.wait_reason, s.ends_at_gap = until, reason, False
