"""Which movement comes with which break: dose, spacing, sides, rotation, what is swapped and credited."""

from __future__ import annotations

from itertools import pairwise

import pytest
from msgspec import structs

from tests.support.timeline import EXERCISES
from tray_agent.core.model import (
    Condition,
    Dose,
    Exercise,
    Intensity,
    Kind,
    Limits,
    Routine,
    Side,
    Step,
)
from tray_agent.core.programme import Programme, ProgrammeState
from tray_agent.core.rules import Rules

HOUR = 3600.0
GENTLE = Rules(
    intensity=Intensity.GENTLE,
    break_s=120,
    hip_flexor_sessions=1,
    hip_flexor_sets=2,
    glute_sets=1,
    glute_reps=8,
    glute_days=3,
)
INTENSIVE = Rules(
    intensity=Intensity.INTENSIVE,
    break_s=300,
    hip_flexor_sessions=4,
    hip_flexor_spacing_s=1.5 * HOUR,
    hip_flexor_hold_s=45,
    hip_flexor_hold_most_s=60,
    glute_sets=3,
    glute_spacing_s=2 * HOUR,
)


def programme(
    rules: Rules | None = None, exercises: tuple[Exercise, ...] = EXERCISES, *, cleared: bool = False
) -> Programme:
    new = Programme(rules or Rules(), exercises, ProgrammeState(), Limits(cleared=cleared))
    new.new_day("2026-03-02", "2026-W10")
    return new


