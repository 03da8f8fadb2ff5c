"""Who works in the lab, held against what was measured in offices."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tray_agent.core.model import Insistence
from tray_agent.shell.lab import people

PEOPLE = people.load()


def test_the_shares_make_a_whole() -> None:
    assert sum(profile.share for profile in PEOPLE.profiles.values()) == pytest.approx(1)
    assert sum(absence.share for absence in PEOPLE.absences) == pytest.approx(1)
    for profile in PEOPLE.profiles.values():
        assert profile.start + profile.snooze + profile.skip <= 1


def test_each_profile_has_its_share_of_the_workers() -> None:
    found = Counter(id(PEOPLE.profile(number)) for number in range(4000))
    for profile in PEOPLE.profiles.values():
        assert found[id(profile)] / 4000 == pytest.approx(profile.share, abs=0.03)


def test_half_of_the_first_prompts_are_followed_as_was_found_in_offices() -> None:
    followed = sum(profile.share * profile.start for profile in PEOPLE.profiles.values())
    assert followed == pytest.approx(0.5, abs=0.05)


def test_bouts_are_as_long_as_thigh_sensors_found_them() -> None:
    dice = people.chance("test", 1)
    bouts = [PEOPLE.sits_for(1.0, dice) / 60 for _ in range(20_000)]
    assert sum(bout > 20 for bout in bouts) / len(bouts) == pytest.approx(0.20, abs=0.03)
    assert sum(bout > 30 for bout in bouts) / len(bouts) == pytest.approx(0.13, abs=0.03)
    assert sum(bout > 55 for bout in bouts) / len(bouts) == pytest.approx(0.05, abs=0.02)


def test_absences_are_mostly_short_and_longer_ones_are_locked_more_often() -> None:
    dice = people.chance("test", 2)
    every = [PEOPLE.absence(dice) for _ in range(4000)]
    assert sum(seconds < 120 for seconds, _locks in every) / 4000 == pytest.approx(0.6, abs=0.04)
    assert max(locks for seconds, locks in every if seconds < 60) < min(
        locks for seconds, locks in every if seconds > 200
    )


def test_silences_are_as_recorded_pauses_less_the_absences() -> None:
    dice = people.chance("test", 3)
    every = [PEOPLE.silence(dice) for _ in range(4000)]
    assert min(every) >= 60
    assert sum(seconds > 120 for seconds in every) / 4000 == pytest.approx(0.37, abs=0.05)
    assert sum(seconds > 300 for seconds in every) / 4000 < 0.05


def test_an_icon_pulls_less_than_a_note_and_a_window_more() -> None:
    icon, note, window = (
        PEOPLE.reactions.pull(each) for each in (Insistence.ICON, Insistence.NOTIFY, Insistence.WINDOW)
    )
    assert icon < note < window


def test_what_is_wrong_in_the_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "lab.toml"
    file.write_text("[reactions]\nwindow = 'much'\n")
    with pytest.raises(ValueError, match=r"lab\.toml"):
        people.load(file)
