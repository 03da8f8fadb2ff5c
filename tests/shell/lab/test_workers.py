"""Made-up workers: the same number is the same person, and their days are days of work."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

import pytest

from tray_agent.core import events as ev
from tray_agent.core.model import Do, Insistence, Signal
from tray_agent.shell.lab import people
from tray_agent.shell.lab.workers import DAY_S, Worker
from tray_agent.shell.trace import Happening, Slept

PEOPLE = people.load()
BREAK_S = 180.0
EVERYBODY = range(10)


class Screen:
    """An agent whose prompts show for as long as `shows_s`, and whose routines end with the break."""

    routine_ends = math.inf

    def __init__(self, shows_s: float = 120.0) -> None:
        self.shows_s, self.asked_at = shows_s, -math.inf

    def asks(self, now: float) -> bool:
        return now - self.asked_at <= self.shows_s


def worker(
    number: int = 1, insistence: Insistence = Insistence.NOTIFY, screen: Screen | None = None
) -> Worker:
    return Worker(PEOPLE, number, insistence, BREAK_S, screen or Screen())


def lived(who: Worker, days: int = 1) -> list[tuple[float, Happening]]:
    return list(who.days(days))


def test_the_same_number_lives_the_same_days_and_another_does_not() -> None:
    assert lived(worker(), 3) == lived(worker(), 3)
    assert lived(worker(1)) != lived(worker(2))


@pytest.mark.parametrize("number", EVERYBODY)
def test_time_never_goes_back_and_days_are_working_days(number: int) -> None:
    days = lived(worker(number), 10)
    times = [t for t, _happening in days]
    assert times == sorted(times)
    woke = [t for t, happening in days if happening == Slept(on=False)]
    assert [int(t // DAY_S) for t in woke] == [0, 1, 2, 3, 4, 7, 8, 9, 10, 11]


@pytest.mark.parametrize("number", EVERYBODY)
def test_nobody_is_off_the_chair_twice_at_once_nor_in_a_call(number: int) -> None:
    who = worker(number)
    days = lived(who, 5)
    ends = [moment for span in who.off_chair for moment in span]
    assert ends == sorted(ends)
    calls = [(t, event.on) for t, event in days if isinstance(event, ev.Context)]
    assert all(event.signal is Signal.CALL for _t, event in days if isinstance(event, ev.Context))
    for (began, on), (ended, off) in pairwise(calls):
        if on:
            assert not off
            assert not any(began < start < ended for start, _end in who.off_chair)


def test_a_day_has_bouts_and_breaks_as_were_measured_in_offices() -> None:
    """Ryan 2011: 27 +- 7 bouts a day; Evans 2012: 3.7 +- 1.4 of them over 30 minutes."""
    bouts: list[float] = []
    for number in range(60):
        who = worker(number)
        lived(who)
        bouts += [after[0] - before[1] for before, after in pairwise(who.off_chair)]
    assert len(bouts) / 60 == pytest.approx(27, abs=7)
    assert sum(bout > 1800 for bout in bouts) / 60 == pytest.approx(3.7, abs=1.4)


def asked_once(who: Worker, screen: Screen) -> list[tuple[float, Happening]]:
    """A day with one prompt at ten or soon after."""
    found: list[tuple[float, Happening]] = []
    for t, happening in who.days(1):
        if t > 10 * 3600 and screen.asked_at < 0:
            screen.asked_at = t
            who.asked(t)
        found.append((t, happening))
    return found


def answers(count: int, insistence: Insistence = Insistence.NOTIFY, shows_s: float = 120.0) -> Counter[Do]:
    """What so many workers answer to one prompt each."""
    found: Counter[Do] = Counter()
    for number in range(count):
        screen = Screen(shows_s)
        day = asked_once(worker(number, insistence, screen), screen)
        found.update(event.do for _t, event in day if isinstance(event, ev.Answer))
    return found


def test_answers_come_in_their_shares_and_some_let_it_pass() -> None:
    found = answers(150)
    assert found[Do.START] > found[Do.SNOOZE] > found[Do.SKIP] > 0
    assert found.total() - found[Do.DISMISS] < 150


def test_nobody_answers_a_prompt_that_is_gone() -> None:
    assert answers(60, shows_s=-1.0) == Counter()


def test_whoever_starts_is_off_the_chair_and_some_stop_on_the_way() -> None:
    lengths = set()
    for number in range(80):
        screen = Screen()
        who = worker(number, screen=screen)
        for t, event in asked_once(who, screen):
            if event == ev.Answer(Do.START):
                lengths |= {end - start for start, end in who.off_chair if start == t}
    assert lengths == {BREAK_S + 5, BREAK_S / 3 + 5}


def test_a_routine_is_done_to_its_end() -> None:
    ends = 12 * 3600.0
    ups = []
    for number in range(40):
        screen = Screen()
        screen.routine_ends = ends
        who = worker(number, screen=screen)
        asked_once(who, screen)
        ups += [end for _start, end in who.off_chair]
    assert ends + 5 in ups


def test_an_icon_alone_is_followed_less_often() -> None:
    icon, note, window = (
        answers(150, each)[Do.START] for each in (Insistence.ICON, Insistence.NOTIFY, Insistence.WINDOW)
    )
    assert icon < note <= window


def test_people_tire_of_it_from_week_to_week() -> None:
    first, later = worker(), worker()
    lived(first, 5)
    lived(later, 10)
    assert later.accepts - first.accepts == pytest.approx(first.accepts * PEOPLE.reactions.fades)
