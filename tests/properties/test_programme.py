"""Whatever people make of their programme, week after week, some things always hold.

The machine below lives working days: it takes breaks and leaves them half done, skips, finds things
too hard, is hurt, tells of its body and changes its settings.  `Witness` knows nothing of how the
programme decides; it looks at what was offered and credited.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import ClassVar

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec import structs

from tests.properties.lives import live
from tray_agent.core import commands as do
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine
from tray_agent.core.model import (
    Condition,
    Do,
    Dose,
    Exercise,
    Intensity,
    Kind,
    Limits,
    Position,
    Routine,
    Side,
    Step,
)
from tray_agent.core.programme import Programme, ProgrammeState
from tray_agent.core.rules import Rules

HOUR, DAY_S = 3600.0, 86400.0
MOVEMENTS = (Kind.HIP_FLEXOR, Kind.GLUTES)
KNEE, WRIST, BACK = (frozenset({sore}) for sore in list(Condition)[:3])
NOT_GENTLE = frozenset({Intensity.STANDARD, Intensity.INTENSIVE})

EXERCISES = (
    Exercise("stand", Kind.STAND_UP, sided=False),
    Exercise("walk", Kind.STAND_UP, sided=False, easier="stand"),
    Exercise("shift", Kind.STAND_UP, sided=False, position=Position.CHAIR),
    Exercise("split", Kind.HIP_FLEXOR, harder="quad"),
    Exercise("quad", Kind.HIP_FLEXOR, loaded=True, not_with=KNEE, easier="split", harder="tuck"),
    Exercise(
        "tuck",
        Kind.HIP_FLEXOR,
        floor=True,
        rep_s=3,
        office=False,
        not_with=KNEE,
        easier="quad",
        levels=NOT_GENTLE,
    ),
    Exercise("hang", Kind.HIP_FLEXOR, sided=False, not_with=WRIST),
    Exercise("squeeze", Kind.GLUTES, sided=False, rep_s=8, harder="kick"),
    Exercise("kick", Kind.GLUTES, loaded=True, rep_s=5, easier="squeeze", not_with=BACK),
    Exercise(
        "bridge", Kind.GLUTES, floor=True, loaded=True, sided=False, rep_s=6, office=False, easier="kick"
    ),
    Exercise("seated", Kind.GLUTES, sided=False, rep_s=8, position=Position.CHAIR),
)
KNOWN = {exercise.id: exercise for exercise in EXERCISES}

RULES = {
    Intensity.GENTLE: Rules(
        intensity=Intensity.GENTLE,
        break_s=120,
        hip_flexor_sessions=1,
        hip_flexor_sets=2,
        glute_sets=1,
        glute_reps=8,
        glute_reps_least=6,
        glute_reps_most=8,
        glute_days=3,
    ),
    Intensity.STANDARD: Rules(),
    Intensity.INTENSIVE: Rules(
        intensity=Intensity.INTENSIVE,
        interval_s=1800,
        break_s=300,
        hip_flexor_sessions=4,
        hip_flexor_spacing_s=5400,
        hip_flexor_hold_s=45,
        hip_flexor_hold_least_s=30,
        hip_flexor_hold_most_s=90,
        glute_sets=3,
        glute_reps_most=16,
        glute_spacing_s=7200,
    ),
}


@dataclasses.dataclass(frozen=True)
class Amount:
    """What one routine asks of one side: seconds held, reps and sets."""

    seconds: float = 0.0
    reps: int = 0
    sets: int = 0


def amount(routine: Routine) -> Amount:
    """The most that it asks of a side; of strength only reps, whose seconds are the exercise's own."""
    moved = [step for step in routine.steps if KNOWN[step.exercise].kind is routine.kind]
    if routine.kind is Kind.GLUTES:
        return Amount(reps=max((step.reps for step in moved), default=0), sets=len({s.set for s in moved}))
    return Amount(max((step.seconds for step in moved), default=0.0), sets=len({s.set for s in moved}))


class Week:
    """What was credited in one week, by an honest count of the steps that were done."""

    def __init__(self) -> None:
        self.left_s = self.right_s = self.standing_s = 0.0
        self.sets = 0
        self.days: set[str] = set()


