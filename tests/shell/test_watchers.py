"""Timelines: what a person and a screen do, and what the engine is told of it."""

from __future__ import annotations

import pytest

from tests.support.fake_input import FakeCounter, FakeListener
from tests.support.fake_loop import FakeLoop
from tray_agent.core.events import Event, Input
from tray_agent.shell.watchers import (
    CHECK_EVERY_S,
    CounterWatcher,
    FusedWatcher,
    ListenerWatcher,
    Told,
    Watcher,
)


class Desk:
    """Fakes on one axis; `told` collects (time, age, ongoing)."""

    def __init__(self, speed: float = 1.0) -> None:
        self.loop = FakeLoop()
        self.speed = speed
        self.events: list[tuple[float, float, bool]] = []
        self.dead: list[str] = []
        self.told = Told(self.loop, self._emit, self.now, speed)
        self.counter = FakeCounter(self.loop, self.dead.append)
        self.listener = FakeListener(self.loop, self.dead.append)
        self.watcher: Watcher

    def now(self) -> float:
        return self.loop.time * self.speed

    def by_counter(self) -> Desk:
        self.watcher = CounterWatcher(self.told, self.counter)
        return self

    def by_listener(self) -> Desk:
        self.watcher = ListenerWatcher(self.told, self.listener, self.dead.append)
        return self

    def by_both(self) -> Desk:
        self.watcher = FusedWatcher(self.told, self.counter, self.listener, self.dead.append)
        return self

    def at(self, moment: float) -> None:
        self.loop.advance_to(moment / self.speed)

    def touch(self, moment: float) -> None:
        """A person's input, which everybody sees."""
        self.at(moment)
        self.listener.touched()
        self.counter.touched()

    def type(self, start: float, end: float) -> None:
        """One input a second."""
        for moment in range(round(start), round(end) + 1):
            self.touch(moment)

    def reset(self, moment: float) -> None:
        """A program resets the screen saver: only the counter is taken in."""
        self.at(moment)
        self.counter.touched()

    def new(self) -> list[tuple[float, float, bool]]:
        """What was told since the last time: (when, age, ongoing)."""
        told, self.events = self.events, []
        return told

    def _emit(self, event: Event) -> None:
        assert isinstance(event, Input)
        self.events.append((round(self.now(), 3), round(event.age, 3), event.ongoing))


def test_counter_a_day_in_edges() -> None:
    desk = Desk().by_counter()
    desk.watcher.watch(None)
    assert desk.new() == [(0, 0, True)]
    desk.type(1, 100)
    assert desk.new() == []
    desk.at(400)
    assert desk.new() == [(130, 30, False)]
    desk.touch(400)
    assert desk.new() == [(400, 0, True)]
    assert not desk.listener.armed_at, "no hook at all"


def test_counter_fine_and_back() -> None:
    desk = Desk().by_counter()
    desk.watcher.watch(None)
    desk.type(1, 20)
    desk.at(24)
    desk.new()
    desk.watcher.watch(5.0)
    assert desk.new() == [(24, 4, True)]
    desk.at(35)
    assert desk.new() == [(25, 5, False)]
    desk.watcher.watch(None)
    assert desk.new() == [(35, 15, True)], "no long pause yet: it goes on until one is reported"
    desk.at(60)
    assert desk.new() == [(50, 30, False)]
    assert desk.counter.pauses == [30, 5, 30]


def test_counter_a_pause_longer_than_the_watch_is_told_once() -> None:
    desk = Desk().by_counter()
    desk.at(100)
    desk.watcher.watch(None)
    desk.at(101)
    assert desk.new() == [(100, 100, False)]
    assert desk.watcher.idle_s() == 101


def test_counter_ages_are_agent_seconds_and_pauses_real_ones() -> None:
    desk = Desk(speed=60).by_counter()
    desk.watcher.watch(None)
    desk.touch(60)
    desk.at(300)
    assert desk.new() == [
        (0, 0, True),
        (30, 30, False),
        (60, 0, True),
        (90, 30, False),
    ]
    assert desk.counter.pauses == [0.5]
    assert desk.watcher.idle_s() == pytest.approx(240)


