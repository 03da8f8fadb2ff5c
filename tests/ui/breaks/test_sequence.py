"""A routine in time: single turns as timelines, the laws over any routine and anything a person may do."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.briefs import FIGURE, FIRST, LEFT, LIFTS, RIGHT, SECOND, WALK
from tray_agent.core.model import Side
from tray_agent.ui.breaks.brief import Step
from tray_agent.ui.breaks.sequence import GET_READY_S, REST_S, SWITCH_S, Beat, Phase, Sequence


def steps(*raw: dict[str, Any]) -> tuple[Step, ...]:
    return tuple(msgspec.convert(each, Step) for each in raw)


def phases(sequence: Sequence) -> list[Phase]:
    """Every phase of it as time runs."""
    seen = [sequence.phase]
    while not sequence.over:
        sequence.advance(sequence.left_s or 0.0)
        seen.append(sequence.phase)
    return seen


def test_each_step_is_prepared_as_it_needs() -> None:
    assert phases(Sequence(steps(LEFT, RIGHT, FIRST, SECOND, WALK))) == [
        *(Phase.GET_READY, Phase.HOLD, Phase.SWITCH_SIDES, Phase.HOLD),
        *(Phase.GET_READY, Phase.REPS, Phase.REST, Phase.REPS),
        *(Phase.GET_READY, Phase.HOLD, Phase.OVER),
    ]


def test_time_runs_through_the_phases_and_carries_over() -> None:
    sequence = Sequence(steps(LEFT, RIGHT))
    assert not sequence.advance(GET_READY_S - 1)
    assert sequence.advance(11.0)
    assert (sequence.phase, sequence.left_s, sequence.share) == (Phase.HOLD, 20.0, 10 / 30)
    assert sequence.advance(20.0 + SWITCH_S + 5.0)
    assert (sequence.step.side, sequence.left_s, sequence.whole) == (Side.RIGHT, 25.0, {0})
    assert sequence.advance(100.0)
    assert (sequence.over, sequence.whole, sequence.left_s, sequence.share) == (True, {0, 1}, None, 0.0)


@pytest.mark.parametrize(
    ("raw", "usual_s"), [((LEFT,), GET_READY_S), ((LEFT, RIGHT), SWITCH_S), ((FIRST, SECOND), REST_S)]
)
def test_preparing_takes_as_long_as_the_person_needs(raw: tuple[dict[str, Any], ...], usual_s: float) -> None:
    for limit in (1.0, 3.0):
        sequence = Sequence(steps(*raw), limit, index=len(raw) - 1)
        assert sequence.seconds == usual_s * limit


def test_without_a_limit_it_waits_for_the_word() -> None:
    sequence = Sequence(steps(LEFT, RIGHT), None)
    assert not sequence.advance(3600.0)
    assert (sequence.left_s, sequence.share) == (None, 0.0)
    sequence.go_on()
    assert sequence.left_s == 30.0
    sequence.advance(31.0)
    assert sequence.phase is Phase.SWITCH_SIDES
    assert not sequence.advance(3600.0)


def test_a_word_ends_the_preparation_and_then_the_step() -> None:
    sequence = Sequence(steps(LEFT, RIGHT))
    sequence.go_on()
    assert (sequence.phase, sequence.whole) == (Phase.HOLD, set())
    sequence.go_on()
    assert (sequence.phase, sequence.whole) == (Phase.SWITCH_SIDES, {0})


def test_a_skipped_step_is_not_done() -> None:
    sequence = Sequence(steps(LEFT, RIGHT))
    sequence.go_on()
    sequence.skip()
    assert (sequence.index, sequence.preparing, sequence.whole) == (1, True, set())
    sequence.skip()
    assert sequence.over
    assert sequence.whole == set()


def test_back_begins_the_step_before_again_and_keeps_what_was_whole() -> None:
    sequence = Sequence(steps(LEFT, RIGHT))
    sequence.go_on()
    sequence.go_on()
    sequence.back()
    assert (sequence.index, sequence.phase, sequence.whole) == (0, Phase.GET_READY, {0})
    sequence.go_on()
    sequence.advance(3.0)
    sequence.back()
    assert (sequence.index, sequence.elapsed_s) == (0, 0.0)


def test_what_is_left_out_is_never_played_again() -> None:
    sequence = Sequence(steps(WALK, LEFT, LIFTS, RIGHT, WALK), index=1)
    sequence.leave_out("split_stance")
    assert sequence.step.title == "Leg lift"
    assert sequence.following is not None
    assert sequence.following.title == "Walk"
    sequence.back()
    assert sequence.index == 0
    sequence.go_on()
    sequence.go_on()
    assert sequence.index == 2


def test_other_steps_take_the_place_of_those_to_come() -> None:
    sequence = Sequence(steps(LEFT, RIGHT))
    sequence.go_on()
    sequence.go_on()
    sequence.go_on()
    sequence.paused = True
    sequence.swap(steps(LEFT, WALK), 1)
    assert (sequence.step.title, sequence.phase) == ("Walk", Phase.GET_READY)
    assert (sequence.whole, sequence.paused) == ({0}, False)
    sequence.swap(steps(LEFT), 1)
    assert sequence.over
    sequence.swap((), 0)
    assert sequence.over


def test_reps_are_counted_at_their_pace() -> None:
    sequence = Sequence(steps(LIFTS), preparing=False)
    assert (sequence.rep, sequence.rep_share) == (1, 0.0)
    sequence.advance(7.5)
    assert (sequence.rep, sequence.rep_share) == (2, 0.5)
    sequence.advance(42.4)
    assert sequence.rep == 10
    assert Sequence(steps(LEFT), preparing=False).rep == 0


def test_time_after_the_last_rep_still_shows_the_last_rep() -> None:
    sequence = Sequence(steps({**LIFTS, "seconds": 60.0}), preparing=False)
    sequence.advance(58.0)
    assert sequence.rep == 10


@pytest.mark.parametrize("figure", [None, FIGURE])
def test_a_rep_goes_out_stays_and_comes_back(figure: object) -> None:
    sequence = Sequence(steps({**LIFTS, "figure": figure}), preparing=False)
    beats = []
    for _second in range(5):
        beats.append(sequence.beat)
        sequence.advance(1.0)
    assert beats == [Beat.OUT, Beat.OUT, Beat.STAY, Beat.STAY, Beat.BACK]


ANY_STEP = st.builds(
    lambda exercise, side, seconds, reps: Step(
        title=exercise, exercise=exercise, side=side, seconds=seconds, reps=reps
    ),
    st.sampled_from("abc"),
    st.sampled_from([None, *Side]),
    st.floats(0.5, 90.0),
    st.sampled_from([0, 0, 8]),
)
ROUTINES = st.lists(ANY_STEP, min_size=1, max_size=6).map(tuple)
LIMITS = st.sampled_from([None, 1.0, 3.0, 10.0])
ACTS = st.one_of(
    st.floats(0.0, 200.0),
    st.sampled_from(["pause", "back", "skip", "go_on", "leave_out"]),
    st.tuples(ROUTINES, st.integers(0, 6)),
)


def act(sequence: Sequence, what: Any) -> None:
    match what:
        case float():
            sequence.advance(what)
        case "pause":
            sequence.paused = not sequence.paused
        case "leave_out":
            sequence.leave_out(sequence.step.exercise)
        case str():
            getattr(sequence, what)()
        case _:
            other, at = what
            sequence.swap(sequence.steps[:at] + other, min(at, len(sequence.steps)))


@given(ROUTINES, LIMITS, st.lists(ACTS, max_size=30))
def test_whatever_a_person_does_it_stays_sound(
    routine: tuple[Step, ...], limit: float | None, acts: list[Any]
) -> None:
    sequence = Sequence(routine, limit)
    for what in acts:
        act(sequence, what)
        assert sequence.whole <= set(range(len(sequence.steps)))
        assert not (sequence.left_out & {sequence.index})
        assert sequence.elapsed_s >= 0.0
        assert 0.0 <= sequence.share <= 1.0
        assert sequence.left_s is None or sequence.left_s >= 0.0
        assert sequence.rep <= sequence.step.reps


@given(ROUTINES, LIMITS, st.lists(st.floats(0.01, 20.0), max_size=40))
def test_time_never_runs_backward(
    routine: tuple[Step, ...], limit: float | None, strides: list[float]
) -> None:
    sequence = Sequence(routine, limit)

    def place() -> tuple[int, bool, float]:
        return sequence.index, not sequence.preparing, sequence.elapsed_s

    for stride in strides:
        before = place()
        sequence.advance(stride)
        assert place() >= before


@given(ROUTINES, LIMITS)
def test_every_step_is_reached_and_whole_in_the_end(routine: tuple[Step, ...], limit: float | None) -> None:
    sequence = Sequence(routine, limit)
    reached = []
    while not sequence.over:
        reached.append(sequence.index)
        sequence.go_on()
        sequence.advance(sequence.left_s or 0.0)
    assert reached == list(range(len(routine)))
    assert sequence.whole == set(reached)


@given(ROUTINES, LIMITS, st.floats(0.0, 500.0), st.floats(0.0, 500.0))
def test_a_pause_holds(routine: tuple[Step, ...], limit: float | None, before: float, during: float) -> None:
    sequence = Sequence(routine, limit)
    sequence.advance(before)
    place = sequence.index, sequence.phase, sequence.elapsed_s
    sequence.paused = True
    assert not sequence.advance(during)
    assert (sequence.index, sequence.phase, sequence.elapsed_s) == place


@given(ROUTINES, st.integers(1, 5))
def test_back_and_then_on_is_where_one_was(routine: tuple[Step, ...], steps_on: int) -> None:
    sequence = Sequence(routine)
    for _step in range(min(steps_on, len(routine) - 1)):
        sequence.skip()
    at, phase = sequence.index, sequence.phase
    sequence.back()
    assert sequence.index == max(0, at - 1)
    if at:
        sequence.skip()
    assert (sequence.index, sequence.phase, sequence.elapsed_s) == (at, phase, 0.0)
