from __future__ import annotations

import math

import pytest
from msgspec import structs

from tray_agent.core.model import Signal
from tray_agent.core.rules import Rules


def test_the_defaults_are_the_standard_intensity() -> None:
    rules = Rules()
    assert (rules.interval_s, rules.break_s, rules.snooze_s) == (45 * 60, 3 * 60, 10 * 60)
    assert (rules.snoozes, rules.prompts_a_day, rules.back_off_s) == (2, 12, 20 * 60)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("idle_threshold_s", 89, "idle_threshold_s is 89, allowed are 90 to 600"),
        ("idle_threshold_s", 601, "idle_threshold_s is 601, allowed are 90 to 600"),
        ("interval_s", 0, "interval_s is 0, allowed are 300 to 14400"),
        ("snoozes", -1, "snoozes is -1, allowed are 0 to 10"),
        ("skip_factor", math.nan, "skip_factor is nan, allowed are 1 to 4"),
    ],
)
def test_a_number_out_of_bounds_is_refused_by_name(name: str, value: float, sentence: str) -> None:
    with pytest.raises(ValueError) as refused:
        structs.replace(Rules(), **{name: value})  # type: ignore[arg-type]
    assert str(refused.value) == sentence


def test_the_bounds_themselves_are_allowed() -> None:
    assert Rules(idle_threshold_s=90, prompts_a_day=0).prompts_a_day == 0
    assert Rules(idle_threshold_s=600, prompts_a_day=48).idle_threshold_s == 600


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"hip_flexor_hold_s": 45}, "hip_flexor_hold_s is 45, allowed are 15.0 to 30.0"),
        ({"glute_reps": 6}, "glute_reps is 6, allowed are 8 to 10"),
        ({"glute_reps_most": 9}, "glute_reps is 10, allowed are 8 to 9"),
    ],
)
def test_a_dose_lies_between_what_it_may_become(changed: dict[str, int], sentence: str) -> None:
    with pytest.raises(ValueError) as refused:
        structs.replace(Rules(), **changed)  # type: ignore[arg-type]
    assert str(refused.value) == sentence


def test_a_prompt_may_wait_for_ever_but_not_for_a_moment() -> None:
    assert Rules(expire_s=math.inf).expire_s == math.inf
    with pytest.raises(ValueError, match="expire_s is 29, allowed are 30 to inf"):
        Rules(expire_s=29)


def test_a_video_cannot_hold_a_prompt() -> None:
    with pytest.raises(ValueError, match="quiet_signals holds media"):
        Rules(quiet_signals=frozenset({Signal.MEDIA}))
