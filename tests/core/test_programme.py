"""Which movement comes with which break: dose, spacing, sides, rotation, safety."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.support.timeline import EXERCISES
from tray_agent.core.model import Dose, Exercise, Kind, Routine, Side, Step
from tray_agent.core.programme import Programme, ProgrammeState
from tray_agent.core.rules import Rules

HOUR = 3600.0
GENTLE = Rules(
    break_s=120, hip_flexor_sessions=1, hip_flexor_sets=2, glute_sets=1, glute_reps=8, glute_days=3
)
INTENSIVE = Rules(
    break_s=300,
    hip_flexor_sessions=4,
    hip_flexor_spacing_s=1.5 * HOUR,
    hip_flexor_hold_s=45,
    glute_sets=3,
    glute_spacing_s=2 * HOUR,
)


def programme(rules: Rules | None = None, *, cleared: bool = False) -> Programme:
    state = ProgrammeState(cleared=cleared)
    new = Programme(rules or Rules(), EXERCISES, state)
    new.new_day("2026-03-02", "2026-W10")
    return new


def do(what: Programme, kind: Kind, now: float = 0.0) -> tuple[Routine, Dose]:
    routine = what.begin(kind)
    done = what.end(routine.id, len(routine.steps), now)
    assert done is not None
    assert done[0] is kind
    return routine, done[1]


def day_of(what: Programme, every_s: float = 0.75 * HOUR, hours: int = 10) -> list[tuple[float, Kind]]:
    """Every break that is due is taken; the movements that came with them, by hour."""
    now, kinds = 0.0, []
    while now < hours * HOUR:
        kind = what.due_kind(now)
        if kind is not None:
            do(what, kind, now)
            kinds.append((now / HOUR, kind))
        now += every_s
    return [(at, kind) for at, kind in kinds if kind is not Kind.STAND_UP]


class TestDose:
    def test_standard(self) -> None:
        routine, dose = do(programme(), Kind.HIP_FLEXOR)
        assert routine.steps == (
            Step("split_stance", Side.LEFT, 30),
            Step("split_stance", Side.RIGHT, 30),
            Step("stand_up", None, 120),
        )
        assert dose == Dose(left_s=30, right_s=30, standing_s=120)
        routine, dose = do(programme(), Kind.GLUTES)
        assert routine.steps == (Step("glute_squeeze", None, 80, reps=10), Step("stand_up", None, 100))
        assert dose == Dose(sets=1, reps=10, standing_s=100)

    def test_gentle(self) -> None:
        routine, dose = do(programme(GENTLE), Kind.HIP_FLEXOR)
        assert [step.side for step in routine.steps] == [Side.LEFT, Side.RIGHT, Side.LEFT, Side.RIGHT]
        assert dose == Dose(left_s=60, right_s=60)
        assert do(programme(GENTLE), Kind.GLUTES)[1] == Dose(sets=1, reps=8, standing_s=56)

    def test_intensive(self) -> None:
        routine, dose = do(programme(INTENSIVE), Kind.HIP_FLEXOR)
        assert dose == Dose(left_s=45, right_s=45, standing_s=210)
        assert routine.seconds == 300

    def test_a_stand_up_is_all_standing(self) -> None:
        routine, dose = do(programme(), Kind.STAND_UP)
        assert routine.steps == (Step("stand_up", None, 180),)
        assert dose == Dose(standing_s=180)

    def test_both_sides_together_are_one_set(self) -> None:
        sided = programme(Rules(), cleared=True)
        do(sided, Kind.GLUTES)
        routine, dose = do(sided, Kind.GLUTES)
        assert [step.exercise for step in routine.steps] == ["hip_extension", "hip_extension", "stand_up"]
        assert (dose.sets, dose.reps) == (1, 20)

    def test_only_whole_steps_count(self) -> None:
        half = programme()
        routine = half.begin(Kind.HIP_FLEXOR)
        assert half.end(routine.id, 1, 0) == (Kind.HIP_FLEXOR, Dose(left_s=30))

    def test_nothing_done_is_no_session(self) -> None:
        idle = programme()
        routine = idle.begin(Kind.HIP_FLEXOR)
        assert idle.end(routine.id, 0, 0) is None
        assert idle.due_kind(0) is Kind.HIP_FLEXOR
        assert idle.begin(Kind.HIP_FLEXOR).steps[0].side is Side.LEFT

    def test_a_routine_ends_once_and_only_when_it_runs(self) -> None:
        one = programme()
        routine = one.begin(Kind.STAND_UP)
        assert one.end(routine.id + 1, 1, 0) is None
        assert one.end(routine.id, 1, 0) is not None
        assert one.end(routine.id, 1, 0) is None

    def test_a_routine_that_is_stopped_earns_nothing(self) -> None:
        one = programme()
        routine = one.begin(Kind.HIP_FLEXOR)
        assert one.stop() == routine
        assert one.stop() is None
        assert one.end(routine.id, 3, 0) is None

    def test_a_stretch_without_sides_counts_for_both(self) -> None:
        both = Programme(
            Rules(), (Exercise("hang", Kind.HIP_FLEXOR, sided=False),), ProgrammeState(date="2026-03-02")
        )
        routine, dose = do(both, Kind.HIP_FLEXOR)
        assert routine.steps == (Step("hang", None, 30),)
        assert dose == Dose(left_s=30, right_s=30)

    def test_a_movement_may_fill_the_whole_break(self) -> None:
        full = programme(Rules(break_s=60))
        assert [step.exercise for step in full.begin(Kind.HIP_FLEXOR).steps] == [
            "split_stance",
            "split_stance",
        ]


class TestSidesAndRotation:
    def test_sides_alternate_and_are_remembered(self) -> None:
        one = programme()
        firsts = [do(one, Kind.HIP_FLEXOR)[0].steps[0].side for _ in range(3)]
        again = Programme(Rules(), EXERCISES, one.state)
        again.new_day("2026-03-03", "2026-W10")
        firsts.append(do(again, Kind.HIP_FLEXOR)[0].steps[0].side)
        assert firsts == [Side.LEFT, Side.RIGHT, Side.LEFT, Side.RIGHT]

    def test_half_a_session_turns_to_the_other_side_too(self) -> None:
        one = programme()
        total = Dose()
        for _ in range(4):
            done = one.end(one.begin(Kind.HIP_FLEXOR).id, 1, 0)
            assert done is not None
            total += done[1]
        assert (total.left_s, total.right_s) == (60, 60)

    def test_exercises_take_turns(self) -> None:
        one = programme(cleared=True)
        names = [do(one, Kind.HIP_FLEXOR)[0].steps[0].exercise for _ in range(4)]
        assert names == ["split_stance", "standing_quad", "half_kneel", "split_stance"]


class TestSafety:
    def test_floor_and_loaded_exercises_wait_for_the_check(self) -> None:
        one = programme()
        assert [e.id for kind in Kind for e in one.allowed(kind)] == [
            "stand_up",
            "split_stance",
            "glute_squeeze",
        ]
        one.state.cleared = True
        assert [e.id for kind in Kind for e in one.allowed(kind)] == [e.id for e in EXERCISES]

    def test_the_floor_can_be_declined_for_good(self) -> None:
        one = programme(Rules(floor_exercises=False), cleared=True)
        assert not any(exercise.floor for kind in Kind for exercise in one.allowed(kind))

    def test_no_movement_is_due_that_has_no_exercise(self) -> None:
        gated = tuple(e for e in EXERCISES if e.loaded or e.floor or e.kind is Kind.STAND_UP)
        one = Programme(Rules(), gated, ProgrammeState())
        assert one.due_kind(0) is Kind.STAND_UP
        assert [step.exercise for step in one.begin(Kind.GLUTES).steps] == ["stand_up"]


class TestRhythm:
    def test_standard(self) -> None:
        assert day_of(programme()) == [
            (0, Kind.HIP_FLEXOR),
            (0.75, Kind.GLUTES),
            (2.25, Kind.HIP_FLEXOR),
            (3.75, Kind.GLUTES),
            (4.5, Kind.HIP_FLEXOR),
        ]

    @pytest.mark.parametrize(
        ("rules", "stretches", "stretch_spacing_h", "sets", "set_spacing_h"),
        [(GENTLE, 1, 2, 1, 3), (Rules(), 3, 2, 2, 3), (INTENSIVE, 4, 1.5, 3, 2)],
    )
    def test_a_day_holds_the_dose_and_keeps_the_spacing(
        self, rules: Rules, stretches: int, stretch_spacing_h: float, sets: int, set_spacing_h: float
    ) -> None:
        done = day_of(programme(rules), every_s=0.5 * HOUR)
        for kind, count, spacing in (
            (Kind.HIP_FLEXOR, stretches, stretch_spacing_h),
            (Kind.GLUTES, sets, set_spacing_h),
        ):
            times = [at for at, what in done if what is kind]
            assert len(times) == count
            assert all(later - earlier >= spacing for earlier, later in pairwise(times))

    def test_the_movement_whose_day_is_less_complete_comes_first(self) -> None:
        one = programme(Rules(hip_flexor_spacing_s=0, glute_spacing_s=0))
        kinds = []
        for _ in range(6):
            kind = one.due_kind(0)
            assert kind is not None
            do(one, kind)
            kinds.append(kind.value[0])
        assert "".join(kinds) == "hghghs"

    def test_a_new_day_begins_anew(self) -> None:
        one = programme(GENTLE)
        do(one, Kind.HIP_FLEXOR)
        do(one, Kind.GLUTES)
        assert one.due_kind(9 * HOUR) is Kind.STAND_UP
        one.new_day("2026-03-03", "2026-W10")
        assert one.due_kind(24 * HOUR) is Kind.HIP_FLEXOR

    def test_spacing_holds_across_the_roll_over(self) -> None:
        one = programme(GENTLE)
        do(one, Kind.HIP_FLEXOR, now=0)
        do(one, Kind.GLUTES, now=0)
        one.new_day("2026-03-03", "2026-W10")
        assert one.due_kind(1.9 * HOUR) is Kind.STAND_UP
        assert one.due_kind(2 * HOUR) is Kind.HIP_FLEXOR

    def test_strength_has_so_many_days_a_week(self) -> None:
        one = programme(GENTLE)
        days = []
        for date, week in (
            ("2026-03-02", "2026-W10"),
            ("2026-03-03", "2026-W10"),
            ("2026-03-04", "2026-W10"),
            ("2026-03-05", "2026-W10"),
            ("2026-03-09", "2026-W11"),
        ):
            one.new_day(date, week)
            now = 24 * HOUR * int(date[-2:])
            do(one, Kind.HIP_FLEXOR, now)
            if one.due_kind(now) is Kind.GLUTES:
                days.append(date)
                do(one, Kind.GLUTES, now)
        assert days == ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-09"]

    def test_the_last_day_of_strength_still_has_all_its_sets(self) -> None:
        one = programme(Rules(glute_days=1, glute_spacing_s=0, hip_flexor_sessions=0))
        do(one, Kind.GLUTES)
        assert one.due_kind(0) is Kind.GLUTES
        do(one, Kind.GLUTES)
        assert one.due_kind(0) is Kind.STAND_UP


class TestWhatIsWanted:
    def test_kinds_that_are_switched_off_never_come(self) -> None:
        assert programme(Rules(kinds=frozenset({Kind.STAND_UP}))).due_kind(0) is Kind.STAND_UP
        assert programme(Rules(kinds=frozenset({Kind.GLUTES}))).due_kind(0) is Kind.GLUTES
        assert programme(Rules(kinds=frozenset())).due_kind(0) is None

    def test_a_movement_alone_is_due_only_until_it_is_done(self) -> None:
        one = programme(Rules(kinds=frozenset({Kind.GLUTES}), glute_sets=1))
        do(one, Kind.GLUTES)
        assert one.due_kind(9 * HOUR) is None
