"""What is told of the past: bouts that ended, breaks that are complete, and what was put right."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from tray_agent.core.commands import BoutEnded, BreakTaken, Command, DayCorrected, Stood
from tray_agent.core.estimator import Estimator
from tray_agent.core.memory import State
from tray_agent.core.model import Break, Cause, Posture
from tray_agent.core.timeline import Off, Span


class Past:
    """Tells each bout and each break once; after a correction all that it changed, anew."""

    def __init__(self, state: State, person: Estimator) -> None:
        self._state = state
        self._person = person

    def open_break(self, now: float) -> Break | None:
        """The break that has begun and not ended, if there is one."""
        absence = self._state.estimator.timeline.absence
        return Break(absence.start, None, absence.cause) if absence and absence.is_break(now) else None

    def last_absence(self, now: float) -> Break | None:
        """Today's last break or time corrected, or one that still lasts."""
        s = self._state
        standing = s.estimator.standing_since
        if standing is not None:
            absence = s.estimator.timeline.absence
            return Break(absence.start if absence else standing, None, Cause.STANDING)
        if left := self.open_break(now):
            return left
        past = [taken for taken in (s.corrected, *s.estimator.timeline.breaks(s.ledger.began)) if taken]
        last = max(past, key=lambda taken: taken.end or 0.0, default=None)
        return last if last and (last.end or 0.0) > s.ledger.began else None

    def left(self, now: float) -> Iterator[Command]:
        """The bout is over once the absence after it has become a break."""
        timeline = self._state.estimator.timeline
        absence = timeline.absence
        if absence is not None and absence.is_break(now):
            yield from self._bout_ended(timeline.bout_start, absence.start, absence.cause)

    def came_back(self, off: Off, bout_start: float | None) -> Iterator[Command]:
        """The break `off` is complete, and so is the bout before it."""
        yield from self._bout_ended(bout_start, off.start, off.cause)
        self._state.bout_ended = None
        yield BreakTaken(Break(off.start, off.end, off.cause))

    def correct(self, start: float, end: float, posture: Posture, now: float) -> Iterator[Command]:
        """Put the past right and tell everything again from where it has changed."""
        s, timeline = self._state, self._state.estimator.timeline
        if (span := self._correctable(start, end, posture, now)) is None:
            return
        start, end = span
        was = copy.copy(timeline)
        self._person.correct(start, end, posture, now)
        # What was told of the time before `start` may be cut short as well, by a break that joins it.
        changed = min(start, timeline.around(start))
        since = min(was.around(changed), timeline.around(changed))
        s.corrected = Break(start, end, Cause.SAID)
        bouts = tuple(BoutEnded(*bout, cause) for bout, cause in timeline.ended(now, since))
        left = self.open_break(now)
        s.bout_ended = left.start if left else None
        yield DayCorrected(
            since,
            bouts,
            tuple(taken for taken in timeline.breaks(since) if taken.start >= since),
            tuple(Stood(*span) for span in timeline.stood if span[0] >= since),
        )

    def _correctable(self, start: float, end: float, posture: Posture, now: float) -> Span | None:
        """What of that time a correction can be about."""
        timeline, standing = self._state.estimator.timeline, self._state.estimator.standing_since
        if timeline.first is None:
            return None
        start, end = max(timeline.edge(start), timeline.first), min(timeline.edge(end), now)
        if posture is Posture.STANDING and standing is not None:
            end = min(end, standing)  # the rest is told, in one piece, when the standing is over
        return (start, end) if start < end else None

    def _bout_ended(self, start: float | None, end: float, cause: Cause) -> Iterator[Command]:
        if start is not None and self._state.bout_ended != end:
            self._state.bout_ended = end
            if start < end:
                yield BoutEnded(start, end, cause)
