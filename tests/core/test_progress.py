"""How much comes next week: what a week must have been, and how far a step reaches."""

from __future__ import annotations

import pytest

from tests.support.timeline import EXERCISES, NewDay, Playbook, clock
from tray_agent.core.model import Dose, Exercise, Intensity, Kind, Limits, Side
from tray_agent.core.programme import Programme, ProgrammeState
from tray_agent.core.progress import MovementState, hold_s, is_good, is_poor, new_week, reps, step
from tray_agent.core.rules import Rules

INTENSIVE = Rules(
    intensity=Intensity.INTENSIVE,
    interval_s=1800,
    hip_flexor_hold_s=45,
    hip_flexor_hold_least_s=30,
    hip_flexor_hold_most_s=60,
    glute_reps_most=12,
)
STRETCHED = Dose(left_s=300, right_s=300)


def week(
    done: int = 5, refused: int = 0, dose: Dose = STRETCHED, *, held_back: bool = False
) -> MovementState:
    return MovementState(done=done, refused=refused, dose=dose, held_back=held_back)


class TestAWeek:
    @pytest.mark.parametrize(
        ("lived", "good"),
        [
            (week(), True),
            (week(done=3, refused=2), True),
            (week(done=2, refused=2), False),
            (week(held_back=True), False),
            (week(dose=Dose(left_s=300, right_s=299)), False),
            (MovementState(), False),
        ],
    )
    def test_of_stretching_is_good_when_most_was_done_and_it_was_enough(
        self, lived: MovementState, good: bool
    ) -> None:
        assert is_good(Kind.HIP_FLEXOR, lived, 0) is good

    @pytest.mark.parametrize(("days", "good"), [(0, False), (1, False), (2, True), (5, True)])
    def test_of_strength_is_good_from_two_days_on(self, days: int, good: bool) -> None:
        assert is_good(Kind.GLUTES, week(dose=Dose(sets=4)), days) is good

    @pytest.mark.parametrize(
        ("done", "refused", "poor"),
        [(0, 0, False), (0, 3, False), (0, 4, True), (1, 3, True), (2, 4, False), (1, 2, False)],
    )
    def test_is_poor_when_hardly_anything_was_taken_up(self, done: int, refused: int, poor: bool) -> None:
        assert is_poor(week(done, refused)) is poor


class TestAStep:
    def test_is_15_s_or_2_reps_between_the_bounds_of_the_intensity(self) -> None:
        assert [hold_s(INTENSIVE, steps) for steps in range(-3, 4)] == [30, 30, 30, 45, 60, 60, 60]
        assert [reps(INTENSIVE, steps) for steps in range(-3, 4)] == [8, 8, 8, 10, 12, 12, 12]
        assert [hold_s(Rules(), steps) for steps in range(-2, 3)] == [15, 15, 30, 30, 30]

    @pytest.mark.parametrize("kind", [Kind.HIP_FLEXOR, Kind.GLUTES])
    def test_is_not_taken_beyond_them(self, kind: Kind) -> None:
        movement = MovementState()
        ways = []
        for by in (1, 1, 1, -1, -1, -1, 1):
            step(kind, movement, by, INTENSIVE)
            ways.append(movement.steps)
        assert ways == [1, 1, 1, 0, -1, -1, 0]

    def test_back_to_the_intensity_s_own_dose_is_always_open(self) -> None:
        movement = MovementState(steps=3)
        step(Kind.HIP_FLEXOR, movement, -1, Rules())
        assert movement.steps == 2


