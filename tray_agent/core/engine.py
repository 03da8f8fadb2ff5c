"""The one door to the core: events in, commands out, a deadline for the next look.

Call `handle` with every event in order of time, and with `Tick` when `deadline` has come; do what
the commands say; ask `view` for everything a screen may want to show.

One file because this is where each kind of event meets the parts that care, and nowhere else.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator

from tray_agent.core import events as ev
from tray_agent.core.ahead import Ahead
from tray_agent.core.commands import (
    Command,
    Forgot,
    PromptEnded,
    ShowPrompt,
    Stood,
    WatchInput,
    WithdrawPrompt,
)
from tray_agent.core.day import Course, course
from tray_agent.core.estimator import Estimator
from tray_agent.core.explain import explain
from tray_agent.core.ledger import Ledger, Today
from tray_agent.core.looks import Looks
from tray_agent.core.memory import State
from tray_agent.core.model import (
    Break,
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
from tray_agent.core.past import Past
from tray_agent.core.policy import Policy
from tray_agent.core.programme import MOVEMENTS, Programme
from tray_agent.core.questions import Questions
from tray_agent.core.quiet import Quiet
from tray_agent.core.recall import Held, Recall
from tray_agent.core.routines import Routines
from tray_agent.core.rules import IDLE_S, LULL_S, Rules
from tray_agent.core.timeline import Off
from tray_agent.core.view import View
from tray_agent.core.week import this_week

__all__ = ["Engine", "State", "View"]

_REFUSED = (Outcome.SKIPPED, Outcome.IGNORED)


class Engine:
    """One person's estimator, policy, programme and ledger.

    What the person's body allows is told anew to each engine: it is no part of the state.  With `looks`
    nothing is on unless a look around has found it, so that no prompt is shown without one.
    """

    def __init__(
        self,
        rules: Rules,
        exercises: tuple[Exercise, ...],
        state: State | None = None,
        *,
        looks: bool = False,
    ) -> None:
        self._exercises = exercises
        self._look_first = looks
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
        self._looks = Looks(s.looks, self._policy, self._questions, wanted=self._look_first)
        self._estimator = Estimator(rules, s.estimator)
        self._past = Past(s, self._estimator)
        self._ledger = Ledger(s.ledger)
        self._routines = Routines(self._programme, self._policy, self._ledger)
        self._recall = Recall(s.recall)
        self._ahead = Ahead(self._estimator, self._policy, self._programme, self._looks)
        self._rules = rules
        self._reasons: tuple[Reason, ...] | None = None

    def snapshot(self) -> State:
        """A copy of everything the engine remembers, for `Engine(rules, exercises, state)`."""
        return copy.deepcopy(self._state)

    def handle(self, event: ev.Event, now: float) -> tuple[Command, ...]:
        """Take the event at `now` and return what is to be done; `now` never goes back."""
        s = self._state
        if now < s.now:
            raise ValueError(f"time went back from {s.now} to {now}")
        s.now = now
        if self._ahead.takes(event, now):
            return ()
        stood = s.estimator.timeline.stood
        commands = [*self._take(event, now), *self._advance(now)]
        timeline = self._state.estimator.timeline
        commands += [Stood(*span) for span in timeline.stood if span not in stood]
        commands += self._prompt(event, now)
        self._count(commands)
        commands += self._watch(event, now)
        self._recall.step(event, commands, self._policy, self._estimator, now)
        self._reasons = None
        self._ahead.settle(now)
        return tuple(commands)

    def deadline(self) -> float | None:
        """When `handle(Tick(), deadline)` must be called at the latest, None for never."""
        return self._ahead.deadline(self._state.now)

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
            last_absence=self._past.last_absence(now),
            routine=self._programme.state.running,
            stands=Condition.CANNOT_STAND not in self.limits.conditions,
            explanation=explain(person, self._quiet.state, policy.holds(person, now), now),
            last_prompt=self._recall.state.asked,
            last_held=self.last_held,
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
        if self._reasons is None:
            self._reasons = self._policy.reasons(self._estimator, self._state.now)
        return self._reasons

    def estimate(self, now: float) -> Estimate:
        """The estimate at `now`, at or after the last event and before the deadline."""
        return self._estimator.estimate(now)

    @property
    def last_held(self) -> Held | None:
        """The last time a prompt was held back, which may still last."""
        return self._recall.last_held

    def open_break(self, now: float) -> Break | None:
        """The break that has begun and not ended, if there is one."""
        return self._past.open_break(now)

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
                if isinstance(event, ev.BreakRequested | ev.RoutineEnded):
                    self._questions.heeded(now)
            case ev.Pause():
                self._quiet.pause(event, now)
            case ev.Resume():
                self._policy.resume(now)
            case ev.Day():
                yield from self._day(event, now)
            case ev.Correct():
                start, end = now - event.start_age, now - max(event.end_age, 0.0)
                yield from self._past.correct(start, end, event.posture, now)
            case ev.WereUp():
                if sat := self._questions.answered(event):
                    yield from self._past.correct(sat.start, sat.end, Posture.SEATED, now)
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
                if event.posture is not Posture.SEATED:
                    self._questions.heeded(now)
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
        if not off.is_break:
            return
        yield from self._past.came_back(off, bout_start)
        self._questions.doubt(off)
        if not self._looks.are_needed:
            yield from self._ask(now)

    def _advance(self, now: float) -> Iterator[Command]:
        """What time alone has changed; a bout is over once the absence after it has become a break."""
        timeline = self._estimator.state.timeline
        yield from self._forget_old(now)
        bout_start = timeline.bout_start
        off = self._estimator.advance(now)
        if off is not None:
            yield from self._back_on_chair(off, bout_start, now)
        yield from self._past.left(now)

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

    def _forget(self, now: float) -> Iterator[Command]:
        """Begin anew with what is so at this moment: the calendar, the sensors, who sits or stands."""
        yield from self._routines.stop()
        showing = self._policy.state.prompt
        if showing is not None:
            yield WithdrawPrompt(showing.id, Outcome.WITHDRAWN)
        self._go_on(self._rules, self._state.forgotten(self._estimator.posture()), Limits())

    def _prompt(self, event: ev.Event, now: float) -> Iterator[Command]:
        """Show, keep or take away a prompt, and ask for the look it needs."""
        person, looks = self._estimator, self._looks
        looking, looked = looks.is_open, isinstance(event, ev.LookedAround)
        if looked:
            looks.looked(now)
            yield from self._ask(now)
        yield from self._policy.step(person, now, looking=looking, looked=looked or not looks.are_needed)
        yield from looks.step(person, now)

    def _ask(self, now: float) -> Iterator[Command]:
        """Ask about an absence that could have been sitting."""
        reasons, held = self._policy.reasons(self._estimator, now), bool(self._estimator.state.holding)
        if question := self._questions.settle(reasons, held=held):
            yield question

    def _count(self, commands: list[Command]) -> None:
        for command in commands:
            if isinstance(command, ShowPrompt):
                self._ledger.prompted()
            elif isinstance(command, PromptEnded):
                self._ledger.ended(command.outcome)
                if command.outcome in _REFUSED and command.prompt.kind in MOVEMENTS:
                    self._programme.refused(command.prompt.kind, self._policy.state.bout)
                if command.outcome in (Outcome.STARTED, Outcome.WITHDRAWN):
                    self._questions.heeded(command.at)

    def _watch(self, event: ev.Event, now: float) -> Iterator[Command]:
        """Say how finely input is to be watched: on change, and again after sleep."""
        fine = self._policy.wants_fine(self._estimator, now) or self._estimator.just_left(now)
        wanted = LULL_S if fine else None
        if wanted != self._state.fine_s or isinstance(event, ev.Resumed):
            self._state.fine_s = wanted
            yield WatchInput(wanted)
