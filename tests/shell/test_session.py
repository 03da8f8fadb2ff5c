"""Lock and sleep as timelines: the news, the clocks and the person, through the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shell.test_agent import MIN, MONDAY_9, Life
from tests.support.fake_loop import FakeLoop
from tests.support.fake_world import FakeMachine
from tray_agent.core import commands as do
from tray_agent.core import events as ev
from tray_agent.core.model import Posture, Signal
from tray_agent.ports import News
from tray_agent.shell.session import Session


class Day:
    """A person at work for 20 minutes already; what happens then, and what the engine makes of it."""

    def __init__(self, folder: Path, loop: FakeLoop, machine: FakeMachine) -> None:
        self.loop, self.machine = loop, machine
        self.life = Life(folder, loop, machine)
        self.agent = self.life.agent
        self.session = Session(self.agent)
        self.breaks: list[tuple[float, str]] = []
        handle = self.agent.engine.handle

        def watched(event: ev.Event, now: float) -> tuple[do.Command, ...]:
            commands = handle(event, now)
            taken = [command.taken for command in commands if isinstance(command, do.BreakTaken)]
            self.breaks += [((b.end or now) - b.start, b.cause.value) for b in taken]
            return commands

        self.agent.engine.handle = watched  # type: ignore[method-assign]
        loop.advance(20 * MIN)

    def told(self, *news: News) -> None:
        for each in news:
            self.session.told(each)

    def sleeps(self, seconds: float) -> None:
        """The machine sleeps and has woken: the clocks can tell, and nobody has looked yet."""
        self.machine.slept += seconds

    def hands_off_for(self, seconds: float) -> None:
        """No input for that long; the sensor says so as soon as it was asked to."""
        pause_s = self.life.activity.fine_s or 30.0
        self.loop.advance(pause_s)
        self.agent.tell(ev.Input(age=pause_s))
        self.loop.advance(seconds - pause_s)

    def types(self) -> None:
        self.agent.tell(ev.Input(ongoing=True))

    @property
    def posture(self) -> Posture:
        return self.agent.view().estimate.posture

    @property
    def quiet(self) -> tuple[str, ...]:
        return tuple(reason.value for reason in self.agent.view().quiet)


@pytest.fixture
def loop() -> FakeLoop:
    return FakeLoop()


@pytest.fixture
def machine(loop: FakeLoop) -> FakeMachine:
    return FakeMachine(loop, MONDAY_9)


@pytest.fixture
def day(tmp_path: Path, loop: FakeLoop, machine: FakeMachine) -> Day:
    return Day(tmp_path, loop, machine)


def test_sleep_that_is_announced_and_that_the_clocks_see_is_one_break(day: Day) -> None:
    day.told(News.SLEEPING)
    assert (day.posture, "asleep" in day.quiet) == (Posture.AWAY, True)
    day.sleeps(30 * MIN)
    day.told(News.WOKE)
    assert (day.posture, "asleep" in day.quiet) == (Posture.AWAY, False)
    day.types()
    assert day.posture is Posture.SEATED
    assert day.breaks == [(30 * MIN, "sleep")]


def test_it_is_still_one_when_the_end_is_announced_after_the_person_is_back(day: Day) -> None:
    day.told(News.SLEEPING)
    day.sleeps(30 * MIN)
    day.agent.look_at_clocks()
    day.types()
    day.loop.advance(3)
    day.life.activity.idle = 0.0
    day.told(News.WOKE)
    day.loop.advance(10 * MIN)
    assert day.posture is Posture.SEATED
    assert day.breaks == [(30 * MIN, "sleep")]
    assert day.life.sitting_min() == pytest.approx(10.05)


def test_an_announcement_that_is_read_only_after_waking(day: Day) -> None:
    """The machine does not wait for us: it may be asleep before the news is read."""
    day.sleeps(30 * MIN)
    day.told(News.SLEEPING, News.WOKE)
    assert (day.posture, "asleep" in day.quiet) == (Posture.AWAY, False)
    day.loop.advance(5)
    day.types()
    assert day.breaks == [(30 * MIN + 5, "sleep")]


def test_sleep_that_nobody_announced(day: Day) -> None:
    day.sleeps(30 * MIN)
    day.agent.look_at_clocks()
    day.types()
    assert day.breaks == [(30 * MIN, "sleep")]


def test_sleep_that_is_called_off_was_a_pause(day: Day) -> None:
    """Announced, but something held it back: the person has gone on typing."""
    day.told(News.SLEEPING)
    day.loop.advance(5)
    day.life.activity.idle = 0.5
    day.told(News.WOKE)
    assert (day.posture, "asleep" in day.quiet) == (Posture.SEATED, False)
    assert day.life.sitting_min() == pytest.approx(20 + 5 / MIN)
    assert day.breaks == []


def test_announced_sleep_of_which_no_clock_knows(day: Day) -> None:
    """Nobody came near for half an hour of a sleep that did not come about."""
    day.told(News.SLEEPING)
    day.hands_off_for(30 * MIN)
    day.life.activity.idle = 30 * MIN + 1
    day.told(News.WOKE)
    assert day.posture is Posture.AWAY
    day.types()
    assert day.breaks == [(30 * MIN, "sleep")]


def test_a_machine_that_never_wakes_has_saved_all_that_matters(
    day: Day, tmp_path: Path, loop: FakeLoop, machine: FakeMachine
) -> None:
    """Why nothing asks the system to wait: the state is on the disk once the news is read."""
    day.told(News.SLEEPING)
    day.life.alarms.close()
    machine.slept += 8 * 60 * MIN
    again = Life(tmp_path, loop, machine)
    assert again.agent.view().today.breaks == 1
    assert again.agent.view().today.longest_bout_s == 20 * MIN


@pytest.mark.parametrize("sat_min", [44.9, 46], ids=["due soon", "due"])
@pytest.mark.parametrize("announced", [True, False])
def test_nothing_stale_is_asked_on_waking(day: Day, sat_min: float, *, announced: bool) -> None:
    """Sleep was the break: neither what was shown before it comes back, nor what came due in it."""
    day.loop.advance(sat_min * MIN - 20 * MIN)
    day.told(*[News.SLEEPING] * announced)
    day.sleeps(30 * MIN)
    day.loop.advance(10)  # alarms that came due in sleep ring before anything is announced
    day.told(*[News.WOKE] * announced)
    day.types()
    day.loop.advance(20 * MIN)
    assert day.life.notifier.shown is None
    assert [cause for _, cause in day.breaks] == ["sleep"]


def test_who_locks_by_hand_has_left(day: Day) -> None:
    day.told(News.LOCKED)
    assert (day.posture, "locked" in day.quiet) == (Posture.AWAY, True)
    day.hands_off_for(5 * MIN)
    day.told(News.UNLOCKED)
    assert (day.posture, "locked" in day.quiet) == (Posture.SEATED, False)
    assert day.breaks == [(5 * MIN, "lock")]


def test_a_lock_the_machine_made_is_no_evidence(day: Day) -> None:
    """Ten minutes after the last input: away since that input, for being idle."""
    day.hands_off_for(10 * MIN)
    day.told(News.LOCKED)
    day.loop.advance(10 * MIN)
    day.told(News.UNLOCKED)
    assert day.breaks == [(20 * MIN, "idle")]


def test_nor_in_a_call(day: Day) -> None:
    day.agent.tell(ev.Context(Signal.CALL, on=True))
    day.hands_off_for(10 * MIN)
    day.told(News.LOCKED)
    assert day.posture is Posture.SEATED


def test_locked_in_sleep_and_unlocked_after_it_is_one_break(day: Day) -> None:
    day.told(News.SLEEPING, News.LOCKED)
    day.sleeps(30 * MIN)
    day.told(News.WOKE)
    assert "locked" in day.quiet
    day.loop.advance(10)
    day.told(News.UNLOCKED)
    assert "locked" not in day.quiet
    assert day.breaks == [(30 * MIN + 10, "sleep")]


def test_unlocked_before_the_end_of_the_sleep_is_announced(day: Day) -> None:
    day.told(News.LOCKED, News.SLEEPING)
    day.loop.advance(3)
    day.told(News.UNLOCKED, News.WOKE)
    assert not {"locked", "asleep"} & set(day.quiet)


def test_that_it_is_unlocked_all_along_is_no_sign_of_a_person(day: Day) -> None:
    """As a sensor says when it begins, or when the bus is back."""
    day.hands_off_for(10 * MIN)
    day.told(News.UNLOCKED)
    assert day.posture is Posture.AWAY
    day.told(News.WOKE)
    assert day.posture is Posture.AWAY


def test_a_lock_from_before_a_restart_ends_with_what_the_sensor_finds(
    day: Day, tmp_path: Path, loop: FakeLoop, machine: FakeMachine
) -> None:
    day.told(News.LOCKED)
    day.life.alarms.close()
    machine.slept += 8 * 60 * MIN
    again = Life(tmp_path, loop, machine)
    assert "locked" in again.agent.view().quiet
    Session(again.agent).told(News.UNLOCKED)
    assert "locked" not in again.agent.view().quiet