def test_counter_that_is_gone_knows_no_idle_time() -> None:
    desk = Desk().by_counter()
    desk.counter.close()
    assert desk.watcher.idle_s() is None


def test_counter_believes_a_screen_saver_reset() -> None:
    desk = Desk().by_counter()
    desk.watcher.watch(None)
    desk.at(100)
    desk.new()
    desk.reset(100)
    assert desk.new() == [(100, 0, True)], "alone, it cannot tell"


def test_listener_tells_one_input_every_fifteen_seconds() -> None:
    desk = Desk().by_listener()
    desk.watcher.watch(None)
    desk.type(1, 40)
    desk.at(300)
    assert desk.new() == [(1, 0, False), (16, 0, False), (31, 0, False)]
    assert desk.watcher.idle_s() == 300 - 31
    assert desk.loop.pending() == [46 + 5 * CHECK_EVERY_S], "one look at it a minute while nobody is there"
    desk.touch(300)
    assert desk.new() == [(300, 0, False)]


def test_listener_in_fine_mode_tells_one_a_second() -> None:
    desk = Desk().by_listener()
    desk.watcher.watch(5.0)
    for tenth in range(1, 40):
        desk.touch(tenth / 10)
    assert desk.new() == [(0.1, 0, False), (1.1, 0, False), (2.1, 0, False), (3.1, 0, False)]


def test_listener_refined_while_it_rests_listens_at_once() -> None:
    desk = Desk().by_listener()
    desk.watcher.watch(None)
    desk.touch(1)
    desk.at(2)
    desk.new()
    desk.watcher.watch(5.0)
    desk.touch(2.5)
    assert desk.new() == [(2.5, 0, False)]


def test_listener_left_alone_does_not_keep_claiming_that_input_goes_on() -> None:
    desk = Desk().by_listener()
    desk.told.ongoing = True
    desk.at(50)
    desk.watcher.watch(None)
    assert desk.new() == [(50, 0, False)]


def test_listener_that_never_heard_anything_knows_no_idle_time() -> None:
    desk = Desk().by_listener()
    desk.watcher.watch(None)
    assert desk.watcher.idle_s() is None


def test_listener_stopped_is_silent() -> None:
    desk = Desk().by_listener()
    desk.watcher.watch(None)
    desk.touch(1)
    desk.new()
    desk.watcher.stop()
    desk.type(2, 60)
    assert desk.new() == []


def test_both_a_day_in_edges() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(None)
    desk.type(1, 100)
    desk.at(400)
    assert desk.new() == [(0, 0, True), (130, 30, False)]
    desk.touch(400)
    assert desk.new() == [(400, 0, False), (400, 0, True)]
    desk.type(401, 500)
    assert desk.new() == []
    assert desk.dead == []


def test_both_it_does_not_matter_who_sees_input_first() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(None)
    desk.at(100)
    desk.new()
    desk.counter.touched()
    assert desk.new() == []
    desk.at(101.5)
    desk.listener.touched()
    assert desk.new() == [(101.5, 0, True)]


def test_both_the_listener_rests_while_input_goes_on() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(None)
    desk.type(1, 200)
    assert desk.listener.armed_at == [60, 120, 180]


def test_both_nothing_wakes_while_nobody_is_there() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(None)
    desk.at(1000)
    assert desk.listener.armed
    assert desk.loop.pending() == []


def test_both_a_screen_saver_reset_is_not_input() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(None)
    desk.touch(10)
    desk.at(100)
    desk.new()
    for moment in range(100, 400, 45):
        desk.reset(moment)
    desk.at(450)
    assert desk.new() == []
    assert desk.watcher.idle_s() == 450 - 10
    desk.touch(460)
    assert desk.new()[-1] == (460, 0, True)
    desk.at(500)
    assert desk.new() == [(490, 30, False)]
    assert desk.dead == []