def do(what: Programme, kind: Kind, now: float = 0.0) -> tuple[Routine, Dose]:
    routine = what.begin(kind)
    done = what.end(tuple(range(len(routine.steps))), now)
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

    def test_only_steps_that_were_done_count(self) -> None:
        half = programme()
        half.begin(Kind.HIP_FLEXOR)
        assert half.end((0,), 0) == (Kind.HIP_FLEXOR, Dose(left_s=30))
        half.begin(Kind.HIP_FLEXOR)
        assert half.end((1, 2, 2, 9, -1), 0) == (Kind.HIP_FLEXOR, Dose(left_s=30, standing_s=120))

    def test_standing_alone_is_no_session_of_the_movement(self) -> None:
        lazy = programme()
        lazy.begin(Kind.HIP_FLEXOR)
        assert lazy.end((2,), 0) == (Kind.STAND_UP, Dose(standing_s=120))
        assert lazy.due_kind(0) is Kind.HIP_FLEXOR

    def test_nothing_done_is_no_session(self) -> None:
        idle = programme()
        idle.begin(Kind.HIP_FLEXOR)
        assert idle.end((), 0) is None
        assert idle.due_kind(0) is Kind.HIP_FLEXOR
        assert idle.begin(Kind.HIP_FLEXOR).steps[0].side is Side.LEFT

    def test_a_routine_that_is_stopped_earns_nothing(self) -> None:
        one = programme()
        routine = one.begin(Kind.HIP_FLEXOR)
        assert one.stop() == routine
        assert one.stop() is None
        assert one.due_kind(0) is Kind.HIP_FLEXOR

    def test_a_stretch_without_sides_counts_for_both(self) -> None:
        both = programme(exercises=(Exercise("hang", Kind.HIP_FLEXOR, sided=False),))
        routine, dose = do(both, Kind.HIP_FLEXOR)
        assert routine.steps == (Step("hang", None, 30),)
        assert dose == Dose(left_s=30, right_s=30)

    def test_sets_are_counted_from_one(self) -> None:
        steps = programme(GENTLE).begin(Kind.HIP_FLEXOR).steps
        assert [(step.set, step.sets) for step in steps] == [(1, 2), (1, 2), (2, 2), (2, 2)]
        steps = programme().begin(Kind.GLUTES).steps
        assert [(step.set, step.sets) for step in steps] == [(1, 1), (1, 1)]

    @pytest.mark.parametrize(("rep_s", "reps"), [(3.0, 10), (10.0, 3), (7.0, 4), (60.0, 1)])
    def test_a_stretch_in_reps_lasts_as_long_as_one_that_is_held(self, rep_s: float, reps: int) -> None:
        tucks = programme(exercises=(Exercise("tuck", Kind.HIP_FLEXOR, rep_s=rep_s),))
        routine, dose = do(tucks, Kind.HIP_FLEXOR)
        assert [(step.seconds, step.reps) for step in routine.steps] == [(30, reps), (30, reps)]
        assert dose == Dose(left_s=30, right_s=30)

    def test_a_strength_exercise_may_be_held(self) -> None:
        wall = programme(exercises=(Exercise("wall_sit", Kind.GLUTES, sided=False),))
        routine, dose = do(wall, Kind.GLUTES)
        assert routine.steps == (Step("wall_sit", None, 50),)
        assert dose == Dose(sets=1)

    def test_a_break_on_the_chair_is_no_standing(self) -> None:
        seated = programme()
        seated.limit(Limits(conditions=frozenset({Condition.CANNOT_STAND})))
        routine, dose = do(seated, Kind.GLUTES)
        assert [step.exercise for step in routine.steps] == ["seated_squeeze", "seated_shift"]
        assert dose == Dose(sets=1, reps=10)
        assert do(seated, Kind.STAND_UP)[1] == Dose()

    def test_who_can_do_nothing_is_asked_for_nothing(self) -> None:
        nothing = programme(exercises=())
        assert nothing.due_kind(0) is None
        assert nothing.begin(Kind.GLUTES).steps == ()
        assert nothing.state.running is None

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
        again = Programme(Rules(), EXERCISES, one.state, Limits())
        again.new_day("2026-03-03", "2026-W10")
        firsts.append(do(again, Kind.HIP_FLEXOR)[0].steps[0].side)
        assert firsts == [Side.LEFT, Side.RIGHT, Side.LEFT, Side.RIGHT]

    def test_half_a_session_turns_to_the_other_side_too(self) -> None:
        one = programme()
        total = Dose()
        for _ in range(4):
            one.begin(Kind.HIP_FLEXOR)
            done = one.end((0,), 0)
            assert done is not None
            total += done[1]
        assert (total.left_s, total.right_s) == (60, 60)

    def test_the_side_that_was_left_out_goes_first_next_time(self) -> None:
        one = programme()
        firsts = []
        for done in ((0, 1), (1,), (0,), (0, 1), (0, 1, 2)):
            firsts.append(one.begin(Kind.HIP_FLEXOR).steps[0].side)
            one.end(done, 0)
        left, right = Side.LEFT, Side.RIGHT
        # The second time the left is done alone: it is the right's turn until that is made good.
        assert firsts == [left, right, right, left, right]

    def test_a_new_week_begins_with_the_side_that_was_left_out(self) -> None:
        one = programme()
        one.begin(Kind.HIP_FLEXOR)
        one.end((0,), 0)
        one.new_day("2026-03-09", "2026-W11")
        sides = [do(one, Kind.HIP_FLEXOR)[0].steps[0].side for _ in range(3)]
        assert sides == [Side.RIGHT, Side.LEFT, Side.RIGHT]

    def test_an_exercise_without_sides_leaves_the_turn_where_it_is(self) -> None:
        one = programme(cleared=True)
        routines = [do(one, Kind.GLUTES)[0] for _ in range(5)]
        assert [step.side for routine in routines for step in routine.steps if step.side] == [
            *(Side.LEFT, Side.RIGHT),
            *(Side.RIGHT, Side.LEFT),
        ]

    def test_exercises_take_turns(self) -> None:
        one = programme(cleared=True)
        names = [do(one, Kind.HIP_FLEXOR)[0].steps[0].exercise for _ in range(4)]
        assert names == ["split_stance", "standing_quad", "half_kneel", "split_stance"]

    def test_what_was_offered_and_not_done_is_not_offered_at_once_again(self) -> None:
        one = programme(cleared=True)
        names = [one.begin(Kind.HIP_FLEXOR).steps[0].exercise for _ in range(4)]
        assert all(earlier != later for earlier, later in pairwise(names))

    def test_the_rest_of_the_break_takes_turns_too(self) -> None:
        walks = (*EXERCISES, Exercise("walk", Kind.STAND_UP, sided=False, easier="stand_up"))
        one = programme(exercises=walks)
        assert [do(one, kind)[0].steps[-1].exercise for kind in (*Kind, Kind.STAND_UP)] == [
            "stand_up",
            "walk",
            "stand_up",
            "walk",
        ]


