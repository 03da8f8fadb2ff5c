"""An object of ours as others see it: through a real bus, and through gdbus for the introspection."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jeepney import DBusAddress, MatchRule, Message

from tests.support.private_bus import PrivateBus
from tests.support.turning import turn_until
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.exported import BadArgument, Exported, Interface, Method, Property, plain
from tray_agent.platforms.linux.messages import Body, Refusal, method
from tray_agent.shell.loop import SelectorLoop

NAME = "org.example.Lamp"
LAMP = DBusAddress("/lamp", NAME, NAME)
PROPERTIES = LAMP.with_interface("org.freedesktop.DBus.Properties")
INTROSPECTABLE = LAMP.with_interface("org.freedesktop.DBus.Introspectable")


def dim(by: int, _colours: dict[str, str]) -> Body:
    if by > 10:
        raise BadArgument("the lamp has ten steps")
    return (10 - by, [("warm", True)])


INTERFACE = Interface(
    NAME,
    methods={"Dim": Method("ia{ss}", "ia(sb)", dim)},
    properties={"Colour": Property("s", lambda: "warm"), "Steps": Property("i", lambda: 10)},
    signals={"Burnt": "si", "Out": ""},
)


class Room:
    """A lamp on the bus and somebody who uses it."""

    def __init__(self, loop: SelectorLoop, address: str) -> None:
        self.loop = loop
        self.owner, self.user = Bus(loop, address), Bus(loop, address)
        self.lamp = Exported(self.owner, "/lamp", INTERFACE)
        self.owner.request_name(NAME)
        found: list[str | None] = []
        self.user.watch_name(NAME, found.append)
        turn_until(loop, lambda: found and found[-1], "the lamp")

    def ask(self, message: Message) -> Body | Refusal:
        answers: list[Body | Refusal] = []
        self.user.call(message, answers.append, answers.append)
        turn_until(self.loop, lambda: answers, "the answer")
        return answers[0]


@pytest.fixture
def room() -> Iterator[Room]:
    loop = SelectorLoop()
    with PrivateBus() as daemon:
        room = Room(loop, daemon.address)
        yield room
        room.owner.close()
        room.user.close()
    loop.close()


def test_a_method_answers(room: Room) -> None:
    assert room.ask(method(LAMP, "Dim", "ia{ss}", 3, {"a": "b"})) == (7, [("warm", True)])


def test_a_caller_need_not_name_the_interface(room: Room) -> None:
    assert room.ask(method(DBusAddress("/lamp", NAME), "Dim", "ia{ss}", 0, {})) == (10, [("warm", True)])


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (method(LAMP, "Dim", "ia{ss}", 11, {}), "ten steps"),
        (method(LAMP, "Dim", "s", "much"), "arguments are 'ia{ss}'"),
        (method(LAMP, "Explode"), "no such method"),
        (method(LAMP.with_interface("org.example.Other"), "Dim", "ia{ss}", 1, {}), "no such method"),
        (method(PROPERTIES, "Get", "ss", NAME, "Weight"), "no property 'Weight'"),
        (method(PROPERTIES, "Get", "ss", "org.example.Other", "Colour"), "no property 'Colour'"),
        (method(PROPERTIES, "Set", "ssv", NAME, "Colour", ("s", "cold")), "not to be written"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(room: Room, call: Message, why: str) -> None:
    refusal = room.ask(call)
    assert isinstance(refusal, Refusal)
    assert why in refusal.text


def test_properties_are_read_one_by_one_or_all_together(room: Room) -> None:
    everything = {"Colour": ("s", "warm"), "Steps": ("i", 10)}
    assert room.ask(method(PROPERTIES, "Get", "ss", NAME, "Colour")) == (("s", "warm"),)
    assert room.ask(method(PROPERTIES, "GetAll", "s", NAME)) == (everything,)
    assert room.ask(method(PROPERTIES, "GetAll", "s", "org.example.Other")) == ({},)


def test_signals_reach_whoever_listens(room: Room) -> None:
    heard: list[Any] = []
    room.user.match(MatchRule(type="signal", interface=NAME), lambda message: heard.append(message.body))
    room.ask(method(LAMP, "Dim", "ia{ss}", 0, {}))
    room.lamp.emit("Burnt", "too hot", 90)
    room.lamp.emit("Out")
    turn_until(room.loop, lambda: len(heard) == 2, "the signals")
    assert heard == [("too hot", 90), ()]


def test_introspection_declares_exactly_what_there_is(room: Room) -> None:
    answer = room.ask(method(INTROSPECTABLE, "Introspect"))
    assert isinstance(answer, tuple)
    node = ET.fromstring(answer[0])  # noqa: S314  our own words
    lamp = next(each for each in node if each.get("name") == NAME)
    declared = [(part.tag, part.get("name"), [arg.get("type") for arg in part]) for part in lamp]
    assert declared == [
        ("method", "Dim", ["i", "a{ss}", "i", "a(sb)"]),
        ("property", "Colour", []),
        ("property", "Steps", []),
        ("signal", "Burnt", ["s", "i"]),
        ("signal", "Out", []),
    ]
    directions = [arg.get("direction") for arg in lamp[0]]
    assert directions == ["in", "in", "out", "out"]


def test_glib_understands_the_introspection(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", str(room.owner._address))
    command = ["gdbus", "introspect", "--session", "--dest", NAME, "--object-path", "/lamp"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    turn_until(room.loop, lambda: process.poll() is not None, "gdbus to end")
    printed, _ = process.communicate()
    assert process.returncode == 0
    assert "readonly s Colour = 'warm';" in printed


def test_a_closed_object_is_gone(room: Room) -> None:
    room.lamp.close()
    refusal = room.ask(method(LAMP, "Dim", "ia{ss}", 1, {}))
    assert isinstance(refusal, Refusal)
    assert refusal.name.endswith("UnknownObject")


def test_plain_text_survives_what_a_bus_cannot_carry() -> None:
    assert plain("quiet\0 please \ud800, thanks") == "quiet please ?, thanks"
