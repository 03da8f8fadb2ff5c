from __future__ import annotations

import pytest

from tray_agent.core.model import Dose, Kind, Reason, Routine, Side, Signal, Step


def test_doses_add_up() -> None:
    stretch, strength = Dose(left_s=30, right_s=20), Dose(sets=1, reps=10, standing_s=90)
    assert stretch + strength + strength == Dose(30, 20, 2, 20, 180)
    assert stretch + Dose() == stretch


def test_a_side_has_another() -> None:
    assert Side.LEFT.other is Side.RIGHT
    assert Side.RIGHT.other is Side.LEFT


def test_a_routine_takes_as_long_as_its_steps() -> None:
    steps = (
        Step("split_stance", Side.LEFT, 30),
        Step("split_stance", Side.RIGHT, 30),
        Step("walk", None, 120),
    )
    assert Routine(1, Kind.HIP_FLEXOR, steps).seconds == 180
    assert Routine(1, Kind.STAND_UP, ()).seconds == 0


def test_what_can_hold_a_prompt_is_a_reason_of_the_same_name() -> None:
    assert {Reason(signal.value) for signal in Signal if signal is not Signal.MEDIA} == {
        Reason.CALL,
        Reason.SHARING,
        Reason.FULLSCREEN,
        Reason.DND,
    }


def test_the_words_are_frozen() -> None:
    with pytest.raises(AttributeError, match="immutable"):
        Dose().sets = 1  # type: ignore[misc]


def test_codes_are_the_contract() -> None:
    assert " ".join(Kind) == "stand_up hip_flexor glutes"
    assert " ".join(Reason) == (
        "outside_hours paused locked asleep idle standing unknown call sharing fullscreen dnd "
        "day_start day_end spacing daily_cap back_off typing"
    )
