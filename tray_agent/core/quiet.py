"""Why nobody should be asked just now, whatever is owed: the calendar, pauses, contexts, the person.

Each reason comes with the time at which it ends by itself, where it does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct, field

from tray_agent.core.estimator import Estimator
from tray_agent.core.events import Day, Pause
from tray_agent.core.model import Posture, Reason, Signal
from tray_agent.core.rules import AFTER_QUIET_S, DAY_END_S, DAY_START_S, IDLE_S, Rules

Hold = tuple[Reason, float | None]

_ALWAYS = (-math.inf, math.inf)


class QuietState(Struct):
    """The day on the axis, the pause, and what else is on, with since when where that is known."""

    date: str = ""
    day_ends: float | None = None
    work: tuple[tuple[float, float], ...] | None = None
    first_input: float | None = None

    paused: bool = False
    paused_until: float | None = None
    paused_today: bool = False

    signals: frozenset[Signal] = frozenset()
    since: dict[Signal, float] = field(default_factory=dict)
    over_at: float = 0.0
    over_reason: Reason = Reason.CALL


class Quiet:
    """Knows when prompts must wait; `holds` says why, in the order in which reasons are tested."""

    def __init__(self, rules: Rules, state: QuietState) -> None:
        self._rules = rules
        self.state = state

    def holds(self, person: Estimator, now: float) -> Iterator[Hold]:
        """Every reason that stands at this moment."""
        s = self.state
        span = self.span(now)
        if span is None:
            yield Reason.OUTSIDE_HOURS, min((start for start, _ in s.work or () if start > now), default=None)
        if s.paused:
            yield Reason.PAUSED, self.pause_ends
        yield from _nobody_to_ask(person, now)
        yield from self._not_to_be_disturbed(now)
        if s.first_input is not None and now < s.first_input + DAY_START_S:
            yield Reason.DAY_START, s.first_input + DAY_START_S
        if span and now >= span[1] - DAY_END_S:
            yield Reason.DAY_END, span[1]

    def edges(self, now: float) -> Iterator[float | None]:
        """When the calendar or the pause will change something."""
        yield self.pause_ends
        if span := self.span(now):
            yield from (span[1] - DAY_END_S, span[1])

    def span(self, at: float) -> tuple[float, float] | None:
        """The work hours around that time, without bounds where hours are always; None outside."""
        if self.state.work is None:
            return _ALWAYS
        for span in self.state.work:
            if span[0] <= at < span[1]:
                return span
        return None

    def outside_hours(self, now: float) -> bool:
        """Whether there are hours, and these are not they."""
        return self.span(now) is None

    @property
    def pause_ends(self) -> float | None:
        """When the pause is over; None while there is none, or no end to it."""
        return self.state.day_ends if self.state.paused_today else self.state.paused_until

    def pause(self, event: Pause, now: float) -> None:
        """No prompts for a while."""
        s = self.state
        s.paused, s.paused_today = True, event.today
        s.paused_until = None if event.today or event.length_s is None else now + event.length_s

    def resume(self) -> bool:
        """End the pause; whether there was one."""
        s = self.state
        was, s.paused, s.paused_today, s.paused_until = s.paused, False, False, None
        return was

    def context(self, signal: Signal, on: bool, now: float) -> None:
        """Something that may hold prompts began or ended."""
        s = self.state
        before = self._holding(now)
        if on:
            s.since.setdefault(signal, now)
            s.signals |= {signal}
        else:
            s.since.pop(signal, None)
            s.signals -= {signal}
        if before and not self._holding(now):
            s.over_at, s.over_reason = now + AFTER_QUIET_S, Reason(signal.value)

    def saw_input(self, at: float) -> None:
        """There was input; the day's first one counts."""
        if self.state.first_input is None:
            self.state.first_input = at

    def day(self, event: Day, now: float) -> bool:
        """The calendar as it is now; whether a later day than before has begun."""
        s = self.state
        s.day_ends = now + event.ends_in_s
        s.work = None if event.work is None else tuple((now + a, now + b) for a, b in event.work)
        if event.date <= s.date:
            return False
        s.date = event.date
        s.first_input = None
        return True

    def _not_to_be_disturbed(self, now: float) -> Iterator[Hold]:
        s = self.state
        holding = self._holding(now)
        for signal, until in sorted(holding.items()):
            yield Reason(signal.value), until
        if not holding and now < s.over_at:
            yield s.over_reason, s.over_at

    def _holding(self, now: float) -> dict[Signal, float | None]:
        """The contexts that hold prompts, and until when at most; a shared screen has no such limit."""
        at_most_s, holding = self._rules.hold_at_most_s, self.state.signals & self._rules.quiet_signals
        if at_most_s == math.inf:
            return dict.fromkeys(holding)
        ends = {
            signal: None if signal is Signal.SHARING else self.state.since.get(signal, now) + at_most_s
            for signal in holding
        }
        return {signal: end for signal, end in ends.items() if end is None or now < end}


def _nobody_to_ask(person: Estimator, now: float) -> Iterator[Hold]:
    posture = person.posture()
    if person.state.asleep:
        yield Reason.ASLEEP, None
    elif person.state.locked:
        yield Reason.LOCKED, None
    elif posture is Posture.STANDING:
        yield Reason.STANDING, None
    elif posture is Posture.UNKNOWN:
        yield Reason.UNKNOWN, None
    elif posture is Posture.AWAY or person.idle_for(IDLE_S, now):
        yield Reason.IDLE, None
