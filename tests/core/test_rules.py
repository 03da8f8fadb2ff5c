from __future__ import annotations

import dataclasses
import math

import pytest

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
        dataclasses.replace(Rules(), **{name: value})  # type: ignore[arg-type]
    assert str(refused.value) == sentence


def test_the_bounds_themselves_are_allowed() -> None:
    assert Rules(idle_threshold_s=90, prompts_a_day=0).prompts_a_day == 0
    assert Rules(idle_threshold_s=600, prompts_a_day=48).idle_threshold_s == 600


def test_a_video_cannot_hold_a_prompt() -> None:
    with pytest.raises(ValueError, match="quiet_signals holds media"):
        Rules(quiet_signals=frozenset({Signal.MEDIA}))
