"""The counter of a machine that sleeps, wakes and begins anew by itself: timelines of a night."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import pytest

from tests.support.fake_input import FakeListener
from tests.support.fake_loop import FakeLoop
from tests.support.macos import quartz
from tray_agent.platforms.macos import last_input
from tray_agent.platforms.macos.last_input import GONE, UNCONFIRMED, EventSourceIdle
from tray_agent.ports import Unavailable

BOOTED_S = 5000.0
"""Awake so long before the test."""


class Mac:
    """`counts_sleep`: whether the event source's seconds go on in sleep, which nobody promises."""

    def __init__(self, *, counts_sleep: bool = False, idle_s: float = 0.0) -> None:
        self.loop = FakeLoop()
        self.counts_sleep = counts_sleep
        self.slept = 0.0
        self.last, self.slept_at_last = BOOTED_S - idle_s, 0.0
        self.dark = False
        self.lost: list[str] = []
        self.edges: list[tuple[float, bool, float]] = []
        self.mouse = FakeListener(self.loop, self.lost.append)
        self.counter = EventSourceIdle(
            self.loop,
            self.lost.append,
            self.mouse,
            since=self._since,
            dark=lambda: self.dark,
            awake=self.awake,
            slept=lambda: self.slept,
        )

    def awake(self) -> float:
        return BOOTED_S + self.loop.time

    def begins_anew(self) -> None:
        """Somebody's doing, or nobody's: from outside they look alike."""
        self.last, self.slept_at_last = self.awake(), self.slept

    def sleeps(self, seconds: float) -> None:
        """The loop's clock stands still meanwhile."""
        self.slept += seconds

    def watch(self, pause_s: float) -> None:
        self.counter.watch(pause_s, lambda active, idle: self.edges.append((self.loop.time, active, idle)))

    def works(self, seconds: float, every_s: float = 0.5) -> None:
        for _ in range(round(seconds / every_s)):
            self.begins_anew()
            self.loop.advance(every_s)

    @property
    def told(self) -> list[bool]:
        return [active for _, active, _ in self.edges]

    def _since(self) -> float:
        asleep = self.slept - self.slept_at_last if self.counts_sleep else 0.0
        return self.awake() - self.last + asleep


@pytest.fixture(params=[False, True], ids=["counts no sleep", "counts sleep"])
def night(request: pytest.FixtureRequest) -> Mac:
    """Somebody has left at 0; the pause is known; at 300 the machine sleeps for eight hours."""
    mac = Mac(counts_sleep=request.param)
    mac.watch(30)
    mac.loop.advance(300)
    assert mac.told == [False]
    mac.sleeps(8 * 3600)
    return mac


def test_idle_time_is_what_the_event_source_says() -> None:
    mac = Mac(idle_s=7)
    assert mac.counter.idle_s() == 7
    mac.loop.advance(5)
    assert mac.counter.idle_s() == 12
    mac.begins_anew()
    assert mac.counter.idle_s() == 0
    assert mac.counter.doubt is None


def test_sleep_alone_is_no_input_and_counts_as_idle(night: Mac) -> None:
    night.loop.advance(600)
    assert night.told == [False]
    assert night.counter.idle_s() == pytest.approx(8 * 3600 + 900, abs=1)


@pytest.mark.parametrize("after_s", [4, 30, 76])
def test_a_lone_reset_after_a_wake_is_nobody(night: Mac, after_s: int) -> None:
    night.loop.advance(after_s)
    night.begins_anew()
    doubts = set()
    for _ in range(20):
        night.loop.advance(1)
        doubts.add(night.counter.doubt)
        assert night.counter.idle_s() > 8 * 3600
    assert UNCONFIRMED in doubts
    night.loop.advance(3600)
    assert night.told == [False], "it never was input"
    assert night.counter.doubt is None
    assert night.counter.idle_s() == pytest.approx(9 * 3600 + 300 + after_s + 20, abs=1)


def test_each_wake_of_a_night_is_distrusted_anew(night: Mac) -> None:
    for _ in range(17):
        night.loop.advance(40)
        night.begins_anew()
        night.loop.advance(100)
        night.sleeps(1800)
    night.loop.advance(200)
    assert night.told == [False]
    assert night.counter.idle_s() > 16 * 3600


def test_a_display_that_was_dark_is_distrusted_too() -> None:
    mac = Mac()
    mac.watch(30)
    mac.loop.advance(600)
    mac.dark = True
    mac.loop.advance(600)
    mac.begins_anew()
    mac.loop.advance(30)
    mac.dark = False
    mac.loop.advance(10)
    mac.begins_anew()
    mac.loop.advance(0.5)
    mac.begins_anew()
    mac.loop.advance(600)
    assert mac.told == [False, True, False], "the second came apart from the one in the dark"


def test_a_reset_in_the_dark_alone_is_nobody() -> None:
    mac = Mac()
    mac.watch(30)
    mac.loop.advance(600)
    mac.dark = True
    mac.loop.advance(600)
    mac.begins_anew()
    mac.loop.advance(600)
    assert mac.told == [False]


