"""Made-up workers: the same number is the same person, and their days are days of work."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tray_agent.core import events as ev
from tray_agent.core.model import Do, Insistence
from tray_agent.shell.lab import workers
from tray_agent.shell.lab.workers import DAY_S, Worker
from tray_agent.shell.trace import Happening, Slept

PEOPLE = workers.load()
BREAK_S = 180.0


def worker(number: int = 1, profile: str = "clerk", insistence: Insistence = Insistence.NOTIFY) -> Worker:
    return Worker(PEOPLE.profiles[profile], PEOPLE.reactions, number, insistence, BREAK_S)


def lived(who: Worker, days: int = 1) -> list[tuple[float, Happening]]:
    return list(who.days(days))


def test_the_shares_of_all_profiles_make_a_whole() -> None:
    assert sum(profile.share for profile in PEOPLE.profiles.values()) == pytest.approx(1)
    for profile in PEOPLE.profiles.values():
        assert profile.start + profile.snooze + profile.skip <= 1


def test_each_profile_has_its_share_of_the_workers() -> None:
    found = Counter(workers.profile_of(PEOPLE, number) for number in range(4000))
    for name, profile in PEOPLE.profiles.items():
        assert found[name] / 4000 == pytest.approx(profile.share, abs=0.03)


def test_the_same_number_lives_the_same_days_and_another_does_not() -> None:
    assert lived(worker(), 3) == lived(worker(), 3)
    assert lived(worker(1)) != lived(worker(2))


@pytest.mark.parametrize("profile", PEOPLE.profiles)
def test_time_never_goes_back_and_days_are_working_days(profile: str) -> None:
    days = lived(worker(profile=profile), 10)
    times = [t for t, _happening in days]
    assert times == sorted(times)
    woke = [t for t, happening in days if happening == Slept(on=False)]
    assert [int(t // DAY_S) for t in woke] == [0, 1, 2, 3, 4, 7, 8, 9, 10, 11]


def test_times_off_the_chair_do_not_overlap() -> None:
    who = worker(profile="manager")
    lived(who, 5)
    ends = [moment for span in who.off_chair for moment in span]
    assert ends == sorted(ends)


def asked_once(who: Worker) -> list[tuple[float, Happening]]:
    """A day with one prompt at ten or soon after."""
    found: list[tuple[float, Happening]] = []
    for t, happening in who.days(1):
        if t > 10 * 3600 and not any(before > 10 * 3600 for before, _event in found):
            who.asked(t)
        found.append((t, happening))
    return found


def answers(count: int, insistence: Insistence = Insistence.NOTIFY) -> Counter[Do]:
    """What so many clerks answer to one prompt each."""
    every = (asked_once(worker(number, insistence=insistence)) for number in range(count))
    return Counter(event.do for day in every for _t, event in day if isinstance(event, ev.Answer))


def test_answers_come_in_their_shares_and_some_let_it_pass() -> None:
    found = answers(120)
    assert found[Do.START] > found[Do.SNOOZE] > found[Do.SKIP] > 0
    assert found.total() < 120


def test_whoever_starts_is_off_the_chair() -> None:
    for number in range(20):
        who = worker(number)
        for t, event in asked_once(who):
            if event == ev.Answer(Do.START):
                (span,) = (span for span in who.off_chair if span[0] == t)
                assert span[1] - t >= BREAK_S / 3


def test_an_icon_alone_is_followed_less_often() -> None:
    icon, note, window = (
        answers(120, each)[Do.START] for each in (Insistence.ICON, Insistence.NOTIFY, Insistence.WINDOW)
    )
    assert icon < note <= window


def test_what_is_wrong_in_the_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "lab.toml"
    file.write_text("[reactions]\nwindow = 'much'\n")
    with pytest.raises(ValueError, match=r"lab\.toml"):
        workers.load(file)
