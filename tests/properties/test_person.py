"""Whatever people do in whatever order, some things always hold.

The machine below lives a person's day in a person's terms.  `Witness` looks at every single step of
the engine; what would make a run worthless (no prompt, no break, no gap) is counted and asserted.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)
from msgspec import structs

from tests.properties.lives import live
from tests.support.timeline import EXERCISES, Playbook, reloaded
from tray_agent.core import commands as do
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine, View
from tray_agent.core.model import (
    Break,
    Cause,
    Condition,
    Do,
    Kind,
    Limits,
    Outcome,
    Posture,
    Presence,
    Prompt,
    Reason,
    Signal,
)
from tray_agent.core.rules import KEEP_S, Rules
from tray_agent.core.suitable import Suitable

RULES = {
    "standard": Rules(),
    "seldom": Rules(interval_s=3600, prompts_a_day=2, snoozes=3, idle_threshold_s=300),
    "strength": Rules(interval_s=1800, idle_threshold_s=90, kinds=frozenset({Kind.STAND_UP, Kind.GLUTES})),
    "often": Rules(
        interval_s=600, prompts_a_day=48, snooze_s=60, snoozes=0, kinds=frozenset({Kind.STAND_UP})
    ),
}
TICKS_AT_MOST = 60
DAY_S = 86400.0
Complaint = type[ev.TooHard] | type[ev.Hurts]
KEPT = (do.BoutEnded, Break, do.Stood)
"""What goes to the history, by start and end."""
HOLDING = {Reason.CALL, Reason.SHARING, Reason.FULLSCREEN, Reason.DND}


def tenths(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers with one decimal: short to read, and most of them are no exact floats."""
    return st.integers(round(low * 10), round(high * 10)).map(lambda number: number / 10)


lengths = tenths(0.1, 600)
moments = (
    st.sampled_from([1.0, 12.0, 60.0, 90.0, 119.9, 120.0, 149.9, 150.0, 200.0, 250.0, 300.0, 420.0]) | lengths
)


