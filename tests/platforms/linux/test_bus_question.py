"""Questions on a real bus to a service that the test plays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.private_bus import PrivateBus
from tests.support.sensing import heeded
from tests.support.stand_in import PROPERTIES, StandIn
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.bus_question import BusQuestion, Hint, Question, boolean, property_of
from tray_agent.platforms.linux.survey import SILENT, Answer
from tray_agent.ports import State
from tray_agent.shell.loop import SelectorLoop

NAME, PATH, LAMP = "org.example.Lamp", "/org/example/Lamp", "org.example.Lamp1"
WRONG = Answer(None, State.DEGRADED, "gives an answer of the wrong kind")
BY_PROPERTY = property_of("lamp", PATH, LAMP, "Lit", boolean)
BY_METHOD = Question(
    "lamp",
    PATH,
    LAMP,
    "IsLit",
    "u",
    (4,),
    "b",
    bool,
    (Hint(LAMP, "Switched", ("lamp",)),),
    no=frozenset({"org.freedesktop.DBus.Error.UnknownProperty"}),
)


class Room:
    """A lamp on a bus and a connection of ours."""

    def __init__(self, loop: SelectorLoop, address: str) -> None:
        self.loop = loop
        self.lamp = StandIn(loop, address, NAME, PATH, {"Get Lit": ("v", (("b", True),))})
        self.bus = Bus(loop, address)
        self.owner: str | None = None
        self.bus.watch_name(NAME, self._owned)
        turn_until(loop, lambda: self.owner, "the lamp to be there")

    def _owned(self, owner: str | None) -> None:
        self.owner = owner

    def source(self, question: Question) -> BusQuestion:
        return BusQuestion(self.bus, question, self.owner or "")

    def asks(self, question: Question) -> Answer:
        answers: list[Answer] = []
        self.source(question).ask(answers.append)
        assert not answers
        turn_until(self.loop, lambda: answers, "an answer")
        return answers[0]

    def hints(self, question: Question) -> list[bool]:
        """Grows with every hint from now on."""
        heard: list[bool] = []
        self.source(question).begin(lambda: heard.append(True))
        return heard

    def close(self) -> None:
        self.lamp.leave()
        self.bus.close()


@pytest.fixture
def room(loop: SelectorLoop, daemon: PrivateBus) -> Iterator[Room]:
    room = Room(loop, daemon.address)
    yield room
    room.close()


def test_a_property_says_yes_or_no(room: Room) -> None:
    assert room.asks(BY_PROPERTY) == Answer(True)
    room.lamp.answers["Get Lit"] = ("v", (("b", False),))
    assert room.asks(BY_PROPERTY) == Answer(False)


def test_a_method_says_yes_or_no(room: Room) -> None:
    room.lamp.answers["IsLit"] = ("b", (True,))
    assert room.asks(BY_METHOD) == Answer(True)


@pytest.mark.parametrize(
    ("signature", "body"), [("v", (("s", "true"),)), ("b", (True,)), ("as", (["on"],)), ("", ())]
)
def test_an_answer_of_another_kind_is_no_answer(room: Room, signature: str, body: tuple[object, ...]) -> None:
    room.lamp.answers["Get Lit"] = (signature, body)
    assert room.asks(BY_PROPERTY) == WRONG


def test_who_does_not_know_the_question_cannot_tell(room: Room) -> None:
    del room.lamp.answers["Get Lit"]
    assert room.asks(BY_PROPERTY) == Answer(None, State.ABSENT, "cannot tell: UnknownProperty")


def test_an_error_may_mean_no(room: Room) -> None:
    assert room.asks(BY_METHOD) == Answer(False)


def test_who_leaves_before_answering_does_not_answer(room: Room) -> None:
    room.lamp.mute = True
    answers: list[Answer] = []
    room.source(BY_PROPERTY).ask(answers.append)
    turn_until(room.loop, lambda: room.lamp.asked, "the question to arrive")
    room.bus.close()
    source = room.source(BY_PROPERTY)
    source.ask(answers.append)
    turn_until(room.loop, lambda: answers, "an answer")
    assert answers == [SILENT]


def test_only_its_own_signals_are_hints(room: Room) -> None:
    properties, methods = room.hints(BY_PROPERTY), room.hints(BY_METHOD)
    heeded(room.loop, room.bus)
    room.lamp.tell(PROPERTIES, "PropertiesChanged", "sa{sv}as", "org.example.Other", {}, [])
    room.lamp.tell(LAMP, "Switched", "s", "fan")
    room.lamp.tell(LAMP, "Broken", "s", "lamp")
    room.lamp.tell(LAMP, "Switched", "s", "lamp")
    turn_until(room.loop, lambda: methods, "the hint of the method's")
    assert (len(properties), len(methods)) == (0, 1)
    room.lamp.becomes(LAMP, "Lit", "b", True)
    turn_until(room.loop, lambda: properties, "the hint of the property's")
    assert (len(properties), len(methods)) == (1, 1)


def test_nobody_else_is_believed(room: Room, daemon: PrivateBus) -> None:
    heard = room.hints(BY_PROPERTY)
    liar = StandIn(room.loop, daemon.address, "org.example.Liar", PATH, {})
    heeded(room.loop, liar.bus)
    heeded(room.loop, room.bus)
    liar.becomes(LAMP, "Lit", "b", False)
    heeded(room.loop, liar.bus)
    room.lamp.becomes(LAMP, "Lit", "b", True)
    turn_until(room.loop, lambda: heard, "the lamp's own hint")
    assert len(heard) == 1
    liar.leave()


def test_closed_it_hears_nothing(room: Room) -> None:
    heard: list[bool] = []
    source = room.source(BY_PROPERTY)
    source.begin(lambda: heard.append(True))
    source.close()
    source.close()
    room.lamp.becomes(LAMP, "Lit", "b", False)
    heeded(room.loop, room.lamp.bus)
    turn_for(room.loop, 0.1)
    assert not heard
