"""Workers under the real engine."""

from __future__ import annotations

import pytest

from tray_agent.shell import catalogue, intensities, setting_values
from tray_agent.shell.hours import work_ranges
from tray_agent.shell.lab import workers
from tray_agent.shell.lab.figures import Figures
from tray_agent.shell.lab.life import Under, live

PEOPLE, EXERCISES = workers.load(), catalogue.load().exercises


def under(**values: object) -> Under:
    settings = setting_values.typed({key.replace("__", "."): value for key, value in values.items()})
    return Under(intensities.load(settings), work_ranges(settings))


def over_all(policy: Under, count: int = 6, days: int = 2) -> Figures:
    return sum((live(policy, PEOPLE, EXERCISES, number, days) for number in range(count)), Figures())


@pytest.fixture(scope="module")
def standard() -> Figures:
    return over_all(under())


def test_a_day_of_work_looks_like_one(standard: Figures) -> None:
    assert standard.days == 12
    assert 3 < standard.sitting_s / 3600 / standard.days < 10
    assert 0 < standard.prompts / standard.days < 12
    answered = standard.started + standard.snoozed + standard.skipped + standard.ignored
    assert 0 < answered <= standard.prompts
    assert standard.over_30 >= standard.over_45 >= standard.over_60 >= standard.over_90


def test_the_same_workers_come_to_the_same_figures(standard: Figures) -> None:
    assert over_all(under()) == standard


def test_who_is_asked_for_nothing_gets_no_prompts() -> None:
    nothing = under(prompts__stand_up=False, prompts__hip_flexor=False, prompts__glutes=False)
    assert over_all(nothing, 2).prompts == 0


def test_prompts_outside_the_hours_are_none() -> None:
    assert over_all(under(hours__ranges=("sun 01:00-02:00",)), 2).prompts == 0


def test_more_is_asked_at_a_higher_intensity(standard: Figures) -> None:
    gentle, intensive = over_all(under(intensity="gentle")), over_all(under(intensity="intensive"))
    assert gentle.prompts < standard.prompts < intensive.prompts


def test_what_is_held_back_in_calls_is_counted(standard: Figures) -> None:
    assert standard.held > 0
    free = over_all(under(quiet__call=False))
    assert free.held < standard.held