def test_both_after_a_reset_a_finer_watch_takes_no_input_for_granted() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(None)
    desk.at(100)
    desk.reset(100)
    desk.at(140)
    desk.new()
    desk.watcher.watch(5.0)
    desk.at(200)
    assert desk.new() == []
    assert desk.watcher.idle_s() == 200


def test_both_a_person_who_comes_back_right_after_a_reset_is_seen() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(None)
    desk.at(100)
    desk.new()
    desk.reset(100)
    desk.touch(110)
    assert desk.new() == [(110, 0, True)]


def test_both_a_player_that_never_lets_the_counter_pause_is_found_out() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(None)
    desk.touch(5)
    for moment in range(10, 300, 10):
        desk.reset(moment)
    assert desk.new() == [(0, 0, True), (92, 32, False)], "silent since it listened at 60"
    assert desk.watcher.idle_s() == 290 - 60
    desk.touch(300)
    assert desk.new() == [(300, 0, True)]


def test_both_a_reader_who_moves_now_and_then_is_believed() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(None)
    for moment in range(10, 600, 25):
        desk.touch(moment)
    assert desk.new() == [(0, 0, True)]


def test_both_a_deaf_listener_is_given_up_and_the_counters_word_not_denied() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(None)
    desk.at(100)
    desk.new()
    desk.listener.deaf = True
    desk.touch(100)
    desk.at(101.9)
    assert desk.dead == []
    desk.at(102)
    assert desk.dead == ["it did not hear input that the idle counter saw"]


def test_both_a_listener_that_goes_deaf_while_input_goes_on_is_found_out() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(None)
    desk.listener.deaf = True
    desk.type(1, 100)
    assert desk.new() == [(0, 0, True)]
    assert len(desk.dead) == 1


def test_both_input_the_counter_misses_is_told_all_the_same() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(None)
    desk.at(100)
    desk.new()
    for moment in range(100, 130):
        desk.at(moment)
        desk.listener.touched()
    assert desk.new() == [(100, 0, False), (115, 0, False)]


def test_both_in_fine_mode_lulls_are_told() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(None)
    desk.type(1, 20)
    desk.new()
    desk.watcher.watch(5.0)
    desk.type(21, 30)
    desk.at(40)
    desk.touch(40)
    assert desk.new() == [(20, 0, True), (35, 5, False), (40, 0, False), (40, 0, True)]
    desk.type(41, 50)
    desk.watcher.watch(None)
    desk.at(100)
    assert desk.new() == [(50, 0, True), (80, 30, False)]


def test_both_in_fine_mode_a_player_cannot_hide_a_lull() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(5.0)
    desk.touch(3)
    for moment in range(4, 30):
        desk.reset(moment)
    assert desk.new() == [(0, 0, True), (12.0, 7.0, False)]


def test_both_watching_anew_does_not_forget_the_doubt() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(None)
    desk.at(100)
    desk.reset(100)
    desk.at(105)
    desk.new()
    desk.watcher.watch(5.0)
    desk.watcher.watch(None)
    desk.at(120)
    assert desk.new() == []
    assert desk.watcher.idle_s() == 120
    desk.touch(120)
    assert desk.new() == [(120, 0, True)]


def test_both_at_speed_the_listener_still_has_two_real_seconds() -> None:
    desk = Desk(speed=60).by_both()
    desk.watcher.watch(None)
    desk.at(600)
    desk.new()
    for moment in range(600, 720, 20):
        desk.reset(moment)
    assert desk.new() == []
    assert desk.dead == []
    desk.listener.touched()
    assert desk.new() == [(700, 0, True)]


def test_both_stopped_is_silent() -> None:
    desk = Desk().by_both()
    desk.watcher.watch(None)
    desk.at(60)
    assert desk.listener.armed
    desk.new()
    desk.watcher.stop()
    desk.listener.touched()
    desk.at(500)
    assert desk.new() == []
    assert desk.loop.pending() == []


def test_the_listener_is_armed_no_oftener_than_twenty_times_a_second() -> None:
    desk = Desk(speed=1000).by_listener()
    desk.watcher.watch(5.0)
    for millisecond in range(1, 500):
        desk.touch(float(millisecond))
    assert len(desk.new()) == 10
