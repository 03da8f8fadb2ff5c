from __future__ import annotations

from tests.support.fake_input import FakeCounter, FakeListener
from tests.support.fake_loop import FakeLoop
from tray_agent.core.events import Event, Input, SensorFound, SensorLost
from tray_agent.ports import Health, State, Unavailable
from tray_agent.shell.activity import Activity, Source
from tray_agent.shell.part import Lost
from tray_agent.shell.watchers import CHECK_EVERY_S, CONFIRM_WITHIN_S


class Desk:
    """An `Activity` over fakes; what is missing says so."""

    def __init__(self, source: Source, missing: tuple[str, ...] = ()) -> None:
        self.loop = FakeLoop()
        self.missing = set(missing)
        self.counters: list[FakeCounter] = []
        self.listeners: list[FakeListener] = []
        self.events: list[Event] = []
        self.activity = Activity(
            self.loop, source, self._counter, self._listener, self.events.append, now=self.loop.now
        )
        self.activity.start()

    def states(self) -> dict[str, str]:
        return {health.name: health.state for health in self.activity.health()}

    def touch(self, *moments: float) -> None:
        for moment in moments:
            self.loop.advance_to(moment)
            for listener in self.listeners:
                listener.touched()
            for counter in self.counters:
                counter.touched()

    def new(self) -> list[Event]:
        events = self.events[:]
        self.events.clear()
        return events

    def _counter(self, lost: Lost) -> FakeCounter:
        if "counter" in self.missing:
            raise Unavailable("no counter here")
        self.counters.append(FakeCounter(self.loop, lost))
        return self.counters[-1]

    def _listener(self, lost: Lost) -> FakeListener:
        if "listener" in self.missing:
            raise Unavailable("no listener here")
        self.listeners.append(FakeListener(self.loop, lost))
        return self.listeners[-1]


def test_auto_uses_both() -> None:
    desk = Desk(Source.AUTO)
    assert desk.new() == [SensorFound(), Input(0.0, ongoing=True)]
    assert desk.activity.health() == [
        Health("counter", State.OK, "fake counter"),
        Health("pynput", State.OK, "fake listener"),
    ]


def test_counter_makes_no_listener() -> None:
    desk = Desk(Source.COUNTER)
    assert desk.listeners == []
    assert desk.states() == {"counter": "ok", "pynput": "off"}


def test_pynput_makes_no_counter() -> None:
    desk = Desk(Source.PYNPUT)
    assert desk.counters == []
    assert desk.states() == {"counter": "off", "pynput": "ok"}
    desk.touch(1)
    assert desk.new() == [SensorFound(), Input(0.0)]


def test_auto_without_a_listener_goes_by_the_counter_and_says_why() -> None:
    desk = Desk(Source.AUTO, missing=("listener",))
    assert desk.new() == [SensorFound(), Input(0.0, ongoing=True)]
    assert desk.activity.health()[1] == Health("pynput", State.ABSENT, None, "no listener here")
    desk.loop.advance(30)
    assert desk.new() == [Input(30.0)]


def test_auto_without_a_counter_goes_by_the_listener() -> None:
    desk = Desk(Source.AUTO, missing=("counter",))
    desk.touch(1)
    assert desk.new() == [SensorFound(), Input(0.0)]
    assert desk.states() == {"counter": "absent", "pynput": "ok"}


def test_with_neither_nobody_sees_anything() -> None:
    desk = Desk(Source.AUTO, missing=("counter", "listener"))
    assert desk.new() == [SensorLost()]
    assert desk.activity.idle_s() is None
    assert desk.activity.compare() == {"counter": None, "pynput": None}
    desk.activity.watch(5.0)


def test_what_is_watched_finely_stays_so_when_the_watcher_changes() -> None:
    desk = Desk(Source.AUTO)
    desk.activity.watch(5.0)
    desk.listeners[0].die()
    assert desk.counters[0].pauses == [30.0, 5.0, 5.0]


def test_a_lost_listener_leaves_the_counter_and_comes_back() -> None:
    desk = Desk(Source.AUTO)
    desk.loop.advance(60)
    desk.new()
    desk.listeners[0].die("the thread ended")
    assert desk.activity.health()[1] == Health("pynput", State.LOST, "fake listener", "the thread ended")
    assert SensorLost() not in desk.new()
    desk.loop.advance(1)
    assert desk.states() == {"counter": "ok", "pynput": "ok"}
    desk.touch(70)
    assert desk.new()[-1] == Input(0.0, ongoing=True)


