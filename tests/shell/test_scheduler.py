"""The alarm clock against the real APScheduler, its wall clock moved under it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta, tzinfo
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tray_agent.shell import scheduler
from tray_agent.shell.loop import SelectorLoop
from tray_agent.shell.scheduler import Alarms

H = 3600.0


class WallClock:
    """The wall clock APScheduler sees: the real one, moved by `ahead`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead = timedelta()
        wall = self

        class Moved(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return datetime.now(tz) + wall.ahead

        for module in ("apscheduler.schedulers.base", "apscheduler.executors.base"):
            monkeypatch.setattr(f"{module}.datetime", Moved)
        monkeypatch.setattr(scheduler, "datetime", Moved)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> WallClock:
    return WallClock(monkeypatch)


class Machine:
    """A clock that counts sleep; the loop's own timers do not."""

    def __init__(self) -> None:
        self.slept = 0.0

    def boottime(self) -> float:
        return time.monotonic() + self.slept


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def alarms(loop: SelectorLoop, machine: Machine, wall: WallClock) -> Iterator[Alarms]:
    alarms = Alarms(loop, machine.boottime)
    yield alarms
    alarms.close()


def run(loop: SelectorLoop, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 0:
        loop.step(left)


def test_an_alarm_rings_once_when_it_is_due(loop: SelectorLoop, alarms: Alarms) -> None:
    rung: list[float] = []
    began = time.monotonic()
    alarms.set("deadline", 0.1, lambda: rung.append(time.monotonic() - began))
    run(loop, 0.4)
    assert len(rung) == 1
    assert 0.09 <= rung[0] <= 0.2


def test_setting_an_alarm_again_moves_it(loop: SelectorLoop, alarms: Alarms) -> None:
    rung: list[str] = []
    alarms.set("deadline", 0.1, lambda: rung.append("first"))
    alarms.set("deadline", 0.2, lambda: rung.append("second"))
    run(loop, 0.35)
    assert rung == ["second"]


def test_an_alarm_moved_as_it_comes_due_waits_for_its_new_time(loop: SelectorLoop, alarms: Alarms) -> None:
    """The round in which it comes due may also bring what moves it: an input at the end of a pause."""
    rung: list[float] = []
    began = time.monotonic()

    def note() -> None:
        rung.append(time.monotonic() - began)

    alarms.set("deadline", 0.1, note)
    run(loop, 0.05)
    time.sleep(0.1)
    loop.call_soon(lambda: alarms.set("deadline", 0.2, note))
    run(loop, 0.4)
    assert len(rung) == 1
    assert rung[0] >= 0.33
    assert alarms.jobs == 0


@pytest.mark.parametrize("ahead_s", [0.2, 1.9, 3600])
def test_a_clock_set_forward_behind_its_back_rings_nothing_early(
    loop: SelectorLoop, alarms: Alarms, wall: WallClock, ahead_s: float
) -> None:
    """Before anybody has told it, or by too little to be noticed."""
    rung: list[float] = []
    began = time.monotonic()
    alarms.set("deadline", 0.3, lambda: rung.append(time.monotonic() - began))
    run(loop, 0.05)
    wall.ahead = timedelta(seconds=ahead_s)
    alarms.set("another", 0.01, lambda: None)
    run(loop, 0.4)
    assert len(rung) == 1
    assert rung[0] >= 0.28
    assert alarms.jobs == 0


def test_a_cleared_alarm_stays_silent(loop: SelectorLoop, alarms: Alarms) -> None:
    rung: list[str] = []
    alarms.set("deadline", 0.05, lambda: rung.append("rung"))
    alarms.clear("deadline")
    alarms.clear("never set")
    run(loop, 0.15)
    assert rung == []
    assert alarms.jobs == 0


def test_of_two_that_come_due_together_the_first_may_clear_the_second(
    loop: SelectorLoop, alarms: Alarms
) -> None:
    """Who turns out to be away at the full minute needs no minutes any more."""
    rung: list[str] = []

    def first() -> None:
        rung.append("first")
        alarms.clear("minute")

    alarms.set("deadline", 0.05, first)
    alarms.every("minute", 0.05, lambda: rung.append("minute"))
    time.sleep(0.1)
    run(loop, 0.15)
    assert rung == ["first"]
    assert alarms.jobs == 0


Deed = tuple[str, str, float]
"""What to do with an alarm, its name and, to set it, in how many seconds."""

deeds: st.SearchStrategy[list[Deed]] = st.lists(
    st.tuples(
        st.sampled_from(["set", "clear"]), st.sampled_from("abc"), st.sampled_from([0.0, 0.004, 0.008])
    ),
    max_size=4,
)


@given(st.lists(deeds, min_size=1, max_size=6), st.lists(st.sampled_from([0.0, 0.005, 0.01]), min_size=6))
@settings(max_examples=60, deadline=None)
def test_whatever_is_set_and_cleared_while_others_ring(rounds: list[list[Deed]], late_s: list[float]) -> None:
    """The first deeds are done now, the others as alarms ring, after which the loop may be late."""
    with closing(SelectorLoop()) as loop, closing(Alarms(loop, time.monotonic)) as alarms:
        due: dict[str, float] = {}
        left, late = list(reversed(rounds)), list(late_s)

        def do(deeds: list[Deed]) -> None:
            for what, name, in_s in deeds:
                if what == "set":
                    due[name] = time.monotonic() + in_s
                    alarms.set(name, in_s, partial(ring, name))
                else:
                    due.pop(name, None)
                    alarms.clear(name)

        def ring(name: str) -> None:
            assert time.monotonic() >= due.pop(name) - scheduler._ON_TIME_S
            if left:
                do(left.pop())
                time.sleep(late.pop() if late else 0)

        do(left.pop())
        gives_up = time.monotonic() + 2
        while due and time.monotonic() < gives_up:
            loop.step(0.01)
        assert due == {}
        run(loop, 0.005)
        assert alarms.jobs == 0


@pytest.mark.parametrize("step_h", [-3, -1, 1, 3])
def test_a_clock_that_was_set_does_not_move_alarms(
    loop: SelectorLoop, alarms: Alarms, wall: WallClock, step_h: int
) -> None:
    """Three hours back or forth, or the hour of daylight saving: the alarm keeps its time."""
    rung: list[float] = []
    began = time.monotonic()
    alarms.set("deadline", 0.3, lambda: rung.append(time.monotonic() - began))
    run(loop, 0.1)
    wall.ahead = timedelta(hours=step_h)
    alarms.rearm()
    run(loop, 0.4)
    assert [round(at, 1) for at in rung] == [0.3]


def test_without_rearming_a_clock_set_back_would_stall_it(
    loop: SelectorLoop, alarms: Alarms, wall: WallClock
) -> None:
    """Why `rearm` must be called: APScheduler alone would ring three hours late."""
    rung: list[str] = []
    alarms.set("deadline", 0.2, lambda: rung.append("rung"))
    run(loop, 0.05)
    wall.ahead = timedelta(hours=-3)
    run(loop, 0.3)
    assert rung == []
    alarms.rearm()
    run(loop, 0.1)
    assert rung == ["rung"]


def test_an_alarm_that_came_due_in_sleep_rings_on_waking(
    loop: SelectorLoop, alarms: Alarms, machine: Machine, wall: WallClock
) -> None:
    """Nothing that sleep made late is dropped as a misfire."""
    rung: list[str] = []
    alarms.set("deadline", 1800, lambda: rung.append("deadline"))
    alarms.every("minute", 60, lambda: rung.append("minute"))
    run(loop, 0.05)
    machine.slept += 3600
    wall.ahead += timedelta(seconds=3600)
    alarms.rearm()
    run(loop, 0.2)
    assert "deadline" in rung


def test_repeated_alarms_survive_a_step_back(loop: SelectorLoop, alarms: Alarms, wall: WallClock) -> None:
    rung: list[str] = []
    alarms.every("minute", 0.1, lambda: rung.append("minute"))
    run(loop, 0.25)
    assert len(rung) == 2
    wall.ahead = timedelta(hours=-3)
    alarms.rearm()
    run(loop, 0.25)
    assert len(rung) >= 4
    alarms.clear("minute")
    run(loop, 0.15)
    assert len(rung) <= 5


def test_the_loop_sleeps_while_nothing_is_due(loop: SelectorLoop, alarms: Alarms) -> None:
    alarms.set("deadline", 3600, lambda: None)
    run(loop, 0.2)
    before = alarms.looks
    run(loop, 0.5)
    assert alarms.looks == before


class Traveller:
    """Goes where the clock shows what a test wants."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, wall: WallClock) -> None:
        self._monkeypatch, self._wall = monkeypatch, wall

    def goes_where_it_is(self, clock_s: float) -> None:
        """So many seconds after midnight, by the system's own zone."""
        # A zone is whole seconds off, so the clock itself is set by the rest.
        self._wall.ahead = timedelta(seconds=clock_s % 1 - time.time() % 1)
        west_s = round(time.time() + self._wall.ahead.total_seconds() - clock_s) % 86400
        self._monkeypatch.setenv("TZ", f"XXX{west_s // 3600}:{west_s // 60 % 60:02}:{west_s % 60:02}")
        time.tzset()


@pytest.fixture
def traveller(monkeypatch: pytest.MonkeyPatch, wall: WallClock) -> Iterator[Traveller]:
    with monkeypatch.context() as patch:
        yield Traveller(patch, wall)
    time.tzset()


def test_a_daily_alarm_keeps_its_hour_where_the_person_travels(
    loop: SelectorLoop, alarms: Alarms, traveller: Traveller
) -> None:
    rung: list[str] = []
    traveller.goes_where_it_is(2 * H)
    alarms.daily("clean-up", 4, 30, lambda: rung.append("clean-up"))
    traveller.goes_where_it_is(4.5 * H - 1.2)
    alarms.rearm()
    run(loop, 0.1)
    assert rung == []
    run(loop, 1.3)
    assert rung == ["clean-up"]
    assert alarms.jobs == 1


def test_a_daily_alarm_that_was_slept_through_rings_on_waking(
    loop: SelectorLoop, alarms: Alarms, machine: Machine, wall: WallClock
) -> None:
    """A laptop that is closed every night at half past four still cleans up."""
    rung: list[str] = []
    alarms.daily("clean-up", 4, 30, lambda: rung.append("clean-up"))
    machine.slept += 86400
    wall.ahead += timedelta(days=1)
    alarms.rearm()
    run(loop, 0.1)
    alarms.rearm()
    run(loop, 0.1)
    assert rung == ["clean-up"]
    assert alarms.jobs == 1


def test_a_daily_alarm_that_was_cleared_stays_so(loop: SelectorLoop, alarms: Alarms) -> None:
    alarms.daily("clean-up", 4, 30, lambda: None)
    alarms.clear("clean-up")
    alarms.rearm()
    assert alarms.jobs == 0