class Witness:
    """Somebody's engine; looks at everything that is offered and credited."""

    def __init__(self, intensity: Intensity, seen: Counter[str]) -> None:
        self.seen = seen
        self.limits = Limits()
        self.rules = RULES[intensity]
        self.engine = Engine(self.rules, EXERCISES)
        self.now = 0.0
        self.today = date(2026, 3, 2)
        self.week = Week()
        self.sessions: dict[Kind, list[float]] = {kind: [] for kind in MOVEMENTS}
        self.balance = 0
        self.asked: dict[Kind, dict[int, Amount]] = defaultdict(dict)
        self.weeks = 0
        self.last: dict[Kind, str] = {}
        self.tells(ev.SensorFound())
        self.dawn(self.today)

    def tells(self, event: ev.Event) -> list[do.Command]:
        commands = list(self.engine.handle(event, self.now))
        for command in commands:
            self.follow(command)
        return commands

    def follow(self, command: do.Command) -> None:
        if isinstance(command, do.ShowPrompt):
            self.seen["prompts"] += 1
            self.check_prompt(command.prompt.kind)
        elif isinstance(command, do.Guide):
            self.check_variety(command.routine)
            self.check_side(command.routine.steps[0])
            self.check_dose(command.routine)
            self.check_allowed(command.routine.steps)
        elif isinstance(command, do.LimitsChanged):
            self.limits = command.limits

    def rests(self, seconds: float) -> None:
        end = self.now + seconds
        while (deadline := self.engine.deadline()) is not None and deadline <= end:
            self.now = max(self.now, deadline)
            self.tells(ev.Tick())
        self.now = end

    def works(self, seconds: float) -> None:
        self.tells(ev.Input(ongoing=True))
        self.rests(seconds - 10)
        self.tells(ev.Input())
        self.rests(10)

    def dawn(self, day: date) -> None:
        year, week, _ = day.isocalendar()
        if day.isocalendar()[:2] != self.today.isocalendar()[:2]:
            self.week = Week()
            self.balance = 0
            self.weeks += 1
            self.seen["weeks"] += 1
        self.today = day
        self.sessions = {kind: list(times[-1:]) for kind, times in self.sessions.items()}
        self.done_today = Counter[Kind]()
        self.tells(ev.Day(day.isoformat(), f"{year}-W{week:02}", DAY_S, None))

    # What must hold of what is offered.

    def may(self, exercise: Exercise) -> bool:
        """The rules of the house, told once more and in other words."""
        told, rules = self.limits.conditions, self.rules
        if Condition.CANNOT_STAND in told and exercise.position is not Position.CHAIR:
            return False
        if exercise.floor or exercise.loaded:
            if not self.limits.cleared or Condition.PREGNANCY in told:
                return False
            if exercise.floor and not rules.floor_exercises:
                return False
        fits = exercise.office or not rules.office_clothes
        return (
            fits
            and rules.intensity in exercise.levels
            and exercise.id not in self.limits.hurt
            and not told & exercise.not_with
        )

    def check_allowed(self, steps: tuple[Step, ...]) -> None:
        for step in steps:
            assert self.may(KNOWN[step.exercise]), (step, self.limits, self.rules)
        if Condition.CANNOT_STAND in self.limits.conditions:
            self.seen["chairs"] += bool(steps)

    def check_prompt(self, kind: Kind) -> None:
        assert any(e.kind is kind and self.may(e) for e in EXERCISES), kind
        if kind not in MOVEMENTS:
            return
        spacing_s, a_day = self.rhythm(kind)
        assert self.done_today[kind] < a_day, (kind, self.done_today)
        assert all(self.now - at >= spacing_s for at in self.sessions[kind]), (kind, self.now)
        if kind is Kind.GLUTES and self.today.isoformat() not in self.week.days:
            assert len(self.week.days) < self.rules.glute_days

    def rhythm(self, kind: Kind) -> tuple[float, int]:
        rules = self.rules
        if kind is Kind.HIP_FLEXOR:
            return rules.hip_flexor_spacing_s, rules.hip_flexor_sessions
        return rules.glute_spacing_s, rules.glute_sets

    def check_variety(self, routine: Routine) -> None:
        """Nothing comes twice in a row while there is something else that needs no getting used to."""
        for name in dict.fromkeys(step.exercise for step in routine.steps):
            exercise = KNOWN[name]
            if name == self.last.get(exercise.kind):
                self.seen["nothing else"] += 1
                others = [e for e in EXERCISES if e.kind is exercise.kind and e != exercise and self.may(e)]
                alike = [e for e in others if e.easier is None and e.position is exercise.position]
                assert not alike, (name, alike)
            self.last[exercise.kind] = name

    def check_side(self, first: Step) -> None:
        """The side that has had less this week goes first."""
        if first.side is not None and KNOWN[first.exercise].kind is Kind.HIP_FLEXOR and self.balance:
            assert first.side is (Side.RIGHT if self.balance > 0 else Side.LEFT), (first, self.balance)

    def check_dose(self, routine: Routine) -> None:
        r, asked = self.rules, amount(routine)
        moved_s = sum(s.seconds for s in routine.steps if KNOWN[s.exercise].kind in MOVEMENTS)
        assert routine.seconds in (r.break_s, moved_s), routine
        if routine.kind not in MOVEMENTS or asked == Amount():
            return
        assert asked.sets == (r.hip_flexor_sets if routine.kind is Kind.HIP_FLEXOR else 1)
        if routine.kind is Kind.HIP_FLEXOR:
            assert r.hip_flexor_hold_least_s <= asked.seconds <= r.hip_flexor_hold_most_s
        else:
            assert r.glute_reps_least <= asked.reps <= r.glute_reps_most
        weeks = self.asked[routine.kind]
        past = [least for number, least in weeks.items() if number < self.weeks]
        now = weeks.setdefault(self.weeks, asked)
        assert asked.seconds <= now.seconds, "more in the middle of a week"
        assert asked.reps <= now.reps, "more in the middle of a week"
        weeks[self.weeks] = asked
        if past:
            before = past[-1]
            self.seen["up"] += (asked.seconds, asked.reps) > (before.seconds, before.reps)
            self.seen["down"] += (asked.seconds, asked.reps) < (before.seconds, before.reps)
            assert asked.seconds <= before.seconds + 15 * (
                self.weeks - max(n for n in weeks if n < self.weeks)
            )
            assert asked.reps <= before.reps + 2 * (self.weeks - max(n for n in weeks if n < self.weeks))

    # What the person does.

    def finishes(self, done: tuple[int, ...]) -> None:
        routine = self.engine.view(self.now).routine
        if routine is None:
            return
        steps = [routine.steps[number] for number in done if number < len(routine.steps)]
        doses = [c for c in self.tells(ev.RoutineEnded(routine.id, done)) if isinstance(c, do.DoseDone)]
        assert bool(doses) == bool(steps)
        if steps:
            self.credit(routine.kind, steps, doses[0].dose)

    def credit(self, kind: Kind, steps: list[Step], dose: Dose) -> None:
        moved = [step for step in steps if KNOWN[step.exercise].kind in MOVEMENTS]
        stood = [step for step in steps if KNOWN[step.exercise].id in ("stand", "walk")]
        assert dose.standing_s == sum(step.seconds for step in stood)
        self.week.standing_s += dose.standing_s
        if not moved:
            assert dose == Dose(standing_s=dose.standing_s)
            return
        self.seen["sessions"] += 1
        self.done_today[kind] += 1
        self.sessions[kind].append(self.now)
        if kind is Kind.GLUTES:
            assert (dose.sets, dose.reps) == (1, sum(step.reps for step in moved))
            self.week.sets += 1
            self.week.days.add(self.today.isoformat())
        else:
            sides = [step.side for step in moved]
            self.week.left_s += sum(step.seconds for step in moved if step.side is not Side.RIGHT)
            self.week.right_s += sum(step.seconds for step in moved if step.side is not Side.LEFT)
            self.balance += sides.count(Side.LEFT) - sides.count(Side.RIGHT)

    def complains(self, how: type[ev.TooHard | ev.Hurts], at: int) -> None:
        before = self.engine.view(self.now).routine
        if before is None or at >= len(before.steps):
            return
        hurting = before.steps[at].exercise
        (swap,) = (c for c in self.tells(how(before.id, at)) if isinstance(c, do.Swap))
        self.seen[how.__name__] += 1
        after = swap.routine
        self.last |= {KNOWN[step.exercise].kind: step.exercise for step in after.steps[at:]}
        assert swap.at == at
        assert (after.id, after.kind) == (before.id, before.kind)
        assert after.steps[:at] == before.steps[:at]
        assert hurting not in {step.exercise for step in after.steps[at:]}
        assert after == self.engine.view(self.now).routine
        self.check_allowed(after.steps[at:])
        old = [step for step in before.steps[at:] if step.exercise == hurting]
        new = [step for step in after.steps[at:] if KNOWN[step.exercise].kind is KNOWN[hurting].kind]
        self.seen["swapped"] += bool(new)
        self.seen["fell out"] += not new
        assert {(s.set) for s in new} <= {(s.set) for s in old}
        if how is ev.TooHard:
            for step in new:
                assert hurting in harder_than(step.exercise)
        if old[0].side is None or KNOWN[hurting].kind is Kind.STAND_UP:
            return
        assert {s.side for s in new} <= {s.side for s in old} | {None}