class TestNewWeek:
    def test_a_good_one_steps_up_and_counts_for_what_was_used(self) -> None:
        movement = week()
        movement.used, movement.good_weeks = ["a", "b"], {"a": 1}
        new_week(Kind.HIP_FLEXOR, movement, INTENSIVE, 0)
        assert movement == MovementState(steps=1, good_weeks={"a": 2, "b": 1})

    def test_a_poor_one_steps_down(self) -> None:
        movement = week(done=0, refused=9)
        new_week(Kind.HIP_FLEXOR, movement, INTENSIVE, 0)
        assert movement == MovementState(steps=-1)

    def test_any_other_changes_nothing(self) -> None:
        movement = week(done=2, refused=3)
        movement.steps, movement.used = 1, ["a"]
        new_week(Kind.HIP_FLEXOR, movement, INTENSIVE, 0)
        assert movement == MovementState(steps=1)

    def test_what_was_left_out_on_one_side_is_remembered(self) -> None:
        movement = MovementState(side=Side.LEFT, ahead=2)
        new_week(Kind.HIP_FLEXOR, movement, INTENSIVE, 0)
        assert (movement.first, movement.ahead) == (Side.RIGHT, 0)


class TestWeeks:
    """Weeks as they are lived: five days of four sessions, each of them done, skipped or too hard."""

    def live(self, lived: str, rules: Rules = INTENSIVE) -> list[float]:
        """The hold at the beginning of each week: `d`one, `s`kipped, too `h`ard once and then done."""
        one = Programme(rules, EXERCISES, ProgrammeState(), Limits())
        holds = []
        for number, how in enumerate(lived):
            for weekday in range(5):
                one.new_day(f"2026-{number:02}-{weekday}", f"2026-W{number:02}")
                for session in range(4):
                    if how == "s":
                        one.refused(Kind.HIP_FLEXOR, bout=float(session))
                        continue
                    routine = one.begin(Kind.HIP_FLEXOR)
                    if (weekday, session) == (0, 0):
                        holds.append(routine.steps[0].seconds)
                    if how == "h" and (weekday, session) == (1, 0):
                        one.too_hard(0)
                        one.stop()
                        continue
                    one.end(tuple(range(len(routine.steps))), 0)
            if how == "s":
                holds.append(hold_s(rules, one.state.movements[Kind.HIP_FLEXOR].steps))
        return holds

    def test_a_good_week_adds_15_s_up_to_the_most(self) -> None:
        assert self.live("dddd") == [45, 60, 60, 60]
        assert self.live("ddd", Rules()) == [30, 30, 30]

    def test_too_hard_steps_down_at_once_and_stays_there_for_a_week(self) -> None:
        assert self.live("ddhdd") == [45, 60, 60, 45, 60]

    def test_a_week_of_skips_steps_down_to_the_least(self) -> None:
        assert self.live("sssdd") == [45, 30, 30, 30, 45]


def test_a_prompt_refused_twice_in_one_bout_counts_once() -> None:
    one = Programme(Rules(), EXERCISES, ProgrammeState(), Limits())
    for bout in (0.0, 0.0, 50.0):
        one.refused(Kind.GLUTES, bout)
    assert one.state.movements[Kind.GLUTES].refused == 2


def test_skipped_and_ignored_prompts_are_refusals_and_snoozed_ones_are_not(new_day: NewDay) -> None:
    day: Playbook = new_day(Rules())
    refused = []
    for start, due, answer in (("0:00", "0:45", "snooze"), ("0:50", "1:35", "skip"), ("1:40", "2:25", "")):
        day.works(start, due)
        day.expects_prompt(due, "hip_flexor")
        if answer:
            day.answers(answer)
        else:
            day.works(clock(day.now + 20), "2:28")
        refused.append(day.engine.snapshot().programme.movements[Kind.HIP_FLEXOR].refused)
    assert refused == [0, 1, 2]


def test_harder_neighbours_join_after_two_good_weeks_with_the_easier_one() -> None:
    ladder = (
        Exercise("easy", Kind.HIP_FLEXOR),
        Exercise("middling", Kind.HIP_FLEXOR, easier="easy"),
        Exercise("hard", Kind.HIP_FLEXOR, easier="middling"),
    )
    one = Programme(Rules(), ladder, ProgrammeState(), Limits())
    seen = []
    for number in range(6):
        one.new_day(f"2026-{number:02}", f"2026-W{number:02}")
        names = set()
        for _ in range(12):
            routine = one.begin(Kind.HIP_FLEXOR)
            names.add(routine.steps[0].exercise)
            one.end((0, 1), 0)
        seen.append(len(names))
    assert seen == [1, 1, 2, 2, 3, 3]
