"""The one door to the core: events in, commands out, a deadline for the next look.

Call `handle` with every event in order of time, and with `Tick` when `deadline` has come; do what
the commands say; ask `view` for everything a screen may want to show.

One file because this is where each kind of event meets the parts that care, and nowhere else.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator

from tray_agent.core import events as ev
from tray_agent.core.commands import (
    BoutEnded,
    BreakTaken,
    Command,
    DayCorrected,
    Forgot,
    PromptEnded,
    ShowPrompt,
    Stood,
    WatchInput,
    WithdrawPrompt,
)
from tray_agent.core.day import Course, course
from tray_agent.core.estimator import Estimator
from tray_agent.core.ledger import Ledger, Today
from tray_agent.core.memory import State
from tray_agent.core.model import (
    Break,
    Cause,
    Condition,
    Estimate,
    Exercise,
    Kind,
    Limits,
    Outcome,
    Posture,
    Reason,
    Routine,
)
from tray_agent.core.policy import Policy
from tray_agent.core.programme import MOVEMENTS, Programme
from tray_agent.core.questions import Questions
from tray_agent.core.quiet import Quiet
from tray_agent.core.routines import Routines
from tray_agent.core.rules import IDLE_S, LULL_S, Rules
from tray_agent.core.timeline import Off
from tray_agent.core.view import View
from tray_agent.core.week import this_week

__all__ = ["Engine", "State", "View"]

_REFUSED = (Outcome.SKIPPED, Outcome.IGNORED)


class Engine:
    """One person's estimator, policy, programme and ledger.

    What the person's body allows is told anew to each engine: it is no part of the state.
    """

    def __init__(self, rules: Rules, exercises: tuple[Exercise, ...], state: State | None = None) -> None:
        self._exercises = exercises
        self._go_on(rules, state or State(), Limits())

    def use(self, rules: Rules) -> None:
        """Go on by these rules; nothing that was observed is lost."""
        self._go_on(rules, self._state, self.limits)

    def _go_on(self, rules: Rules, state: State, limits: Limits) -> None:
        s = self._state = state
        self._programme = Programme(rules, self._exercises, s.programme, limits)
        self._quiet = Quiet(rules, s.quiet)
        self._policy = Policy(rules, s.policy, self._quiet, self._programme.due_kind)
        self._questions = Questions(rules, s.questions)
        self._estimator = Estimator(rules, s.estimator)
        self._ledger = Ledger(s.ledger)
        self._routines = Routines(self._programme, self._policy, self._ledger)
        self._rules = rules

    def snapshot(self) -> State:
        """A copy of everything the engine remembers, for `Engine(rules, exercises, state)`."""
        return copy.deepcopy(self._state)

    def handle(self, event: ev.Event, now: float) -> tuple[Command, ...]:
        """Take the event at `now` and return what is to be done; `now` never goes back."""
        s = self._state
        if now < s.now:
            raise ValueError(f"time went back from {s.now} to {now}")
        s.now = now
        stood = s.estimator.timeline.stood
        commands = [*self._take(event, now), *self._advance(now)]
        timeline = self._state.estimator.timeline
        commands += [Stood(*span) for span in timeline.stood if span not in stood]
        commands += self._policy.step(self._estimator, now)
        self._count(commands)
        commands += self._watch(event, now)
        return tuple(commands)

    def deadline(self) -> float | None:
        """When `handle(Tick(), deadline)` must be called at the latest, None for never."""
        now = self._state.now
        person = self._estimator
        times = (person.deadline(now), self._policy.deadline(person, now), person.state.timeline.deadline())
        return min((time for time in times if time is not None), default=None)

    def view(self, now: float) -> View:
        """Everything there is to show; does not change anything."""
        person, policy = self._estimator, self._policy
        timeline = person.state.timeline
        kind = self._programme.due_kind(now)
        due = None if kind is None else policy.due_at(person, now)
        today = self._today(now)
        return View(
            now=now,
            estimate=person.estimate(now),
            quiet=policy.reasons(person, now),
            paused=self._quiet.state.paused,
            paused_until=self._quiet.pause_ends,
            prompt=policy.state.prompt,
            owed=policy.is_due(person, now),
            next_kind=None if due is None else kind,
            next_at=due,
            today=today,
            week=this_week(self._programme.state, self._ledger, today),
            known_since=None if timeline.first is None else max(timeline.first, self._ledger.state.began),
            last_absence=self._last_absence(now),
            routine=self._programme.state.running,
            stands=Condition.CANNOT_STAND not in self.limits.conditions,
        )

    def course(self, now: float) -> Course:
        """The day so far as a row of spans."""
        return course(self._state, now)

    def preview(self, kind: Kind) -> Routine:
        """What a break of that kind would be if it began now; nothing begins."""
        state = copy.deepcopy(self._state.programme)
        return Programme(self._rules, self._exercises, state, self.limits).begin(kind)

    @property
    def rules(self) -> Rules:
        """The rules in force."""
        return self._rules

    @property
    def limits(self) -> Limits:
        """What the person's body allows, as far as they told."""
        return self._programme.limits

    @property
    def date(self) -> str:
        """The day that is being counted."""
        return self._state.quiet.date

    def quiet(self) -> tuple[Reason, ...]:
        """Why there is no prompt, as of the last event."""
        return self._policy.reasons(self._estimator, self._state.now)

    def estimate(self, now: float) -> Estimate:
        """The estimate at `now`, at or after the last event and before the deadline."""
        return self._estimator.estimate(now)

    def open_break(self, now: float) -> Break | None:
        """The break that has begun and not ended, if there is one."""
        absence = self._estimator.state.timeline.absence
        return Break(absence.start, None, absence.cause) if absence and absence.is_break(now) else None

    def _take(self, event: ev.Event, now: float) -> Iterator[Command]:
        # What happened before an input seen late, or a gap, must not be judged with hindsight.
        match event:
            case ev.Input(age=late) | ev.Resumed(gap=late):
                yield from self._advance(now - late)
            case _:
                yield from self._advance(now)
        match event:
            case (
                ev.Answer()
                | ev.BreakRequested()
                | ev.RoutineEnded()
                | ev.TooHard()
                | ev.Hurts()
                | ev.LimitsSaid()
            ):
                yield from self._routines.handle(event, now)
            case ev.Pause():
                self._quiet.pause(event, now)
            case ev.Resume():
                self._policy.resume(now)
            case ev.Day():
                yield from self._day(event, now)
            case ev.Correct():
                start, end = now - event.start_age, now - max(event.end_age, 0.0)
                yield from self._correct(start, end, event.posture, now)
            case ev.WereUp():
                if sat := self._questions.answered(event):
                    yield from self._correct(sat.start, sat.end, Posture.SEATED, now)
            case ev.Forget():
                yield from self._forget(now)
            case _:
                yield from self._observe(event, now)

    def _observe(self, event: ev.Event, now: float) -> Iterator[Command]:
        """Evidence about the person: who was off the chair may be back on it now."""
        person = self._estimator
        idle_before, bout_start = person.idle_s(now), person.state.timeline.bout_start
        off: Off | None = None
        match event:
            case ev.Input():
                off = person.input(event, now)
            case ev.Here():
                off = person.here(now)
            case ev.Unlocked():
                off = person.unlocked(now)
            case ev.Said():
                off = person.said(event.posture, now)
            case ev.Resumed():
                off = person.resumed(event, now)
            case ev.Locked():
                person.locked(now)
                self._state.questions.locked_at = now
                yield from self._routines.stop()
            case ev.Suspended():
                person.suspended(now)
            case ev.Context():
                person.context(event.signal, event.on, now)
                self._quiet.context(event.signal, event.on, now)
            case ev.SensorFound():
                person.sensor_found()
            case ev.SensorLost():
                person.sensor_lost(now)
            case _:
                pass
        idle = person.idle_s(now)
        if idle < IDLE_S <= idle_before:
            self._policy.natural_gap(now)
        if isinstance(event, ev.Input | ev.Here | ev.Unlocked) and idle < self._rules.idle_threshold_s:
            self._quiet.saw_input(now - idle)
        if off is not None:
            yield from self._back_on_chair(off, bout_start, now)

    def _back_on_chair(self, off: Off, bout_start: float | None, now: float) -> Iterator[Command]:
        s = self._state
        if not off.is_break:
            return
        yield from self._bout_ended(bout_start, off.start, off.cause)
        s.bout_ended = None
        yield BreakTaken(Break(off.start, off.end, off.cause))
        reasons, held = self._policy.reasons(self._estimator, now), bool(self._estimator.state.holding)
        if question := self._questions.ask(off, reasons, held=held):
            yield question

    def _advance(self, now: float) -> Iterator[Command]:
        """What time alone has changed; a bout is over once the absence after it has become a break."""
        timeline = self._estimator.state.timeline
        yield from self._forget_old(now)
        bout_start = timeline.bout_start
        off = self._estimator.advance(now)
        if off is not None:
            yield from self._back_on_chair(off, bout_start, now)
        absence = timeline.absence
        if absence is not None and absence.is_break(now) and self._state.bout_ended != absence.start:
            yield from self._bout_ended(timeline.bout_start, absence.start, absence.cause)

    def _bout_ended(self, start: float | None, end: float, cause: Cause) -> Iterator[Command]:
        if start is not None and self._state.bout_ended != end:
            self._state.bout_ended = end
            if start < end:
                yield BoutEnded(start, end, cause)

    def _day(self, event: ev.Day, now: float) -> Iterator[Command]:
        first = not self.date
        if not self._quiet.day(event, now):
            return
        yield from self._policy.new_day(now, first=first)
        self._questions.new_day()
        self._programme.new_day(event.date, event.week)
        self._ledger.new_day(event.date, event.week, now, self._today(now))
        if self._state.estimator.ongoing:
            self._quiet.saw_input(now)

    def _correct(self, start: float, end: float, posture: Posture, now: float) -> Iterator[Command]:
        """Put the past right and tell everything again from where it has changed."""
        s, timeline = self._state, self._estimator.state.timeline
        if timeline.first is None:
            return
        start, end = max(timeline.edge(start), timeline.first), min(timeline.edge(end), now)
        standing = s.estimator.standing_since
        if posture is Posture.STANDING and standing is not None:
            end = min(end, standing)  # the rest is told, in one piece, when the standing is over
        if start >= end:
            return
        was = copy.copy(timeline)
        self._estimator.correct(start, end, posture, now)
        # What was told of the time before `start` may be cut short as well, by a break that joins it.
        changed = min(start, timeline.around(start))
        since = min(was.around(changed), timeline.around(changed))
        s.corrected = Break(start, end, Cause.SAID)
        bouts = tuple(BoutEnded(*span, cause) for span, cause in timeline.ended(now, since))
        left = self.open_break(now)
        s.bout_ended = left.start if left else None
        yield DayCorrected(
            since,
            bouts,
            tuple(taken for taken in timeline.breaks(since) if taken.start >= since),
            tuple(Stood(*span) for span in timeline.stood if span[0] >= since),
        )

    def _today(self, now: float) -> Today:
        person = self._estimator
        stood_s = person.stood_s(self._ledger.state.began, now)
        return self._ledger.today(person.state.timeline, stood_s, now)

    def _forget_old(self, now: float) -> Iterator[Command]:
        """Let go of what happened more than a day ago; a day that lasts longer keeps its figures."""
        timeline = self._estimator.state.timeline
        if (due := timeline.deadline()) is None or now < due:
            return
        before = self._today(now)
        timeline.forget(now)
        self._questions.forget(now)
        self._ledger.settle(before, self._today(now))
        yield Forgot()

    def _last_absence(self, now: float) -> Break | None:
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

    def _forget(self, now: float) -> Iterator[Command]:
        """Begin anew with what is so at this moment: the calendar, the sensors, who sits or stands."""
        yield from self._routines.stop()
        showing = self._policy.state.prompt
        if showing is not None:
            yield WithdrawPrompt(showing.id, Outcome.WITHDRAWN)
        self._go_on(self._rules, self._state.forgotten(self._estimator.posture()), Limits())

    def _count(self, commands: list[Command]) -> None:
        for command in commands:
            if isinstance(command, ShowPrompt):
                self._ledger.prompted()
            elif isinstance(command, PromptEnded):
                self._ledger.ended(command.outcome)
                if command.outcome in _REFUSED and command.prompt.kind in MOVEMENTS:
                    self._programme.refused(command.prompt.kind, self._policy.state.bout)
                if command.outcome in (Outcome.STARTED, Outcome.WITHDRAWN):
                    self._state.questions.heeded_at = command.at

    def _watch(self, event: ev.Event, now: float) -> Iterator[Command]:
        """Say how finely input is to be watched: on change, and again after sleep."""
        fine = self._policy.wants_fine(self._estimator, now) or self._estimator.just_left(now)
        wanted = LULL_S if fine else None
        if wanted != self._state.fine_s or isinstance(event, ev.Resumed):
            self._state.fine_s = wanted
            yield WatchInput(wanted)