def harder_than(exercise: str) -> set[str]:
    """Everything above it on its ladder."""
    direct = {e.id for e in EXERCISES if e.easier == exercise}
    return direct.union(*(harder_than(name) for name in direct))


class Person(RuleBasedStateMachine):
    """Weeks of somebody's working life."""

    seen: ClassVar[Counter[str]] = Counter()

    @initialize(intensity=st.sampled_from(Intensity), cleared=st.booleans())
    def begin(self, intensity: Intensity, cleared: bool) -> None:
        self.person = Witness(intensity, self.seen)
        self.say(Limits(cleared=cleared))

    def say(self, limits: Limits) -> None:
        self.person.limits = limits
        self.person.tells(ev.LimitsSaid(limits))

    def day(self, answers: list[Do | None], left_out: int | None) -> None:
        """Work through one day, answering prompts in this order; of a routine one step may be left out."""
        for answer in answers:
            self.person.works(self.person.rules.interval_s + 20)
            if answer is None:
                self.person.works(200)
                continue
            self.person.tells(ev.Answer(answer))
            if routine := self.person.engine.view(self.person.now).routine:
                self.person.rests(routine.seconds)
                self.person.finishes(tuple(n for n in range(len(routine.steps)) if n != left_out))
                self.person.rests(130)
        self.person.rests(8 * HOUR)
        self.person.dawn(self.person.today + timedelta(1))

    @rule(answers=st.lists(st.sampled_from([Do.START, Do.SKIP, Do.START, None]), min_size=1, max_size=4))
    def live_some_weeks(self, answers: list[Do | None]) -> None:
        """Whole weeks, in each of which every prompt is answered alike."""
        for answer in answers:
            for _ in range(7):
                self.day([answer] * (7 if answer is Do.START else 2), left_out=None)

    @rule(left_out=st.integers(0, 3))
    def leave_something_out(self, left_out: int) -> None:
        self.day([Do.START] * 8, left_out)

    @rule(answers=st.lists(st.sampled_from([*Do, None]), max_size=8), left_out=st.none() | st.integers(0, 3))
    def live_a_day(self, answers: list[Do | None], left_out: int | None) -> None:
        self.day(answers, left_out)

    @rule(kind=st.sampled_from(Kind), done=st.sets(st.integers(0, 5)))
    def take_a_break(self, kind: Kind, done: set[int]) -> None:
        self.person.tells(ev.BreakRequested(kind))
        self.person.rests(200)
        self.person.finishes(tuple(sorted(done)))

    @rule(
        kind=st.sampled_from(Kind),
        how=st.sampled_from([ev.TooHard, ev.Hurts]),
        at=st.integers(0, 4),
        twice=st.booleans(),
    )
    def complain(self, kind: Kind, how: type[ev.TooHard | ev.Hurts], at: int, twice: bool) -> None:
        self.person.tells(ev.BreakRequested(kind))
        for _ in range(1 + twice):
            self.person.complains(how, at)
        self.person.rests(100)
        self.person.finishes(tuple(range(at)))

    @rule(cleared=st.booleans(), conditions=st.lists(st.sampled_from(Condition), min_size=1, max_size=2))
    def tell_of_the_body(self, cleared: bool, conditions: list[Condition]) -> None:
        self.say(Limits(cleared, frozenset(conditions), self.person.limits.hurt))

    @rule()
    def take_it_all_back(self) -> None:
        self.say(Limits(cleared=True))

    @rule(intensity=st.sampled_from(Intensity), floor=st.booleans(), office=st.booleans())
    def change_the_settings(self, intensity: Intensity, floor: bool, office: bool) -> None:
        if intensity is not self.person.rules.intensity:
            self.person.asked.clear()  # an intensity that is chosen begins with its own dose
        self.person.rules = structs.replace(RULES[intensity], floor_exercises=floor, office_clothes=office)
        self.person.engine.use(self.person.rules)

    @invariant()
    def the_week_s_figures_are_the_sum_of_what_was_credited(self) -> None:
        if not hasattr(self, "person"):
            return
        week, credited = self.person.engine.view(self.person.now).week, self.person.week
        assert (week.hip_flexor_left_s, week.hip_flexor_right_s) == (credited.left_s, credited.right_s)
        assert (week.glute_days, week.glute_sets) == (len(credited.days), credited.sets)
        assert week.standing_s == credited.standing_s


@given(sessions=st.lists(st.integers(0, 5), max_size=30), intensity=st.sampled_from(Intensity))
@settings(derandomize=True, database=None, max_examples=50)
def test_who_always_breaks_off_early_still_does_as_much_on_either_side(
    sessions: list[int], intensity: Intensity
) -> None:
    one = Programme(RULES[intensity], EXERCISES, ProgrammeState(week="W1"), Limits())
    dose = Dose()
    for steps in sessions:
        one.begin(Kind.HIP_FLEXOR)
        _, done = one.end(tuple(range(steps)), 0) or (None, Dose())
        dose += done
        assert abs(dose.left_s - dose.right_s) <= RULES[intensity].hip_flexor_hold_s


def test_whatever_a_person_makes_of_it() -> None:
    rare = ("up", "down", "TooHard", "Hurts", "swapped", "fell out", "chairs", "nothing else")
    wanted = {"prompts": 500, "sessions": 500, "weeks": 100} | dict.fromkeys(rare, 5)
    live(Person, Person.seen, wanted, max_examples=40, stateful_step_count=20)