class TestSafety:
    def test_no_movement_is_due_that_has_no_exercise(self) -> None:
        gated = tuple(e for e in EXERCISES if e.loaded or e.floor or e.kind is Kind.STAND_UP)
        one = programme(exercises=gated)
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

    def test_without_stand_ups_there_is_nothing_to_ask_for_until_enough_time_has_passed(self) -> None:
        one = programme(Rules(kinds=frozenset({Kind.HIP_FLEXOR, Kind.GLUTES})))
        assert one.deadline(0) is None
        do(one, Kind.HIP_FLEXOR, now=0)
        assert one.deadline(0) is None
        do(one, Kind.GLUTES, now=0)
        assert one.deadline(HOUR) == 2 * HOUR
        assert one.due_kind(2 * HOUR) is Kind.HIP_FLEXOR
        for _ in range(2):
            do(one, Kind.HIP_FLEXOR, now=2 * HOUR)
        assert one.deadline(2 * HOUR) == 3 * HOUR
        do(one, Kind.GLUTES, now=3 * HOUR)
        assert one.deadline(3 * HOUR) is None

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


LADDER = (
    Exercise("stand_up", Kind.STAND_UP, sided=False),
    Exercise("easy", Kind.HIP_FLEXOR, harder="middling"),
    Exercise("middling", Kind.HIP_FLEXOR, easier="easy", harder="hard"),
    Exercise("hard", Kind.HIP_FLEXOR, easier="middling"),
    Exercise("squeeze", Kind.GLUTES, sided=False, rep_s=8),
    Exercise("kick", Kind.GLUTES, rep_s=5),
)


def exercises(routine: Routine) -> str:
    return " ".join(f"{step.exercise}{'-' + step.side[0] if step.side else ''}" for step in routine.steps)


class TestTooHard:
    def advanced(self) -> Programme:
        one = programme(GENTLE, LADDER)
        one.state.movements[Kind.HIP_FLEXOR].good_weeks = {"easy": 2, "middling": 2}
        one.state.movements[Kind.HIP_FLEXOR].recent = ["hard", "middling", "easy"]
        return one

    def test_the_easier_neighbour_takes_the_place_of_all_that_is_left(self) -> None:
        one = self.advanced()
        assert exercises(one.begin(Kind.HIP_FLEXOR)) == "hard-l hard-r hard-l hard-r"
        changed = one.too_hard(1)
        assert exercises(changed) == "hard-l middling-r middling-l middling-r"
        assert [(step.set, step.sets) for step in changed.steps] == [(1, 2), (1, 2), (2, 2), (2, 2)]
        assert one.end((0, 1, 2, 3), 0) == (Kind.HIP_FLEXOR, Dose(60, 60))
        assert one.begin(Kind.HIP_FLEXOR).steps[0].exercise == "easy"  # not what has just been done

    def test_it_stays_away_until_the_easier_one_has_had_two_good_weeks_more(self) -> None:
        one = self.advanced()
        one.begin(Kind.HIP_FLEXOR)
        one.too_hard(0)
        names = {do(one, Kind.HIP_FLEXOR)[0].steps[0].exercise for _ in range(6)}
        assert names == {"easy", "middling"}

    def test_without_an_easier_one_its_steps_fall_out_and_the_dose_steps_down(self) -> None:
        one = programme(exercises=LADDER)
        assert exercises(one.begin(Kind.HIP_FLEXOR)) == "easy-l easy-r stand_up"
        changed = one.too_hard(1)
        assert exercises(changed) == "easy-l stand_up"
        assert changed.seconds == 180
        one.end((0,), 0)
        assert one.begin(Kind.HIP_FLEXOR).steps[0].seconds == 15

    def test_a_walk_that_is_too_hard_comes_back_next_week(self) -> None:
        walk = Exercise("walk", Kind.STAND_UP, sided=False, easier="stand_up")
        one = programme(exercises=(*LADDER, walk))
        assert [exercises(one.begin(Kind.STAND_UP)) for _ in range(2)] == ["stand_up", "walk"]
        assert exercises(one.too_hard(0)) == "stand_up"
        assert [exercises(one.begin(Kind.STAND_UP)) for _ in range(2)] == ["stand_up", "stand_up"]
        one.new_day("2026-03-09", "2026-W11")
        assert exercises(one.begin(Kind.STAND_UP)) == "walk"

    def test_standing_has_no_dose_to_step_down(self) -> None:
        one = programme(exercises=LADDER)
        one.begin(Kind.HIP_FLEXOR)
        assert exercises(one.too_hard(2)) == "easy-l easy-r"
        assert [movement.steps for movement in one.state.movements.values()] == [0, 0, 0]