class Witness(Playbook):
    """A playbook that checks after every step what must always hold."""

    def __init__(
        self, rules: Rules, *, edges: bool, seen: Counter[str], answers_after: float | None = None
    ) -> None:
        self.seen = seen
        self.showing: Prompt | None = None
        self.twin: Engine | None = None
        self.resettled = False
        self.limits = Limits()
        self.kept: dict[type, dict[float, float]] = {kind: {} for kind in KEPT}
        self._ticks = 0
        self._before: View | None = None
        super().__init__(rules, edges=edges, answers_after=answers_after)

    def doubts(self) -> None:
        """From now on an engine made from the snapshot must say the same as this one."""
        self.twin = self._made_from(reloaded(self.engine.snapshot()))
        self.twin.handle(ev.LimitsSaid(self.limits), self.now)  # never part of a snapshot

    def uses(self, rules: Rules) -> None:
        if self.twin is not None:
            self.twin.use(rules)
        super().uses(rules)

    def _step(self, event: ev.Event) -> tuple[do.Command, ...]:
        commands = super()._step(event)
        if self.twin is not None:
            assert self.twin.handle(event, self.now) == commands, f"a restored engine differs\n{self}"
            assert self.twin.deadline() == self.engine.deadline(), f"a restored engine differs\n{self}"
        self._count(event)
        for command in commands:
            self._follow(command, event)
        if isinstance(event, ev.Forget):
            self.kept = {kind: {} for kind in KEPT}
            self.limits = Limits()
        self._look(event)
        if any(not isinstance(command, do.LookAround) for command in commands):
            self._compare_history()
        return commands

    def _count(self, event: ev.Event) -> None:
        self._ticks = self._ticks + 1 if isinstance(event, ev.Tick) else 0
        assert self._ticks <= TICKS_AT_MOST, f"{self._ticks} deadlines with nothing in between\n{self}"
        self.seen["gaps"] += isinstance(event, ev.Resumed) and not event.slept
        self.seen["sleeps"] += isinstance(event, ev.Resumed) and event.slept

    def _follow(self, command: do.Command, event: ev.Event) -> None:
        match command:
            case do.ShowPrompt(prompt):
                assert self.showing is None, f"two prompts at once\n{self}"
                looked = self._lookout is None or isinstance(event, ev.LookedAround)
                assert looked, f"a prompt without a look\n{self}"
                self.showing = prompt
                self.seen["prompts"] += 1
                self.seen[prompt.kind.value] += 1
            case do.WithdrawPrompt() if isinstance(event, ev.Forget):
                self.showing = None
            case do.PromptEnded(prompt, outcome):
                assert self.showing == prompt, f"\n{self}"
                self.showing = None
                self.seen[outcome.value] += 1
            case do.BoutEnded(start, end):
                self.kept[do.BoutEnded][start] = end
            case do.Stood(start, end):
                self.kept[do.Stood][start] = end
            case do.DayCorrected(since):
                self.seen["corrections"] += 1
                for rows in self.kept.values():
                    for start in [start for start in rows if start >= since]:
                        del rows[start]
                self.kept[do.BoutEnded] |= {bout.start: bout.end for bout in command.bouts}
                self.kept[Break] |= {taken.start: taken.end or 0.0 for taken in command.breaks}
                self.kept[do.Stood] |= {stood.start: stood.end for stood in command.stood}
            case do.BreakTaken(taken):
                assert taken.end is not None
                assert taken.end >= taken.start + 120, f"\n{self}"
                self.kept[Break][taken.start] = taken.end
                self.seen["breaks"] += 1
                self.seen[taken.cause.value] += 1
            case do.AskWereYouUp():
                self.seen["questions"] += 1
            case do.LookAround():
                self.seen["looks"] += 1
            case do.LimitsChanged(limits):
                self.limits = limits
            case do.Swap():
                self.seen["swaps"] += 1
            case do.DoseDone():
                self.seen["doses"] += 1
            case _:
                pass

    def _look(self, event: ev.Event) -> None:
        before, view = self._before, self.view
        assert view.prompt is None or not HOLDING.intersection(view.quiet), f"a prompt in quiet\n{self}"
        self._before = view
        assert view.prompt == self.showing, f"\n{self}"
        assert view.prompt is None or view.owed, f"a prompt that is not owed\n{self}"
        figures = (figure for figure in structs.astuple(view.today) if isinstance(figure, int | float))
        assert min(figures) >= 0, f"\n{self}"
        assert 0 <= view.estimate.sitting_s <= self.now, f"\n{self}"
        assert 0 <= view.estimate.confidence <= 1
        assert view.today.prompts <= self.rules.prompts_a_day or self.resettled, f"\n{self}"
        assert view.today.longest_bout_s <= view.today.sitting_s + 1e-6 <= self.now + 1e-3, f"\n{self}"
        if view.prompt is not None and view.prompt.shown_at == self.now:
            # Between the question what is on and its answer a lull may become a silence.
            lets = {Reason.DAILY_CAP} if self._lookout is None else {Reason.DAILY_CAP, Reason.IDLE}
            assert set(view.quiet) <= lets, f"{view.quiet} and yet a prompt\n{self}"
            assert view.estimate.posture is Posture.SEATED, f"\n{self}"
        if before is not None and before.owed and not view.owed:
            forgiven = isinstance(event, ev.Day | ev.Correct | ev.WereUp | ev.Answer | ev.Forget)
            off_the_chair = view.estimate.sitting_s < before.estimate.sitting_s
            # What hurts, or may not be done, can leave nothing that one could be asked for.
            nothing_left = not Suitable(self.rules, self.engine.limits, EXERCISES).of(Kind.STAND_UP)
            cancelled = Reason.OUTSIDE_HOURS in before.quiet + view.quiet or nothing_left
            assert forgiven or off_the_chair or cancelled or self.resettled, f"a debt was forgotten\n{self}"

    def _compare_history(self) -> None:
        """What was told for the history is what the timeline says, and so are the day's figures."""
        state, view = self.engine.snapshot(), self.view
        timeline, began = state.estimator.timeline, state.ledger.began
        told = {
            kind: {a: b for a, b in rows.items() if self.now < b + KEEP_S} for kind, rows in self.kept.items()
        }
        assert told[Break] == {b.start: b.end for b in timeline.breaks(0.0)}, f"\n{self}"
        assert told[do.Stood] == dict(timeline.stood), f"\n{self}"
        bouts = {a: b for a, b in self.kept[do.BoutEnded].items() if a >= (timeline.first or 0.0)}
        assert bouts == dict(span for span, _ in timeline.ended(self.now, 0.0)), f"\n{self}"
        assert view.today.breaks == sum(a >= began for a in self.kept[Break]), f"\n{self}"
        standing = state.estimator.standing_since
        running = (self.now if standing is None else standing, self.now)
        stood = [*self.kept[do.Stood].items(), running]
        stood_s = sum(max(0.0, b - max(a, began)) for a, b in stood)
        assert view.today.standing_s <= stood_s + 1e-6, f"\n{self}"
        if view.estimate.posture is Posture.SEATED:
            sat = [*self.kept[do.BoutEnded].items(), (self.now - view.estimate.sitting_s, self.now)]
            sitting_s = sum(max(0.0, b - max(a, began)) for a, b in sat)
            assert abs(view.today.sitting_s - sitting_s) < 1e-3, f"\n{self}"


