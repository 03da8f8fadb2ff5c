from __future__ import annotations

import math
from pathlib import Path
from typing import Literal

import pytest

from tray_agent.core.model import Insistence, Intensity, Kind, Signal
from tray_agent.core.rules import Rules
from tray_agent.shell import intensities, resources
from tray_agent.shell.schema import Activity, Breaks, Exercises, Prompts, Quiet, Settings

FILE = resources.config("intensity.toml")


def test_the_standard_intensity_is_what_rules_default_to() -> None:
    assert intensities.load(Settings()) == Rules()


@pytest.mark.parametrize(
    ("threshold_s", "long_silences", "silence_s"),
    [(150, False, 150), (150, True, 300), (90, True, 300), (600, True, 600), (90, False, 90)],
)
def test_people_with_long_silences_are_given_the_time(
    threshold_s: int, long_silences: bool, silence_s: float
) -> None:
    activity = Activity(idle_threshold_s=threshold_s, long_silences=long_silences)
    assert intensities.load(Settings(activity=activity)).idle_threshold_s == silence_s


@pytest.mark.parametrize(("at_most_h", "hold_s"), [(0, math.inf), (1, 3600), (4, 14400)])
def test_quiet_lasts_as_long_as_it_may(at_most_h: int, hold_s: float) -> None:
    assert intensities.load(Settings(quiet=Quiet(at_most_h=at_most_h))).hold_at_most_s == hold_s


def test_more_intensity_asks_for_more() -> None:
    gentle, standard, intensive = (intensities.numbers_of(each, FILE) for each in Intensity)
    for numbers in zip(
        *(
            (n.hip_flexor_sessions, n.glute_sets, n.break_s, n.prompts_a_day, n.aim_breaks)
            for n in (gentle, standard, intensive)
        ),
        strict=True,
    ):
        assert list(numbers) == sorted(set(numbers))
    assert gentle.interval_s > standard.interval_s > intensive.interval_s
    assert gentle.aim_longest_bout_s > standard.aim_longest_bout_s > intensive.aim_longest_bout_s


@pytest.mark.parametrize(
    ("intensity", "week_s"),
    [("gentle", 5 * 60), ("standard", 7.5 * 60), ("intensive", 15 * 60)],
)
def test_a_working_weeks_stretching_reaches_five_minutes_a_side(intensity: str, week_s: float) -> None:
    n = intensities.numbers_of(Intensity(intensity), FILE)
    assert 5 * n.hip_flexor_sessions * n.hip_flexor_sets * n.hip_flexor_hold_s == week_s


def test_the_persons_own_settings_join_in() -> None:
    rules = intensities.load(
        Settings(
            intensity="gentle",
            insistence="window",
            activity=Activity(idle_threshold_s=300),
            quiet=Quiet(sharing=False, dnd=False),
            prompts=Prompts(glutes=False, ask_were_you_up=False),
            exercises=Exercises(floor=False),
        )
    )
    assert (rules.interval_s, rules.snoozes) == (3600, 3)
    assert (rules.insistence, rules.idle_threshold_s) == (Insistence.WINDOW, 300)
    assert rules.quiet_signals == {Signal.CALL, Signal.FULLSCREEN}
    assert rules.kinds == {Kind.STAND_UP, Kind.HIP_FLEXOR}
    assert not rules.ask_were_you_up
    assert not rules.floor_exercises


def test_doses_are_what_the_programme_promises() -> None:
    rules = [intensities.load(Settings(intensity=each.value)) for each in Intensity]
    assert [
        (r.hip_flexor_sessions, r.hip_flexor_sets, r.hip_flexor_hold_s, r.hip_flexor_hold_most_s)
        for r in rules
    ] == [(1, 2, 30, 30), (3, 1, 30, 30), (4, 1, 45, 60)]
    assert [(r.glute_sets, r.glute_reps, r.glute_reps_most, r.glute_days) for r in rules] == [
        (1, 8, 8, 3),
        (2, 10, 10, 5),
        (3, 10, 12, 5),
    ]
    assert [r.intensity for r in rules] == list(Intensity)


@pytest.mark.parametrize(
    ("wanted", "factor", "expire_s"),
    [("x1", 1.0, 120), ("x1_5", 1.5, 180), ("x2", 2.0, 240), ("x10", 10.0, 1200), ("off", None, math.inf)],
)
def test_who_needs_more_time_has_it(
    wanted: Literal["x1", "x1_5", "x2", "x10", "off"], factor: float | None, expire_s: float
) -> None:
    settings = Settings(breaks=Breaks(time_limits=wanted))
    assert intensities.time_limit(settings) == factor
    assert intensities.load(settings).expire_s == expire_s


def test_office_clothes_are_a_rule() -> None:
    assert intensities.load(Settings(exercises=Exercises(office_clothes=True))).office_clothes


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("interval_s = 2700", "", "`interval_s`"),
        ("interval_s = 2700", "interval_s = 2700\ninterval_min = 45", "`interval_min`"),
        ("interval_s = 2700", "interval_s = 1", "[standard]: interval_s is 1"),
        ("hip_flexor_hold_most_s = 30", "hip_flexor_hold_most_s = 20", "allowed are 15.0 to 20.0"),
        ("interval_s = 2700", 'interval_s = "45 min"', "interval_s"),
        ("interval_s = 2700", "interval_s = = 2700", "intensity.toml"),
        ("[standard]", "[brutal]", "brutal"),
    ],
)
def test_a_bad_file_is_one_sentence(tmp_path: Path, old: str, new: str, fault: str) -> None:
    copy = tmp_path / "intensity.toml"
    copy.write_text(FILE.read_text().replace(old, new))
    with pytest.raises(ValueError, match=r"intensity\.toml") as raised:
        intensities.load(Settings(), copy)
    assert fault in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "intensity.toml"
    copy.write_text(FILE.read_text().partition("[standard]")[0])
    with pytest.raises(ValueError, match=r"there is no table \[standard\]"):
        intensities.load(Settings(), copy)
