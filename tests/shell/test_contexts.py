from __future__ import annotations

import pytest

from tests.support.fake_loop import FakeLoop
from tests.support.fake_world import FakeSensor
from tray_agent.core.events import Context, LookedAround
from tray_agent.core.model import Signal
from tray_agent.ports import Health, State, Unavailable
from tray_agent.shell import contexts
from tray_agent.shell.contexts import LOOK_S, Contexts, Told
from tray_agent.shell.schema import Sensing

SIGNALS = {"microphone": Signal.CALL, "camera": Signal.CALL, "player": Signal.MEDIA}


class Surroundings:
    """Three sensors and what was told of them."""

    def __init__(self) -> None:
        self.loop = FakeLoop()
        self.sensors: dict[str, FakeSensor] = {}
        self.missing: dict[str, str] = {}
        self.told: list[Context | LookedAround] = []
        self.contexts = Contexts(self.loop, self.make, SIGNALS, self.told.append, now=self.loop.now)

    def make(self, name: str, told: Told) -> FakeSensor:
        if name in self.missing:
            raise Unavailable(self.missing[name])
        self.sensors[name] = FakeSensor(name, told, SIGNALS[name])
        return self.sensors[name]

    def news(self) -> list[Context | LookedAround]:
        self.loop.settle()
        told, self.told[:] = list(self.told), []
        return told


@pytest.fixture
def around() -> Surroundings:
    around = Surroundings()
    around.contexts.start(SIGNALS)
    assert around.news() == [LookedAround()]
    return around


def test_what_is_chosen_is_what_the_settings_say() -> None:
    assert contexts.chosen(Sensing()) == {*contexts.NAMES}
    assert contexts.chosen(Sensing(camera=False, player=False)) == {*contexts.NAMES} - {"camera", "player"}


def test_a_look_asks_everybody_and_then_says_so(around: Surroundings) -> None:
    around.sensors["camera"].on = True
    around.contexts.look()
    assert around.news() == [Context(Signal.CALL, True), LookedAround()]
    assert {each.looks for each in around.sensors.values()} == {2}


def test_a_signal_is_on_while_any_of_its_sensors_is(around: Surroundings) -> None:
    microphone, camera = around.sensors["microphone"], around.sensors["camera"]
    microphone.tell(True)
    camera.tell(True)
    microphone.tell(False)
    assert around.news() == [Context(Signal.CALL, True)]
    camera.tell(False)
    assert around.news() == [Context(Signal.CALL, False)]


def test_one_that_ends_while_another_begins_is_no_end(around: Surroundings) -> None:
    around.sensors["microphone"].tell(True)
    around.sensors["camera"].on = True
    around.contexts.look()
    assert around.news() == [Context(Signal.CALL, True), LookedAround()]


def test_who_cannot_tell_says_no(around: Surroundings) -> None:
    around.sensors["player"].tell(True)
    around.sensors["player"].tell(None)
    assert around.news() == [Context(Signal.MEDIA, True), Context(Signal.MEDIA, False)]


def test_a_silent_sensor_holds_nobody_up_and_what_it_said_last_stands(around: Surroundings) -> None:
    camera = around.sensors["camera"]
    camera.tell(True)
    camera.answers = False
    around.contexts.look()
    around.contexts.look()
    assert around.news() == [Context(Signal.CALL, True)]
    around.loop.advance(LOOK_S)
    assert around.news() == [LookedAround()]
    assert around.contexts.health()[1] == Health(
        "camera", State.DEGRADED, "fake", "it did not answer in time", "off"
    )
    camera.tell(False)
    assert around.news() == [Context(Signal.CALL, False)]
    assert around.contexts.health()[1].state is State.OK


def test_looks_do_not_pile_up_and_none_is_due_in_between(around: Surroundings) -> None:
    for _each in range(5):
        around.contexts.look()
    assert around.news() == [LookedAround()]
    assert around.sensors["player"].looks == 2
    assert around.loop.pending() == []


def test_what_was_on_in_an_earlier_life_and_is_over_is_told() -> None:
    around = Surroundings()
    around.contexts.start(SIGNALS, {Signal.CALL, Signal.DND})
    around.sensors["camera"].on = True
    assert around.news() == [Context(Signal.DND, False), LookedAround()]


def test_what_cannot_be_made_is_absent_and_tried_again_at_a_later_look() -> None:
    around = Surroundings()
    around.missing["camera"] = "there is no camera"
    around.contexts.start(SIGNALS)
    around.news()
    assert around.contexts.health()[1] == Health("camera", State.ABSENT, None, "there is no camera")
    del around.missing["camera"]
    around.contexts.look()
    around.news()
    assert "camera" not in around.sensors
    around.loop.advance(30)
    around.contexts.look()
    assert around.news() == [LookedAround()]
    assert around.contexts.health()[1].state is State.OK


def test_with_nothing_to_ask_the_answer_comes_all_the_same() -> None:
    around = Surroundings()
    around.contexts.start(())
    assert around.told == []
    assert around.news() == [LookedAround()]
    assert [each.state for each in around.contexts.health()] == [State.OFF] * 3


def test_what_is_switched_off_is_let_go_and_no_longer_believed(around: Surroundings) -> None:
    player = around.sensors["player"]
    player.tell(True)
    around.contexts.use({"microphone"})
    assert around.news() == [Context(Signal.MEDIA, True), Context(Signal.MEDIA, False), LookedAround()]
    assert player.closed
    player.tell(True)
    assert around.news() == []
    assert around.contexts.health()[2] == Health("player", State.OFF)


def test_after_the_end_nobody_is_told_anything(around: Surroundings) -> None:
    microphone = around.sensors["microphone"]
    around.contexts.look()
    around.contexts.close()
    microphone.tell(True)
    around.loop.advance(LOOK_S)
    assert around.news() == []
    assert all(each.closed for each in around.sensors.values())