def test_whoever_goes_on_typing_is_believed_within_seconds(night: Mac) -> None:
    night.loop.advance(5)
    begun = night.loop.time
    night.works(20)
    assert night.told == [False, True]
    assert night.edges[-1][0] - begun < 18, "no later than any return is noticed"
    assert night.counter.doubt is None
    assert night.counter.idle_s() <= 0.5


def test_seventy_nine_seconds_after_a_wake_a_second_input_still_confirms(night: Mac) -> None:
    night.loop.advance(75)
    night.begins_anew()
    night.loop.advance(16)
    night.begins_anew()
    night.loop.advance(5)
    assert night.told == [False, True]


def test_the_mouse_confirms(night: Mac) -> None:
    night.loop.advance(20)
    assert not night.mouse.armed, "nothing is held, so nobody listens"
    night.begins_anew()
    night.loop.advance(16)
    assert night.mouse.armed
    night.mouse.touched()
    night.loop.advance(1)
    assert night.told == [False, True]
    assert not night.mouse.armed
    assert night.counter.idle_s() < 20


def test_an_unlocking_confirms_what_is_held_and_what_comes(night: Mac) -> None:
    night.loop.advance(5)
    night.begins_anew()
    night.loop.advance(16)
    assert night.told == [False]
    night.counter.confirm()
    night.loop.advance(1)
    assert night.told == [False, True]
    night.loop.advance(40)
    assert night.told == [False, True, False]
    night.begins_anew()
    night.loop.advance(10)
    assert night.told == [False, True, False, True]
    assert night.counter.doubt is None


def test_an_unlocking_with_nothing_held_ends_the_distrust(night: Mac) -> None:
    night.loop.advance(20)
    night.counter.confirm()
    assert night.told == [False]
    night.begins_anew()
    night.loop.advance(16)
    assert night.told == [False, True]


def test_later_input_needs_nobody_to_confirm_it(night: Mac) -> None:
    night.loop.advance(200)
    night.begins_anew()
    night.loop.advance(16)
    assert night.told == [False, True]


def test_without_a_mouse_to_ask_the_second_input_decides() -> None:
    mac = Mac()
    mac.counter = EventSourceIdle(
        mac.loop, mac.lost.append, since=mac._since, dark=bool, awake=mac.awake, slept=lambda: mac.slept
    )
    mac.watch(30)
    mac.loop.advance(300)
    mac.sleeps(3600)
    mac.loop.advance(20)
    mac.works(20)
    assert mac.told == [False, True]


def test_held_input_is_looked_after_for_no_longer_than_it_is_in_doubt(night: Mac) -> None:
    asked: list[float] = []
    since = night.counter._since

    def counted() -> float:
        asked.append(night.loop.time)
        return since()

    night.counter._since = counted
    night.loop.advance(10)
    night.begins_anew()
    night.loop.advance(90)
    in_doubt = len(asked)
    assert in_doubt < 50
    night.loop.advance(900)
    assert len(asked) - in_doubt <= 61, "four times a minute, as ever"


def test_a_machine_without_any_input_yet_has_been_idle_since_its_boot() -> None:
    mac = Mac(idle_s=math.inf)
    assert mac.counter.idle_s() == BOOTED_S


@pytest.mark.parametrize("jitter", [-0.05, 0.1])
def test_the_same_moment_read_twice_is_no_input(jitter: float) -> None:
    mac = Mac()
    mac.watch(30)
    mac.loop.advance(60)
    mac.last += jitter
    mac.loop.advance(60)
    assert mac.told == [False]


def test_nonsense_is_a_loss_told_once() -> None:
    mac = Mac()
    mac.watch(30)
    mac.last = math.nan
    mac.loop.advance(100)
    assert mac.lost == [GONE]
    with pytest.raises(Unavailable):
        mac.counter.idle_s()


def test_closed_it_lets_the_mouse_go() -> None:
    mac = Mac()
    mac.counter.close()
    mac.counter.close()
    mac.counter.confirm()
    assert mac.mouse.closed
    assert mac.edges == []


def test_the_real_one_asks_quartz_and_the_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    clocks: dict[int, float] = {4: 900.0, 8: 700.0}
    read: Callable[[int], float] = clocks.__getitem__
    monkeypatch.setattr(time, "CLOCK_MONOTONIC_RAW", 4)
    monkeypatch.setattr(time, "CLOCK_UPTIME_RAW", 8, raising=False)
    monkeypatch.setattr(time, "clock_gettime", read)
    quartz.begin()
    quartz.server.idle_s = 12.5
    counter = EventSourceIdle(FakeLoop(), lambda _reason: None)
    assert counter.idle_s() == pytest.approx(12.5)
    assert last_input.slept_s() == 200.0
    quartz.server.dark = True
    assert last_input.display_asleep()
