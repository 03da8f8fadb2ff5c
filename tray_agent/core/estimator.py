"""Evidence to posture: how long the person has been sitting, and how sure that is.

The rule in one paragraph: input within the idle threshold is sitting; past it the person is away
since that last input.  A lock made by hand and sleep are away at once.  A call or a video holds
`seated` for up to 20 minutes after the last input, and the end of that hold then stands in for the
input.  Standing is what the person says it is.  Whoever comes back after 120 seconds starts a new
bout; a shorter absence was a pause.  Unobserved time keeps a bout for 120 seconds and then ends it.

Learned models did not beat this rule on labelled office days: what limits the estimate is what the
signals can tell.

One file because every kind of evidence speaks about the same few facts.
"""

from __future__ import annotations

import math

from msgspec import Struct, field

from tray_agent.core import belief
from tray_agent.core.events import Input, Resumed
from tray_agent.core.model import Cause, Estimate, Posture, Signal
from tray_agent.core.rules import (
    BREAK_COUNTS_AFTER_S,
    HOLD_S,
    IDLE_S,
    LULL_S,
    MANUAL_LOCK_S,
    SAID_AWAY_S,
    STANDING_HOLDS_S,
    Rules,
)
from tray_agent.core.timeline import Absence, Off, Timeline

_HOLDS_SEATED = frozenset({Signal.CALL, Signal.MEDIA})

NEVER = -1e9
"""Before any input was seen; a number, since JSON knows no infinity."""

SAME_INPUT_S = 2.0
"""Two readings of one input's age may differ by this much."""

STILL_HERE_S = SAID_AWAY_S + LULL_S
"""Who is still typing this long after leaving has not left."""


class EstimatorState(Struct):
    """All the estimator remembers."""

    sensed: bool = False
    last_input: float = NEVER
    ongoing: bool = False
    locked: bool = False
    asleep: bool = False
    holding: frozenset[Signal] = frozenset()
    hold_end: float = 0.0
    standing_since: float | None = None
    said_away_at: float | None = None
    gone_at: float = 0.0
    timeline: Timeline = field(default_factory=Timeline)


