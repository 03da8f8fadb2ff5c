"""The bus as the agent sees it, against a real dbus-daemon that is sometimes taken away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from jeepney import DBusAddress, MatchRule, Message, new_method_return, new_signal

from tests.support.private_bus import PrivateBus
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux import bus as bus_module
from tray_agent.platforms.linux.bus import LAST_RETRY_S, Bus
from tray_agent.platforms.linux.messages import NO_BUS, NO_REPLY, ODD_REPLY, Body, Refusal, method
from tray_agent.shell.loop import SelectorLoop

ECHO = DBusAddress("/echo", "org.example.Echo", "org.example.Echo")
SAID = MatchRule(type="signal", sender="org.example.Echo", interface="org.example.Echo", member="Said")
PING = method(ECHO.with_interface("org.freedesktop.DBus.Peer"), "Ping")

Connect = Callable[[], Bus]


@pytest.fixture
def connect(loop: SelectorLoop, daemon: PrivateBus) -> Iterator[Connect]:
    made: list[Bus] = []

    def connect() -> Bus:
        bus = Bus(loop, daemon.address)
        made.append(bus)
        turn_until(loop, lambda: bus.connected, "the connection")
        return bus

    yield connect
    for bus in made:
        bus.close()


class Asked:
    """The outcome of one call."""

    def __init__(self) -> None:
        self.replies: list[Body] = []
        self.refusals: list[Refusal] = []

    def call(
        self, bus: Bus, message: Message, *, timeout_s: float = 5.0, signature: str | None = None
    ) -> None:
        bus.call(message, self.replies.append, self.refusals.append, timeout_s, signature)

    @property
    def done(self) -> bool:
        return bool(self.replies or self.refusals)


def echo(bus: Bus) -> None:
    """Serve an object that returns what it is given."""
    bus.request_name("org.example.Echo")
    bus.serve("/echo", lambda call: new_method_return(call, "s", call.body))


def test_a_call_is_answered_by_what_the_other_serves(loop: SelectorLoop, connect: Connect) -> None:
    here, there = connect(), connect()
    echo(there)
    asked = Asked()
    turn_until(loop, lambda: _owned(loop, here), "the name")
    asked.call(here, method(ECHO, "Say", "s", "hello"), signature="s")
    turn_until(loop, lambda: asked.done, "the answer")
    assert asked.replies == [("hello",)]


def test_calls_that_cannot_be_answered_are_refused(loop: SelectorLoop, connect: Connect) -> None:
    here, there = connect(), connect()
    nobody, no_object, silent, odd = Asked(), Asked(), Asked(), Asked()
    there.request_name("org.example.Other")
    there.serve("/silent", lambda _call: None)
    there.serve("/odd", lambda call: new_method_return(call, "u", (1,)))
    turn_until(loop, lambda: _owned(loop, here, "org.example.Other"), "the name")
    nobody.call(here, method(ECHO, "Say"))
    no_object.call(here, method(DBusAddress("/nothing", "org.example.Other"), "Say"))
    silent.call(here, method(DBusAddress("/silent", "org.example.Other"), "Say"), timeout_s=0.1)
    odd.call(here, method(DBusAddress("/odd", "org.example.Other"), "Say"), signature="s")
    turn_until(loop, lambda: all(each.done for each in (nobody, no_object, silent, odd)), "the refusals")
    assert nobody.refusals[0].name.endswith("ServiceUnknown")
    assert no_object.refusals[0].name.endswith("UnknownObject")
    assert (silent.refusals, odd.refusals) == ([NO_REPLY], [ODD_REPLY])


def test_every_object_answers_a_ping(loop: SelectorLoop, connect: Connect) -> None:
    here, there = connect(), connect()
    echo(there)
    asked = Asked()
    turn_until(loop, lambda: _owned(loop, here), "the name")
    asked.call(here, PING, signature="")
    turn_until(loop, lambda: asked.replies, "the answer to Ping")


def test_a_served_object_can_be_taken_away(loop: SelectorLoop, connect: Connect) -> None:
    here, there = connect(), connect()
    echo(there)
    turn_until(loop, lambda: _owned(loop, here), "the name")
    there.serve("/echo", lambda _call: None)()
    asked = Asked()
    asked.call(here, method(ECHO, "Say"))
    turn_until(loop, lambda: asked.refusals, "the refusal")


def test_signals_of_a_name_are_heard_from_its_owner_alone(loop: SelectorLoop, connect: Connect) -> None:
    here, there, liar = connect(), connect(), connect()
    heard: list[str] = []
    here.match(SAID, lambda message: heard.append(message.body[0]), "s")
    echo(there)
    turn_until(loop, lambda: _owned(loop, here), "the name")
    liar.send(new_signal(ECHO, "Said", "s", ("a lie",)))
    there.send(new_signal(ECHO, "Said", "u", (5,)))
    there.send(new_signal(ECHO, "Said", "s", ("the truth",)))
    turn_until(loop, lambda: heard, "the signal")
    turn_for(loop, 0.1)
    assert heard == ["the truth"]


def test_a_match_that_was_stopped_hears_no_more(loop: SelectorLoop, connect: Connect) -> None:
    here, there = connect(), connect()
    stopped, kept = list[Message](), list[Message]()
    echo(there)
    here.match(SAID, kept.append)
    stop = here.match(SAID, stopped.append)
    turn_until(loop, lambda: _owned(loop, here), "the name")
    stop()
    stop()
    there.send(new_signal(ECHO, "Said", "s", ("hello",)))
    turn_until(loop, lambda: kept, "the signal")
    assert stopped == []


def test_the_owner_of_a_name_is_told_at_once_and_at_each_change(loop: SelectorLoop, connect: Connect) -> None:
    here, there = connect(), connect()
    first: list[str | None] = []
    second: list[str | None] = []
    here.watch_name("org.example.Echo", first.append)
    turn_until(loop, lambda: first == [None], "the news that nobody owns it")
    there.request_name("org.example.Echo")
    turn_until(loop, lambda: len(first) == 2, "the owner")
    stop = here.watch_name("org.example.Echo", second.append)
    turn_until(loop, lambda: second == first[1:], "the owner, told to the second too")
    stop()
    there.release_name("org.example.Echo")
    turn_until(loop, lambda: first[2:] == [None], "the release")
    assert len(second) == 1


def test_a_name_is_granted_to_the_first_only(loop: SelectorLoop, connect: Connect) -> None:
    here, there = connect(), connect()
    granted: list[tuple[str, bool]] = []
    here.request_name("org.example.Echo", lambda held: granted.append(("here", held)))
    turn_until(loop, lambda: granted, "the answer")
    there.request_name("org.example.Echo", lambda held: granted.append(("there", held)))
    turn_until(loop, lambda: len(granted) == 2, "the second answer")
    assert granted == [("here", True), ("there", False)]


def test_a_dead_bus_is_noticed_and_everything_is_there_again_on_the_next(
    loop: SelectorLoop, connect: Connect, daemon: PrivateBus
) -> None:
    here, there = connect(), connect()
    states: list[bool] = []
    owners: list[str | None] = []
    heard: list[Message] = []
    here.follow(states.append)
    here.watch_name("org.example.Echo", owners.append)
    here.match(SAID, heard.append)
    echo(there)
    turn_until(loop, lambda: owners and owners[-1], "the owner")
    pending = Asked()
    pending.call(here, method(ECHO.with_interface("org.example.Slow"), "Say", "s", "hello"))
    daemon.kill()
    turn_until(loop, lambda: states == [False], "the loss")
    assert pending.done
    assert owners[-1] is None
    assert here.reason
    refused = Asked()
    refused.call(here, PING)
    turn_until(loop, lambda: refused.refusals == [NO_BUS], "the refusal while there is no bus")
    here.send(new_signal(ECHO, "Said", "s", ("dropped",)))

    daemon.start()
    turn_until(loop, lambda: states == [False, True] and owners[-1], "the reconnection")
    there.send(new_signal(ECHO, "Said", "s", ("back",)))
    turn_until(loop, lambda: heard, "the signal")
    assert [message.body for message in heard] == [("back",)]
    assert here.reason is None


def test_an_agent_started_without_a_bus_gets_it_later(
    loop: SelectorLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    bus = Bus(loop)
    assert not bus.connected
    assert bus.reason == "this session has no message bus"
    with PrivateBus() as daemon:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.address)
        turn_until(loop, lambda: bus.connected, "the bus that came later")
        bus.close()


def test_a_bus_that_comes_back_late_is_not_waited_for_long(
    loop: SelectorLoop, connect: Connect, daemon: PrivateBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus_module, "LAST_RETRY_S", 0.5)
    bus = connect()
    daemon.kill()
    turn_for(loop, 2.0)
    assert not bus.connected
    daemon.start()
    came_back = time.monotonic()
    turn_until(loop, lambda: bus.connected, "the reconnection")
    assert time.monotonic() - came_back < 1.0
    assert LAST_RETRY_S <= 5


def test_a_session_bus_that_moved_is_found_at_the_persons_own_door(
    loop: SelectorLoop, daemon: PrivateBus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus_module, "ELSEWHERE_FROM_S", 2.0)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.address)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with closing(Bus(loop)) as bus, PrivateBus() as second:
        turn_until(loop, lambda: bus.connected, "the first bus")
        (tmp_path / "bus").symlink_to(second.address.removeprefix("unix:path="))
        daemon.kill()
        turn_until(loop, lambda: not bus.connected, "the loss")
        turn_until(loop, lambda: bus.connected, "the second bus")


def test_a_closed_bus_stays_closed(loop: SelectorLoop, connect: Connect, daemon: PrivateBus) -> None:
    bus = connect()
    states: list[bool] = []
    bus.follow(states.append)
    bus.close()
    daemon.kill()
    daemon.start()
    turn_for(loop, 0.7)
    assert (bus.connected, bus.reason, states) == (False, "closed", [])


def test_odd_peers_raise_nothing(loop: SelectorLoop, connect: Connect) -> None:
    here, there = connect(), connect()
    there.request_name("org.example.Echo")
    there.serve("/echo", lambda call: new_method_return(call, "s", ("not an owner",)))
    oddities = [
        new_signal(DBusAddress("/x", interface="org.example.Odd"), name, signature, body)
        for name, signature, body in (
            ("Empty", None, ()),
            ("Deep", "av", ([("av", [("av", [("s", "x")])])],)),
            ("Long", "s", ("x" * 100_000,)),
        )
    ]
    heard: list[Message] = []
    here.match(MatchRule(type="signal", interface="org.example.Odd"), heard.append)
    turn_until(loop, lambda: _owned(loop, here), "the name")
    for oddity in oddities:
        there.send(oddity)
    turn_until(loop, lambda: len(heard) == 3, "the odd signals")
    assert [len(message.body) for message in heard] == [0, 1, 1]


def _owned(loop: SelectorLoop, bus: Bus, name: str = "org.example.Echo") -> bool:
    owners: list[str | None] = []
    stop = bus.watch_name(name, owners.append)
    turn_until(loop, lambda: owners, "an answer about the name")
    stop()
    return owners[-1] is not None


def test_a_hint_leaves_the_body_unread_unless_somebody_else_reads_it(
    loop: SelectorLoop, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = connect(), connect()
    hints: list[bool] = []
    titles: list[object] = []
    read: list[bytes] = []
    read_whole = Message.from_buffer

    def reads(data: bytes) -> Message:
        read.append(data)
        return read_whole(data)

    monkeypatch.setattr(Message, "from_buffer", reads)
    rule = MatchRule(type="signal", interface="org.example.Echo", member="Said")
    rule.add_arg_condition(0, "a title")
    said, other = (new_signal(ECHO, "Said", "s", (words,)) for words in ("a title", "another"))
    here.hint(rule, lambda: hints.append(True))
    assert not _owned(loop, here, "org.example.First")
    there.send(other)
    there.send(said)
    turn_until(loop, lambda: hints, "the hint")
    assert len(hints) == 1
    assert not any(b"a title" in data for data in read)
    stop = here.match(rule, lambda message: titles.append(message.body[0]))
    assert not _owned(loop, here, "org.example.Second")
    there.send(said)
    turn_until(loop, lambda: titles, "the title")
    assert (titles, len(hints)) == (["a title"], 2)
    stop()
