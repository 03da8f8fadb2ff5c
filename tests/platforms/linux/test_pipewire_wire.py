from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fake_pipewire import FakePipeWire, message, node
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux.pipewire_pod import Malformed, integer, text
from tray_agent.platforms.linux.pipewire_wire import LONGEST, PipeWireWire, door
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop


class Client:
    """A wire that writes down what it tells."""

    def __init__(self, loop: SelectorLoop) -> None:
        self.loop = loop
        self.heard: list[tuple[int, int, bytes]] = []
        self.synced = 0
        self.lost: list[str] = []
        self.wire = PipeWireWire(loop, self._heard, self._synced, self.lost.append)

    def _heard(self, target: int, event: int, message: memoryview) -> None:
        self.heard.append((target, event, bytes(message)))

    def _synced(self) -> None:
        self.synced += 1


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePipeWire]:
    with FakePipeWire() as server:
        monkeypatch.setenv("PIPEWIRE_REMOTE", f"{server.door}")
        yield server


@pytest.fixture
def client(loop: SelectorLoop, server: FakePipeWire) -> Iterator[Client]:
    client = Client(loop)
    server.accept()
    yield client
    client.wire.close()


def test_it_greets_and_asks_for_the_registry(client: Client, server: FakePipeWire) -> None:
    assert server.asked() == [(0, 1, [3]), (1, 2, []), (0, 5, [3, 2])]
    assert not client.lost


def test_each_event_is_heard_once_however_it_arrives(client: Client, server: FakePipeWire) -> None:
    both = message(2, 1, integer(7)) + message(5, 0, text("x"))
    server.say(both, both)
    turn_until(client.loop, lambda: len(client.heard) == 4, "four events")
    for at in range(len(both)):
        server.say(both[at : at + 1])
        client.loop.step(1.0)
    assert [(target, event) for target, event, _ in client.heard] == [(2, 1), (5, 0)] * 3
    assert client.heard[0] == client.heard[4]


def test_sync_is_answered_when_its_own_answer_came(client: Client, server: FakePipeWire) -> None:
    client.wire.sync()
    client.wire.sync()
    old, new = [numbers for target, method, numbers in server.asked() if (target, method) == (0, 2)]
    server.say(message(0, 1, *map(integer, old)))
    turn_for(client.loop, 0.1)
    assert client.synced == 0
    server.say(message(0, 1, *map(integer, new)))
    turn_until(client.loop, lambda: client.synced == 1, "the answer")


def test_a_ping_is_answered(client: Client, server: FakePipeWire) -> None:
    server.asked()
    server.say(message(0, 2, integer(0), integer(42)))
    turn_until(client.loop, lambda: (0, 3, [0, 42]) in server.asked(), "the pong")


def test_an_error_is_told_without_its_words(client: Client, server: FakePipeWire) -> None:
    server.say(message(0, 3, integer(9), integer(1), integer(-2), text("no such thing")))
    turn_until(client.loop, lambda: client.heard == [(9, -1, b"")], "the error")


@pytest.mark.parametrize(
    "nonsense",
    [
        message(0, 1, text("a"), text("b")),
        message(0, 2),
        message(0, 3, text("a")),
        message(0, 1, integer(0), integer(1))[:16] + bytes(40),
        (LONGEST + 1 << 32).to_bytes(16, "little"),
        b"\xff" * 64,
    ],
    ids=["no number", "an empty ping", "an error about a text", "no structure", "too long", "garbage"],
)
def test_nonsense_ends_the_connection_with_a_reason(
    client: Client, server: FakePipeWire, nonsense: bytes
) -> None:
    server.say(nonsense)
    turn_until(client.loop, lambda: client.lost, "the end")
    assert client.lost[0].startswith("PipeWire sent nonsense: ")


def test_a_listener_may_find_a_message_malformed(loop: SelectorLoop, server: FakePipeWire) -> None:
    def puzzled(_target: int, _event: int, _message: memoryview) -> None:
        raise Malformed("a puzzle")

    lost: list[str] = []
    PipeWireWire(loop, puzzled, lambda: None, lost.append)
    server.accept()
    server.say(node(1))
    turn_until(loop, lambda: lost == ["PipeWire sent nonsense: a puzzle"], "the end")


def test_a_server_that_hangs_up_is_told(client: Client, server: FakePipeWire) -> None:
    server.hang_up()
    turn_until(client.loop, lambda: client.lost, "the loss")
    assert "PipeWire" in client.lost[0]
    client.wire.sync()
    turn_for(client.loop, 0.1)
    assert len(client.lost) == 1


def test_a_server_that_stops_reading_is_left(client: Client, server: FakePipeWire) -> None:
    for _ in range(100_000):
        client.wire.sync()
        client.loop.step(0.0)
        if client.lost:
            break
    assert client.lost == ["PipeWire has stopped reading"]


def test_closed_it_says_nothing_more(client: Client, server: FakePipeWire) -> None:
    server.say(message(2, 1, integer(7)))
    client.wire.close()
    client.wire.close()
    client.wire.sync()
    turn_for(client.loop, 0.1)
    assert not client.lost
    assert not client.heard


def test_where_it_knocks(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PIPEWIRE_REMOTE", "PIPEWIRE_RUNTIME_DIR", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Unavailable, match="no runtime folder"):
        door()
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1")
    assert door() == Path("/run/user/1/pipewire-0")
    monkeypatch.setenv("PIPEWIRE_RUNTIME_DIR", "/run/pipewire")
    monkeypatch.setenv("PIPEWIRE_REMOTE", "other")
    assert door() == Path("/run/pipewire/other")
    monkeypatch.setenv("PIPEWIRE_REMOTE", "/somewhere/else")
    assert door() == Path("/somewhere/else")


def test_where_nobody_listens_it_is_unavailable(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIPEWIRE_REMOTE", "/nowhere/pipewire-0")
    with pytest.raises(Unavailable, match="No such file"):
        Client(loop)
    monkeypatch.setenv("PIPEWIRE_REMOTE", "/" + "long" * 50)
    with pytest.raises(Unavailable, match="too long"):
        Client(loop)