class Person(RuleBasedStateMachine):
    """What a person can do to the agent, and the agent's machine to the person."""

    seen: ClassVar[Counter[str]] = Counter()

    @initialize(
        rules=st.sampled_from(list(RULES)),
        edges=st.booleans(),
        answers_after=st.sampled_from([*[None] * 7, 0.5]),
    )
    def sit_down(self, rules: str, edges: bool, answers_after: float | None) -> None:
        self.day = Witness(RULES[rules], edges=edges, seen=self.seen, answers_after=answers_after)
        self.date = date(2026, 3, 2)
        self.on: set[Signal] = set()
        self.day.works_for(0)

    @property
    def seated(self) -> bool:
        return self.day.view.estimate.posture is Posture.SEATED

    @property
    def undisturbed(self) -> bool:
        known = self.day.engine._state.estimator.holding  # may lag behind where it takes a look
        return not (known | self.on) & {Signal.CALL, Signal.MEDIA}

    @rule(minutes=tenths(0.1, 100), every=st.sampled_from([4.0, 20.0, 29.5, 45.0]))
    def work(self, minutes: float, every: float) -> None:
        self.day.works_for(minutes * 60, every)

    @rule(every=st.sampled_from([10.0, 30.0]), answer=st.sampled_from(Do))
    def spend_a_plain_hour(self, every: float, answer: Do) -> None:
        for signal in self.on:
            self.day.turns(signal, on=False)
        self.on.clear()
        for event in (ev.Resume(), ev.Said(Posture.SEATED)):
            self.day.tells(event)
        self.day.works_for(self.day.rules.interval_s + 30, every)
        self.day.tells(ev.Answer(answer))
        assert self.day.view.prompt is None

    @precondition(lambda self: self.day.view.routine)
    @rule(steps=st.integers(0, 3))
    def finish_the_routine(self, steps: int) -> None:
        routine = self.day.view.routine
        assert routine is not None
        self.day.rests(routine.seconds)
        self.day.tells(ev.RoutineEnded(routine.id, tuple(range(steps))))
        assert self.day.view.routine is None

    @rule(seconds=tenths(1, 250))
    def type(self, seconds: float) -> None:
        self.day.works_for(seconds, every=1.1)

    @rule(pauses=st.lists(tenths(10, 140), min_size=1, max_size=30))
    def read(self, pauses: list[float]) -> None:
        for pause in pauses:
            self.day.works_for(pause, every=pause + 1)

    @precondition(lambda self: self.undisturbed)
    @rule(seconds=moments)
    def walk_away(self, seconds: float) -> None:
        self.day.works_for(0)
        before = self.day.view.estimate
        self.day.rests(seconds)
        self.day.works_for(0)
        after = self.day.view.estimate
        if before.posture is Posture.SEATED and after.posture is Posture.SEATED:
            self.ends_the_bout(
                seconds >= self.day.rules.idle_threshold_s and seconds >= 120, before.sitting_s
            )

    @rule(seconds=moments)
    def lock(self, seconds: float) -> None:
        self.day.works_for(0)
        before = self.day.view.estimate
        self.day.tells(ev.Locked())
        self.day.rests(seconds)
        self.day.tells(ev.Unlocked())
        if before.posture is Posture.SEATED:
            self.ends_the_bout(seconds >= 120, before.sitting_s)

    def ends_the_bout(self, ended: bool, sat: float) -> None:
        sitting_s = self.day.view.estimate.sitting_s
        assert (sitting_s < 1e-3) if ended else (sitting_s >= sat - 1e-3), f"\n{self.day}"

    @rule(seconds=tenths(30, 2000))
    def be_locked_by_the_machine(self, seconds: float) -> None:
        self.day.rests(seconds)
        self.day.tells(ev.Locked())
        self.day.rests(seconds)
        self.day.tells(ev.Unlocked())

    @rule(signal=st.sampled_from(Signal), minutes=tenths(1, 90), every=st.sampled_from([20.0, 200.0]))
    def call(self, signal: Signal, minutes: float, every: float) -> None:
        self.day.turns(signal, on=True)
        self.day.works_for(minutes * 60, every)
        self.day.turns(signal, on=False)
        self.on -= {signal}

    @rule(signal=st.sampled_from(Signal))
    def begin_or_end(self, signal: Signal) -> None:
        self.on ^= {signal}
        self.day.turns(signal, on=signal in self.on)

    @precondition(lambda self: self.day.showing)
    @rule(answer=st.sampled_from(Do), after=tenths(0, 60))
    def answer_a_prompt(self, answer: Do, after: float) -> None:
        self.answer(answer, after)

    @rule(answer=st.sampled_from(Do), after=tenths(0, 100))
    def answer_whatever_shows(self, answer: Do, after: float) -> None:
        self.answer(answer, after)

    def answer(self, answer: Do, after: float) -> None:
        self.day.works_for(after)
        self.day.tells(ev.Answer(answer))

    @precondition(lambda self: self.day.showing)
    @rule(
        how=st.sampled_from([ev.Locked(), ev.Said(Posture.STANDING), ev.Said(Posture.AWAY), ev.Suspended()])
    )
    def get_up_when_asked(self, how: ev.Event) -> None:
        self.day.works_for(0)
        self.day.tells(how)
        assert self.day.view.prompt is None
        self.day.rests(130)
        assert self.day.view.estimate.sitting_s == 0
        self.day.tells(ev.Resumed(0, slept=False, idle=130))
        self.day.tells(ev.Unlocked())
        self.day.tells(ev.Said(Posture.SEATED))

    @rule(answer=st.sampled_from(Do))
    def answer_an_old_prompt(self, answer: Do) -> None:
        before = self.day.view.prompt
        self.day.tells(ev.Answer(answer, prompt=0))
        assert self.day.view.prompt == before

    @rule(
        kind=st.sampled_from([None, *Kind]),
        steps=st.integers(0, 3),
        complaint=st.sampled_from([None, ev.TooHard, ev.Hurts]),
    )
    def take_a_break(self, kind: Kind | None, steps: int, complaint: Complaint | None) -> None:
        self.day.tells(ev.BreakRequested(kind))
        routine = self.day.view.routine
        if routine is None:
            return  # everything hurts
        self.day.rests(100)
        if complaint is not None:
            self.day.tells(complaint(routine.id, steps))
        self.day.tells(ev.RoutineEnded(routine.id, tuple(range(steps))))

    @rule(length_s=st.none() | tenths(0, 3600), today=st.booleans(), minutes=tenths(0, 90))
    def pause(self, length_s: float | None, today: bool, minutes: float) -> None:
        self.day.tells(ev.Pause(length_s, today))
        assert self.day.view.prompt is None
        self.day.works_for(minutes * 60)

    @precondition(lambda self: self.day.view.paused)
    @rule()
    def resume(self) -> None:
        self.day.tells(ev.Resume())
        assert not self.day.view.paused

    @rule(hours=tenths(0.1, 12))
    def sleep(self, hours: float) -> None:
        self.day.works_for(0)
        self.day.sleeps_for(hours * 3600)
        if self.seated:
            return
        self.day.works_for(3)

    @rule(gap=moments, idle=st.none() | lengths)
    def restart(self, gap: float, idle: float | None) -> None:
        self.day.twin = None
        self.day.is_dead_for(gap, idle)
        self.day.tells(ev.LimitsSaid(self.day.limits))

    @rule()
    def doubt(self) -> None:
        self.day.doubts()

    @rule(posture=st.sampled_from([Posture.STANDING, Posture.AWAY, Posture.SEATED]))
    def say(self, posture: Posture) -> None:
        self.day.tells(ev.Said(posture))
        if posture is Posture.SEATED:
            assert self.day.view.estimate.presence is not Presence.AWAY

    @rule(start=tenths(1, 7200), length=moments, posture=st.sampled_from(Posture))
    def correct(self, start: float, length: float, posture: Posture) -> None:
        self.day.tells(ev.Correct(start, max(0.0, start - length), posture))

    @rule(posture=st.sampled_from([Posture.SEATED, Posture.STANDING, Posture.AWAY]))
    def correct_the_last_absence_and_take_it_back(self, posture: Posture) -> None:
        absence = self.day.view.last_absence
        if absence is None:
            return
        end = self.day.now if absence.end is None else absence.end
        ages = self.day.now - absence.start, self.day.now - end
        before = self.day.view.today
        self.day.tells(ev.Correct(*ages, posture))
        self.day.tells(ev.Correct(*ages, Posture.SEATED))
        self.day.tells(ev.Correct(*ages, Posture.AWAY))
        assert self.day.view.today.sitting_s <= before.sitting_s + 120, f"\n{self.day}"

    @rule()
    def erase_everything(self) -> None:
        self.day.tells(ev.Forget())
        assert self.day.view.today.sitting_s == 0
        assert self.day.view.prompt is None

    @rule(up=st.sampled_from([True, False, None]))
    def tell_whether_up(self, up: bool | None) -> None:
        self.day.tells(ev.WereUp(self.day.engine.snapshot().questions.number, up))

    @rule(seconds=moments)
    def lose_the_sensor(self, seconds: float) -> None:
        self.day.tells(ev.SensorLost())
        self.day.rests(seconds)
        assert self.day.view.prompt is None
        self.day.tells(ev.SensorFound())

    @rule(hours=st.none() | st.tuples(tenths(-4, 3), tenths(1, 10)), days=st.integers(0, 2))
    def have_the_clock_set(self, hours: tuple[float, float] | None, days: int) -> None:
        self.date += timedelta(days)
        work = None if hours is None else ((hours[0] * 3600, (hours[0] + hours[1]) * 3600),)
        year, week, _ = self.date.isocalendar()
        self.day.tells(ev.Day(self.date.isoformat(), f"{year}-W{week:02}", DAY_S, work))
        assert self.day.engine.date == self.date.isoformat()

    @rule(rules=st.sampled_from(list(RULES)))
    def change_the_settings(self, rules: str) -> None:
        self.day.resettled = True
        self.day.uses(RULES[rules])

    @rule(cleared=st.booleans(), conditions=st.frozensets(st.sampled_from(Condition), max_size=2))
    def go_through_the_safety_check(self, cleared: bool, conditions: frozenset[Condition]) -> None:
        self.day.limits = Limits(cleared, conditions)
        self.day.tells(ev.LimitsSaid(self.day.limits))


def test_whatever_a_person_does() -> None:
    rare = ("gaps", "sleeps", "questions", "doses", "swaps", "corrections", "looks", *Outcome, *Cause, *Kind)
    wanted = {"prompts": 100, "breaks": 300} | dict.fromkeys(map(str, rare), 1)
    live(Person, Person.seen, wanted, max_examples=100, stateful_step_count=50)