class Estimator:
    """Takes evidence in order of time; `advance` brings it up to now first."""

    def __init__(self, rules: Rules, state: EstimatorState) -> None:
        self.rules = rules
        self.state = state

    def advance(self, now: float) -> Off | None:
        """What time alone has changed since: "standing" expires, idleness becomes absence.

        Returns the time off the chair that is complete by that.
        """
        s = self.state
        off = None
        if s.standing_since is not None and now >= s.standing_since + STANDING_HOLDS_S:
            off = self._stop_standing(s.standing_since + STANDING_HOLDS_S)
        if self._on_chair and s.sensed:
            anchor = self._anchor(now)
            if now >= anchor + self.rules.idle_threshold_s:
                s.timeline.leave(anchor, Cause.IDLE)
        elif self._still_typing and now >= self._left_at + STILL_HERE_S:
            off = self._seen_at(self._left_at + STILL_HERE_S, now)
        return off

    def deadline(self, now: float) -> float | None:
        """When time alone will change the answer, however long input is silent."""
        s = self.state
        times = []
        if s.standing_since is not None:
            times.append(s.standing_since + STANDING_HOLDS_S)
        if s.timeline.absence is not None:
            times += [s.timeline.absence.start + BREAK_COUNTS_AFTER_S, self._left_at + IDLE_S]
            if self._still_typing:
                times.append(self._left_at + STILL_HERE_S)
        return min((time for time in times if time > now), default=None)

    def silence_due(self, now: float) -> float:
        """When silence, if it goes on, is next worth noticing: as a pause, then as an absence."""
        s = self.state
        if s.ongoing:
            return math.inf
        if now < s.last_input + IDLE_S:
            return s.last_input + IDLE_S
        until = self.believed_until(now) if self._on_chair and s.sensed else now
        return until if until > now else math.inf

    def works_on(self, now: float) -> bool:
        """Whether one more input tells nothing but that whoever sits here works on."""
        return self._on_chair and not self.state.asleep and self.idle_s(now) < IDLE_S

    def input(self, event: Input, now: float) -> Off | None:
        """Evidence of input; returns the time off the chair it completes."""
        s = self.state
        seen = now - event.age
        if seen > s.gone_at:
            s.asleep = False
        s.ongoing = event.ongoing
        s.last_input = max(s.last_input, seen)
        return self._seen_at(seen, now)

    def here(self, now: float) -> Off | None:
        """Somebody is at the desk: one input, and the end of a declared absence."""
        s = self.state
        s.said_away_at = None
        s.asleep = False
        s.last_input = now
        return s.timeline.sit_down(now) if s.standing_since is None else None

    def locked(self, now: float) -> None:
        """A lock made by hand is leaving; one the machine made is no evidence."""
        self.state.locked = True
        if self.idle_s(now) <= MANUAL_LOCK_S:
            self._gone(now, Cause.LOCK)

    def unlocked(self, now: float) -> Off | None:
        """Only a person can unlock: counts as one input."""
        s = self.state
        s.locked = False
        s.last_input = now
        return self._seen_at(now, now)

    def suspended(self, now: float) -> None:
        """A sleeping machine has nobody at it."""
        self.state.asleep = True
        self._gone(now, Cause.SLEEP)

    def resumed(self, event: Resumed, now: float) -> Off | None:
        """Time nobody observed: away if asleep, else as far as the idle counter can tell."""
        s = self.state
        began = now - event.gap
        s.asleep = False
        self._input_ends(began)
        if event.slept:
            self._gone(began, Cause.SLEEP)
            return None
        if event.idle is not None and event.idle >= event.gap:
            return None
        seen = None if event.idle is None else now - event.idle
        unknown_s = event.gap if seen is None else seen - began
        if unknown_s > BREAK_COUNTS_AFTER_S and self._on_chair:
            s.timeline.leave(self._anchor(began), Cause.GAP)
        if seen is None:
            return None
        s.last_input = max(s.last_input, seen)
        if s.standing_since is not None:
            expired = s.standing_since + STANDING_HOLDS_S
            if seen - expired > BREAK_COUNTS_AFTER_S:  # what came after standing nobody saw either
                self._count_standing(expired)
        return self._seen_at(seen, now)

    def context(self, signal: Signal, on: bool, now: float) -> None:
        """A call or a medium begins or ends to hold `seated`."""
        s = self.state
        before = s.holding
        after = before | ({signal} & _HOLDS_SEATED) if on else before - {signal}
        if before and not after and s.timeline.absence is None:
            s.hold_end = self._anchor(now)
        s.holding = after

    def sensor_found(self) -> None:
        """Input can be seen again."""
        self.state.sensed = True

    def sensor_lost(self, now: float) -> None:
        """Nobody sees input: unobserved time begins."""
        if self.state.sensed:
            self._input_ends(now)
            self.state.sensed = False
            self.state.timeline.leave(now, Cause.GAP)

    def said(self, posture: Posture, now: float) -> Off | None:
        """The person's own word."""
        s = self.state
        if posture is Posture.SEATED:
            self._count_standing(now)
            return self.here(now)
        if posture is Posture.STANDING:
            s.said_away_at = None
            self._count_standing(now)
            s.standing_since = now
            s.timeline.leave(now, Cause.STANDING)
        else:
            self._gone(now, Cause.SAID)
            s.said_away_at = now
        return None

    def correct(self, start: float, end: float, posture: Posture, now: float) -> None:
        """The person's own word about the past; whoever sat until now sits still."""
        s = self.state
        if posture is not Posture.SEATED:
            # An absence that what was said joins begins sooner then; nobody left sooner than they did.
            s.gone_at = self._left_at
            s.timeline.correct(start, min(end, now), posture)
            return
        was_off = s.timeline.absence is not None
        if s.standing_since is not None and end > s.standing_since:
            s.timeline.stand(s.standing_since, start)
            s.standing_since = None if end >= now else max(s.standing_since, end)
        s.timeline.correct(start, end if end < now else math.inf, posture)
        if was_off and end >= now:
            self.here(now)

    def just_left(self, now: float) -> bool:
        """Whether somebody left so lately that single inputs tell if they really did."""
        s = self.state
        return bool(s.timeline.absence) and s.standing_since is None and now < self._left_at + IDLE_S

    def stood_s(self, since: float, now: float) -> float:
        """Time stood after `since`."""
        standing = self.state.standing_since
        return self.state.timeline.stood_s(since, None if standing is None else (standing, now))

    def idle_s(self, now: float) -> float:
        """Age of the last input."""
        return 0.0 if self.state.ongoing else max(0.0, now - self.state.last_input)

    def idle_for(self, seconds: float, now: float) -> bool:
        """Whether the last input is that old; true from `last_input + seconds` on, to the last bit."""
        return not self.state.ongoing and now >= self.state.last_input + seconds

    def posture(self) -> Posture:
        """The answer as of the last `advance`."""
        s = self.state
        if s.standing_since is not None:
            return Posture.STANDING
        if not s.sensed or s.last_input == NEVER:
            return Posture.UNKNOWN
        return Posture.SEATED if self._on_chair else Posture.AWAY

    def believed_until(self, now: float) -> float:
        """Until when whoever sits at `now` is believed to, if nothing more is heard."""
        s = self.state
        seen = now if s.ongoing else s.last_input
        return max(seen + (HOLD_S if s.holding else 0.0), s.hold_end) + self.rules.idle_threshold_s

    def estimate(self, now: float) -> Estimate:
        """The whole answer, with its confidence and its reasons."""
        timeline = self.state.timeline
        posture = self.posture()
        confidence, because = self._belief(posture, now)
        return Estimate(
            posture,
            posture.presence,
            timeline.absence.start if timeline.absence else timeline.bout_start or 0.0,
            timeline.sitting_s(now),
            confidence,
            (because,),
        )

    def _belief(self, posture: Posture, now: float) -> belief.Belief:
        s, idle_s = self.state, self.idle_s(now)
        if posture in belief.WHATEVER_THE_INPUT:
            return belief.WHATEVER_THE_INPUT[posture]
        if posture is Posture.AWAY:
            return belief.away(s.timeline.absence or Absence(s.last_input, Cause.IDLE), now)
        if s.holding and idle_s > self.rules.idle_threshold_s:
            return belief.held(min(s.holding), idle_s)
        return belief.seated(idle_s)

    @property
    def _on_chair(self) -> bool:
        timeline = self.state.timeline
        return timeline.first is not None and timeline.absence is None

    @property
    def _left_at(self) -> float:
        """When the person, now off the chair, was last known to turn away from the desk."""
        absence = self.state.timeline.absence
        return max(self.state.gone_at, absence.start if absence else 0.0)

    @property
    def _still_typing(self) -> bool:
        s = self.state
        return s.ongoing and s.timeline.absence is not None and s.standing_since is None

    def _anchor(self, now: float) -> float:
        """The last moment the evidence puts the person on the chair."""
        s = self.state
        seen = now if s.ongoing else s.last_input
        return max(seen, s.hold_end, min(now, seen + HOLD_S) if s.holding else seen)

    def _seen_at(self, seen: float, now: float) -> Off | None:
        s = self.state
        if s.standing_since is not None:
            return None
        if s.said_away_at is not None:
            if seen <= s.said_away_at + SAID_AWAY_S:
                return None
            s.said_away_at = None
        # The input that somebody left with is no return; nor is one that is long past a beginning.
        left_with = s.timeline.absence is not None and seen <= self._left_at + SAME_INPUT_S
        long_past = s.timeline.first is None and now >= seen + self.rules.idle_threshold_s
        return None if left_with or long_past else s.timeline.sit_down(seen)

    def _gone(self, at: float, cause: Cause) -> None:
        s = self.state
        if s.ongoing:
            s.last_input = at
        self._count_standing(at)
        s.timeline.leave(at, cause)
        s.gone_at = at

    def _input_ends(self, at: float) -> None:
        if self.state.ongoing:
            self.state.ongoing = False
            self.state.last_input = at

    def _count_standing(self, at: float) -> None:
        if self.state.standing_since is not None:
            self.state.timeline.stand(self.state.standing_since, at)
            self.state.standing_since = None

    def _stop_standing(self, at: float) -> Off | None:
        self._count_standing(at)
        still_there = self.state.sensed and at < self._anchor(at) + self.rules.idle_threshold_s
        return self.state.timeline.sit_down(at) if still_there else None