class TestHurts:
    def test_another_takes_its_place_and_it_never_comes_back(self) -> None:
        one = programme(cleared=True)
        one.begin(Kind.HIP_FLEXOR)
        assert exercises(one.hurts(1)) == "split_stance-l standing_quad-r stand_up"
        assert one.limits == Limits(cleared=True, hurt=frozenset({"split_stance"}))
        names = [do(one, Kind.HIP_FLEXOR)[0].steps[0].exercise for _ in range(4)]
        assert names == ["half_kneel", "standing_quad", "half_kneel", "standing_quad"]

    def test_until_it_is_taken_back(self) -> None:
        one = programme(cleared=True)
        one.begin(Kind.HIP_FLEXOR)
        one.hurts(0)
        one.limit(Limits(cleared=True))
        names = {do(one, Kind.HIP_FLEXOR)[0].steps[0].exercise for _ in range(3)}
        assert "split_stance" in names

    def test_with_nothing_else_its_steps_fall_out_and_standing_fills_the_break(self) -> None:
        one = programme()
        one.begin(Kind.HIP_FLEXOR)
        changed = one.hurts(0)
        assert changed.steps == (Step("stand_up", None, 180),)
        assert one.due_kind(0) is Kind.GLUTES

    def test_standing_may_hurt_too(self) -> None:
        one = programme()
        one.begin(Kind.HIP_FLEXOR)
        assert exercises(one.hurts(2)) == "split_stance-l split_stance-r seated_shift"
        assert exercises(one.hurts(2)) == "split_stance-l split_stance-r"
        assert one.limits.hurt == {"stand_up", "seated_shift"}

    def test_from_one_without_sides_to_one_with_both_and_back(self) -> None:
        one = programme(exercises=LADDER)
        assert exercises(one.begin(Kind.GLUTES)) == "squeeze stand_up"
        changed = one.hurts(0)
        assert exercises(changed) == "kick-l kick-r stand_up"
        assert changed.seconds == 180
        two = programme(exercises=LADDER)
        two.begin(Kind.GLUTES)
        assert exercises(two.begin(Kind.GLUTES)) == "kick-l kick-r stand_up"
        assert exercises(two.hurts(1)) == "kick-l squeeze stand_up"
        assert two.end((0, 1), 0) == (Kind.GLUTES, Dose(sets=1, reps=20))

    def test_a_longer_one_may_take_all_the_time_there_is(self) -> None:
        one = programme(Rules(break_s=100), exercises=LADDER)
        assert exercises(one.begin(Kind.GLUTES)) == "squeeze stand_up"
        assert exercises(one.hurts(0)) == "kick-l kick-r"


class TestIntensity:
    def test_a_new_one_begins_with_its_own_dose(self) -> None:
        one = programme(INTENSIVE)
        one.state.movements[Kind.HIP_FLEXOR].steps = 1
        assert one.begin(Kind.HIP_FLEXOR).steps[0].seconds == 60
        for rules, hold_s in ((INTENSIVE, 60), (Rules(), 30), (INTENSIVE, 45)):
            one = Programme(rules, EXERCISES, one.state, Limits())
            assert one.begin(Kind.HIP_FLEXOR).steps[0].seconds == hold_s

    def test_other_settings_leave_the_dose(self) -> None:
        one = programme(INTENSIVE)
        one.state.movements[Kind.HIP_FLEXOR].steps = 1
        plain = structs.replace(INTENSIVE, office_clothes=True)
        one = Programme(plain, EXERCISES, one.state, Limits())
        assert one.begin(Kind.HIP_FLEXOR).steps[0].seconds == 60
