"""Workers under the real engine."""

from __future__ import annotations

import pytest

from tray_agent.shell import catalogue, intensities, setting_values
from tray_agent.shell.hours import work_ranges
from tray_agent.shell.lab import people
from tray_agent.shell.lab.figures import Figures
from tray_agent.shell.lab.life import Under, live

PEOPLE, EXERCISES = people.load(), catalogue.load().exercises


def under(**values: object) -> Under:
    settings = setting_values.typed({key.replace("__", "."): value for key, value in values.items()})
    return Under(intensities.load(settings), work_ranges(settings))


def over_all(policy: Under, count: int = 5, days: int = 2) -> Figures:
    return sum((live(policy, PEOPLE, EXERCISES, number, days) for number in range(count)), Figures())


@pytest.fixture(scope="module")
def standard() -> Figures:
    return over_all(under())


def test_a_day_of_work_looks_like_one(standard: Figures) -> None:
    assert standard.days == 10
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


def test_the_dose_is_held_against_what_the_intensity_asks_for(standard: Figures) -> None:
    assert standard.hip_flexor_aim_s == standard.days * 3 * 30 * 2
    assert standard.glute_aim_reps == standard.days * 2 * 10
    assert 0 < standard.hip_flexor_s < standard.hip_flexor_aim_s
    assert over_all(under(prompts__hip_flexor=False), 2).hip_flexor_aim_s == 0
    assert over_all(under(intensity="gentle"), 2, 5).glute_aim_reps == 2 * 3 * 8


def test_what_was_assumed_goes_by_how_hard_it_presses(standard: Figures) -> None:
    icon = over_all(under(insistence="icon"))
    assert icon.accepts == pytest.approx(standard.accepts * PEOPLE.reactions.icon)


def test_weekends_are_free() -> None:
    assert over_all(under(hours__ranges=("sat-sun 00:00-24:00",)), 2, 7).prompts == 0