def test_a_lost_counter_leaves_the_listener_and_comes_back() -> None:
    desk = Desk(Source.AUTO)
    desk.new()
    desk.missing.add("counter")
    desk.counters[0].die()
    assert desk.new() == [Input(0.0)], "input goes on no longer for all we know"
    desk.touch(0.5)
    assert desk.new() == [Input(0.0)]
    desk.missing.clear()
    desk.loop.advance_to(31)
    assert desk.states() == {"counter": "ok", "pynput": "ok"}


def test_losing_both_is_told_once_and_so_is_recovery() -> None:
    desk = Desk(Source.AUTO)
    desk.new()
    desk.missing.update({"counter", "listener"})
    desk.counters[0].die()
    desk.listeners[0].die()
    desk.loop.advance(20)
    assert [event for event in desk.new() if not isinstance(event, Input)] == [SensorLost()]
    desk.missing.clear()
    desk.loop.advance(20)
    assert desk.new()[:2] == [SensorFound(), Input(0.0, ongoing=True)]


def test_senses_that_are_back_at_once_leave_no_gap() -> None:
    desk = Desk(Source.AUTO)
    desk.loop.advance(60)
    desk.new()
    desk.counters[0].die()
    desk.listeners[0].die()
    desk.loop.advance(2)
    desk.touch(70)
    assert {type(event) for event in desk.new()} == {Input}
    assert desk.states() == {"counter": "ok", "pynput": "ok"}


def test_a_lone_listener_that_died_without_a_word_is_found_out_though_nobody_is_there() -> None:
    desk = Desk(Source.PYNPUT)
    desk.listeners[0].deaf = True
    desk.loop.advance(CHECK_EVERY_S)
    assert desk.activity.health()[1].state is State.LOST
    desk.loop.advance(5)
    assert desk.states()["pynput"] == "ok"
    desk.new()
    desk.touch(70)
    assert Input in {type(event) for event in desk.new()}


def test_beside_a_counter_the_next_input_finds_out_a_dead_listener_and_is_not_lost() -> None:
    desk = Desk(Source.AUTO)
    desk.listeners[0].deaf = True
    desk.loop.advance(300)
    desk.new()
    desk.touch(300)
    desk.loop.advance(CONFIRM_WITHIN_S)
    assert [event.ongoing for event in desk.new() if isinstance(event, Input)] == [True]
    assert desk.activity.health()[1].state is State.LOST
    desk.loop.advance(5)
    assert desk.states()["pynput"] == "ok"


def test_beside_a_counter_nothing_wakes_while_nobody_is_there() -> None:
    desk = Desk(Source.AUTO)
    desk.loop.advance(300)
    assert desk.loop.pending() == []


def test_a_listener_that_goes_deaf_again_and_again_is_replaced_as_often_as_it_is_found_out() -> None:
    desk = Desk(Source.AUTO)
    for moment in range(50, 600, 50):
        desk.listeners[-1].deaf = True
        desk.new()
        desk.touch(moment)
        desk.loop.advance(3)
        told = [event for event in desk.new() if isinstance(event, Input)]
        assert told[-1].ongoing, "the counter's word counts"
    assert 5 < len(desk.listeners) <= 12
    desk.loop.advance(30)
    assert desk.states() == {"counter": "ok", "pynput": "ok"}


def test_compare_sets_both_side_by_side() -> None:
    desk = Desk(Source.AUTO)
    desk.loop.advance(100)
    desk.touch(100)
    desk.loop.advance(7)
    desk.counters[0].touched()
    desk.loop.advance(1)
    assert desk.activity.compare() == {"counter": 1.0, "pynput": 8.0}
    assert desk.activity.idle_s() == 1.0


def test_closed_it_tells_nothing_and_holds_nothing() -> None:
    desk = Desk(Source.AUTO)
    desk.loop.advance(60)
    desk.new()
    desk.activity.close()
    desk.activity.close()
    desk.touch(61)
    desk.loop.advance(1000)
    assert desk.new() == []
    assert desk.counters[0].closed
    assert desk.listeners[0].closed
