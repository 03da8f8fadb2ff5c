"""The wire against a real dbus-daemon, and against listeners that are no bus at all."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress, Message, MessageType, message_bus, new_method_call

from tests.support.private_bus import PrivateBus
from tests.support.turning import turn_until
from tray_agent.platforms.linux import wire
from tray_agent.platforms.linux.wire import Wire, session_address, system_address
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop

ECHO = DBusAddress("/echo", "org.example.Echo", "org.example.Echo")


class End:
    """One end of a wire, remembering all it was told."""

    def __init__(self, loop: SelectorLoop, address: str) -> None:
        self.opened = False
        self.heard: list[Message] = []
        self.lost: list[str] = []
        self.wire = Wire(loop, address, self._open, self.heard.append, self.lost.append)

    def _open(self) -> None:
        self.opened = True


@pytest.fixture
def bus() -> Iterator[PrivateBus]:
    with PrivateBus() as bus:
        yield bus


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[socket.socket]:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{tmp_path}/s")
    listener.listen(1)
    yield listener
    listener.close()


def test_it_logs_in_and_talks_to_the_bus(loop: SelectorLoop, bus: PrivateBus) -> None:
    end = End(loop, bus.address)
    turn_until(loop, lambda: end.opened, "the login")
    end.wire.send(message_bus.Hello(), 1)
    turn_until(loop, lambda: end.heard, "the answer to Hello")
    assert end.heard[0].header.message_type is MessageType.method_return
    assert end.heard[0].body[0].startswith(":")
    end.wire.close()


def test_the_death_of_the_bus_is_told_once(loop: SelectorLoop, bus: PrivateBus) -> None:
    end = End(loop, bus.address)
    turn_until(loop, lambda: end.opened, "the login")
    bus.kill()
    turn_until(loop, lambda: end.lost, "the loss")
    end.wire.send(message_bus.Hello(), 2)
    loop.step(0)
    assert len(end.lost) == 1


def test_one_that_was_closed_tells_nothing_more(loop: SelectorLoop, bus: PrivateBus) -> None:
    end = End(loop, bus.address)
    turn_until(loop, lambda: end.opened, "the login")
    end.wire.close()
    end.wire.close()
    bus.kill()
    loop.step(0)
    assert end.lost == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("unix:path=/nowhere/at/all", "No such file"),
        ("tcp:host=localhost,port=1", "not supported"),
        ("rubbish", "rubbish"),
    ],
)
def test_where_nobody_listens_it_says_why(loop: SelectorLoop, address: str, why: str) -> None:
    with pytest.raises(Unavailable, match=why):
        End(loop, address)


def test_the_second_of_two_addresses_will_do(loop: SelectorLoop, bus: PrivateBus) -> None:
    end = End(loop, f"unix:path=/nowhere/at/all;{bus.address}")
    turn_until(loop, lambda: end.opened, "the login")
    end.wire.close()


def test_a_listener_that_refuses_the_login_is_no_bus(loop: SelectorLoop, listener: socket.socket) -> None:
    end = End(loop, f"unix:path={listener.getsockname()}")
    peer, _ = listener.accept()
    peer.sendall(b"REJECTED\r\n")
    turn_until(loop, lambda: end.lost, "the refusal")
    peer.close()
    assert "refused" in end.lost[0]


def test_a_listener_that_stays_silent_is_given_up(
    loop: SelectorLoop, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "LOGIN_TIMEOUT_S", 0.1)
    end = End(loop, f"unix:path={listener.getsockname()}")
    turn_until(loop, lambda: end.lost, "the end of patience")
    assert end.lost == ["the bus does not answer"]


def test_nonsense_instead_of_messages_ends_the_connection(
    loop: SelectorLoop, listener: socket.socket
) -> None:
    end, peer = _logged_in(loop, listener)
    peer.sendall(b"this is no message of D-Bus at all")
    turn_until(loop, lambda: end.lost, "the loss")
    peer.close()
    assert "nonsense" in end.lost[0]


def test_a_message_it_cannot_read_is_skipped_and_the_next_one_heard(
    loop: SelectorLoop, listener: socket.socket
) -> None:
    end, peer = _logged_in(loop, listener)
    good = new_method_call(ECHO, "Good").serialise(7)
    of_unknown_type = bytearray(good)
    of_unknown_type[1] = 9
    peer.sendall(bytes(of_unknown_type) + good)
    turn_until(loop, lambda: end.heard, "the readable message")
    assert [message.header.serial for message in end.heard] == [7]
    assert end.lost == []
    end.wire.close()
    peer.close()


def test_what_does_not_fit_at_once_goes_out_later_and_in_order(loop: SelectorLoop, bus: PrivateBus) -> None:
    end = End(loop, bus.address)
    turn_until(loop, lambda: end.opened, "the login")
    end.wire.send(message_bus.Hello(), 1)
    turn_until(loop, lambda: end.heard, "the answer to Hello")
    to_itself = DBusAddress("/echo", end.heard.pop().body[0], "org.example.Echo")
    os.kill(bus.pid, signal.SIGSTOP)
    for serial in range(2, 12):
        end.wire.send(new_method_call(to_itself, "Big", "ay", (bytes(500_000),)), serial)
    os.kill(bus.pid, signal.SIGCONT)
    calls = range(2, 12)

    def arrived() -> list[int]:
        return [message.header.serial for message in end.heard if message.body == (bytes(500_000),)]

    turn_until(loop, lambda: len(arrived()) == len(calls), "ten large messages")
    assert arrived() == list(calls)
    end.wire.close()


def test_the_addresses_of_the_two_buses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/a")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/b")
    assert (session_address(), system_address()) == ("unix:path=/a", "unix:path=/b")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.delenv("DBUS_SYSTEM_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert system_address() == "unix:path=/run/dbus/system_bus_socket"
    with pytest.raises(Unavailable, match="no message bus"):
        session_address()
    (tmp_path / "bus").touch()
    assert session_address() == f"unix:path={tmp_path}/bus"


def test_a_bus_that_is_gone_from_its_address_may_be_at_the_persons_own_door(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/a")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert session_address(elsewhere=True) == "unix:path=/a"
    (tmp_path / "bus").touch()
    assert session_address(elsewhere=True) == f"unix:path=/a;unix:path={tmp_path}/bus"
    assert session_address() == "unix:path=/a"
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert session_address(elsewhere=True) == "unix:path=/a"


def _logged_in(loop: SelectorLoop, listener: socket.socket) -> tuple[End, socket.socket]:
    end = End(loop, f"unix:path={listener.getsockname()}")
    peer, _ = listener.accept()
    peer.sendall(b"OK 1234\r\n")
    turn_until(loop, lambda: end.opened, "the login")
    assert threading.active_count() == 1
    return end, peer
