"""The wire against a real PulseAudio, and against listeners that speak the protocol badly or not at all."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fake_pulse import FakePulse
from tests.support.sound_clients import SoundClient
from tests.support.sound_servers import PulseAudio
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux import pulse_wire
from tray_agent.platforms.linux.pulse_tags import HEADER, Command, Malformed, Reader, number, packet
from tray_agent.platforms.linux.pulse_wire import PulseWire, cookie, server_door
from tray_agent.ports import State, Unavailable
from tray_agent.shell.loop import SelectorLoop

SOURCE_OUTPUTS = number(1 << 3)


class End:
    """One end of a wire, remembering all it was told."""

    def __init__(self, loop: SelectorLoop, door: Path) -> None:
        self.opened = False
        self.events: list[int] = []
        self.lost: list[tuple[State, str]] = []
        self.answers: list[Reader] = []
        self.refusals: list[int] = []
        self.wire = PulseWire(loop, door, self._open, self.events.append, self._lose)

    def ask(self, command: Command, body: bytes = b"") -> None:
        self.wire.ask(command, body, self.answers.append, self.refusals.append)

    def _open(self) -> None:
        self.opened = True

    def _lose(self, state: State, reason: str) -> None:
        self.lost.append((state, reason))


@pytest.fixture
def server() -> Iterator[PulseAudio]:
    with PulseAudio() as server:
        yield server


@pytest.fixture
def fake(loop: SelectorLoop) -> Iterator[FakePulse]:
    with FakePulse(loop) as fake:
        yield fake


def logged_in(loop: SelectorLoop, fake: FakePulse) -> End:
    end = End(loop, fake.door)
    fake.let_in()
    turn_until(loop, lambda: end.opened, "the login")
    return end


def test_it_logs_in_by_our_own_name_and_gets_answers_and_events(
    loop: SelectorLoop, server: PulseAudio
) -> None:
    end = End(loop, server.door)
    turn_until(loop, lambda: end.opened, "the login")
    clients = server.control("list", "clients")
    assert 'application.name = "Tray Agent"' in clients
    end.ask(Command.SUBSCRIBE, SOURCE_OUTPUTS)
    end.ask(Command.GET_SOURCE_OUTPUT_INFO_LIST)
    turn_until(loop, lambda: len(end.answers) == 2, "two answers")
    assert [answer.more for answer in end.answers] == [False, False]
    client = SoundClient(loop, server.door)
    turn_until(loop, lambda: end.events, "an event")
    assert end.events[0] == 3  # a new source output
    end.ask(Command.GET_SOURCE_INFO, number(12345) + b"N")
    turn_until(loop, lambda: end.refusals, "a refusal")
    client.close()
    end.wire.close()


def test_the_death_of_the_server_is_told_once(loop: SelectorLoop, server: PulseAudio) -> None:
    end = End(loop, server.door)
    turn_until(loop, lambda: end.opened, "the login")
    server.kill()
    turn_until(loop, lambda: end.lost, "the loss")
    end.ask(Command.GET_SOURCE_OUTPUT_INFO_LIST)
    turn_for(loop, 0.1)
    assert [state for state, _reason in end.lost] == [State.LOST]
    assert not end.answers


def test_one_that_was_closed_tells_nothing_more(loop: SelectorLoop, fake: FakePulse) -> None:
    end = logged_in(loop, fake)
    end.ask(Command.GET_SOURCE_OUTPUT_INFO_LIST)
    fake.reply(fake.hear())
    end.wire.close()
    end.wire.close()
    turn_for(loop, 0.1)
    assert (end.answers, end.lost) == ([], [])


def test_a_server_that_asks_late_who_we_are_learns_it_all_the_same(
    loop: SelectorLoop, fake: FakePulse, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = pulse_wire._connect

    def accepted_before_anything_is_sent(door: Path) -> socket.socket:
        end = connect(door)
        fake.accept()
        return end

    monkeypatch.setattr(pulse_wire, "_connect", accepted_before_anything_is_sent)
    end = End(loop, fake.door)
    assert fake.caller() == (os.getpid(), os.getuid(), os.getgid())
    end.wire.close()


@pytest.mark.parametrize("right", [True, False])
def test_a_server_of_another_user_wants_its_cookie(
    loop: SelectorLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, right: bool
) -> None:
    """Where the tests do not run as root the server is ours, and lets us in whatever we show."""
    wrong = tmp_path / "cookie"
    wrong.write_bytes(bytes(range(256)))
    with PulseAudio(of_another_user=True) as server:
        theirs = Path(server.env["XDG_CONFIG_HOME"], "pulse", "cookie")
        monkeypatch.setenv("PULSE_COOKIE", f"{theirs if right else wrong}")
        end = End(loop, server.door)
        turn_until(loop, lambda: end.opened or end.lost, "a word")
        let_in = right or os.geteuid() != 0
        assert end.opened == let_in
        assert end.lost == ([] if let_in else [(State.DENIED, "the sound server refused the login")])
        end.wire.close()


def test_a_server_of_long_ago_is_none(loop: SelectorLoop, fake: FakePulse) -> None:
    end = End(loop, fake.door)
    fake.accept()
    fake.reply(fake.hear(), number(18))
    turn_until(loop, lambda: end.lost, "the end")
    assert end.lost == [(State.ABSENT, "the sound server is too old")]


@pytest.mark.parametrize(("code", "state"), [(1, State.DENIED), (6, State.LOST)])
def test_a_login_refused_or_failed(loop: SelectorLoop, fake: FakePulse, code: int, state: State) -> None:
    end = End(loop, fake.door)
    fake.accept()
    fake.reply(fake.hear(), number(35))
    fake.refuse(fake.hear(), code)
    turn_until(loop, lambda: end.lost, "the refusal")
    assert end.lost == [(state, "the sound server refused the login")]
    assert not end.opened


@pytest.mark.parametrize("to_the_name", [False, True])
def test_a_server_that_stays_silent_is_given_up(
    loop: SelectorLoop, fake: FakePulse, monkeypatch: pytest.MonkeyPatch, to_the_name: bool
) -> None:
    monkeypatch.setattr(pulse_wire, "ANSWER_TIMEOUT_S", 0.8)
    end = End(loop, fake.door)
    if to_the_name:
        fake.accept()
        fake.reply(fake.hear(), number(35))
    turn_until(loop, lambda: end.lost, "the end of patience")
    assert end.lost == [(State.LOST, "the sound server does not answer")]


NO_COMMAND = HEADER.pack(3, 0xFFFF_FFFF, 0, 0) + b"abc"


@pytest.mark.parametrize(
    "nonsense",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        HEADER.pack(1 << 30, 0xFFFF_FFFF, 0, 0),
        NO_COMMAND,
        packet(Command.SUBSCRIBE_EVENT, 0, b"B\1"),
        packet(Command.SUBSCRIBE_EVENT, 0),
    ],
    ids=["another protocol", "too long", "no command", "wrong kind", "cut short"],
)
def test_nonsense_ends_the_connection(loop: SelectorLoop, fake: FakePulse, nonsense: bytes) -> None:
    end = logged_in(loop, fake)
    fake.say(nonsense)
    turn_until(loop, lambda: end.lost, "the loss")
    ((state, reason),) = end.lost
    assert state is State.LOST
    assert "nonsense" in reason


def test_an_answer_that_its_reader_cannot_read_ends_the_connection(
    loop: SelectorLoop, fake: FakePulse
) -> None:
    end = logged_in(loop, fake)

    def unreadable(_answer: Reader) -> None:
        raise Malformed("no such thing")

    end.wire.ask(Command.GET_SOURCE_INFO, b"", unreadable, end.refusals.append)
    fake.reply(fake.hear())
    turn_until(loop, lambda: end.lost, "the loss")
    assert end.lost == [(State.LOST, "the sound server sent nonsense: no such thing")]


def test_packets_come_in_pieces_and_together_and_sound_among_them_is_passed_over(
    loop: SelectorLoop, fake: FakePulse
) -> None:
    end = logged_in(loop, fake)
    event = packet(Command.SUBSCRIBE_EVENT, 0xFFFF_FFFF, number(3) + number(9))
    sound = HEADER.pack(4, 0, 0, 0) + b"\xff\xfe\xfd\xfc"
    unknown = packet(99, 7, b"whatever") + packet(Command.REPLY, 12345, b"to nobody")
    for byte in event:
        fake.say(bytes([byte]))
        loop.step(0.02)
    fake.say(sound + event + unknown + event)
    turn_until(loop, lambda: len(end.events) == 3, "three events")
    assert end.events == [3, 3, 3]
    assert end.lost == []
    end.wire.close()


def test_what_does_not_fit_at_once_goes_out_later_and_in_order(
    loop: SelectorLoop, server: PulseAudio
) -> None:
    end = End(loop, server.door)
    turn_until(loop, lambda: end.opened, "the login")
    with server.frozen():
        for _ in range(3_000):
            end.ask(Command.GET_SOURCE_OUTPUT_INFO_LIST)
    turn_until(loop, lambda: len(end.answers) == 3_000 or end.lost, "all the answers")
    assert end.lost == []
    end.wire.close()


def test_where_nobody_listens_it_says_why(loop: SelectorLoop, tmp_path: Path) -> None:
    for door in (tmp_path / "none", tmp_path / ("long" * 50)):
        with pytest.raises(Unavailable, match="no sound server"):
            End(loop, door)


PLACES = [
    ({}, "/run/user/1/pulse/native"),
    ({"PULSE_RUNTIME_PATH": "/r"}, "/r/native"),
    ({"PULSE_RUNTIME_PATH": "/r", "PULSE_SERVER": "unix:/s/native"}, "/s/native"),
    ({"PULSE_SERVER": "/s"}, "/s"),
    ({"PULSE_SERVER": "tcp:far:4713 {0123abcd}unix:/s"}, "/s"),
    ({"PULSE_SERVER": "tcp:far:4713"}, None),
    ({"XDG_RUNTIME_DIR": ""}, None),
]


@pytest.mark.parametrize(("given", "door"), PLACES)
def test_where_the_server_is(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], door: str | None
) -> None:
    for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ({"XDG_RUNTIME_DIR": "/run/user/1"} | given).items():
        monkeypatch.setenv(name, value)
    if door is None:
        with pytest.raises(Unavailable, match=r"names no socket|no folder"):
            server_door()
    else:
        assert server_door() == Path(door)


def test_where_the_cookie_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", f"{tmp_path}")
    for name in ("XDG_CONFIG_HOME", "PULSE_COOKIE"):
        monkeypatch.delenv(name, raising=False)
    assert cookie() == bytes(256)
    (tmp_path / ".pulse-cookie").write_bytes(b"o" * 256)
    assert cookie() == b"o" * 256
    (tmp_path / ".config" / "pulse").mkdir(parents=True)
    (tmp_path / ".config" / "pulse" / "cookie").write_bytes(b"short")
    assert cookie() == b"o" * 256
    (tmp_path / ".config" / "pulse" / "cookie").write_bytes(b"n" * 256)
    assert cookie() == b"n" * 256
    (tmp_path / "mine").write_bytes(b"m" * 256)
    monkeypatch.setenv("PULSE_COOKIE", f"{tmp_path}/mine")
    assert cookie() == b"m" * 256


def test_a_server_whose_queue_of_callers_is_full_does_not_answer(loop: SelectorLoop, fake: FakePulse) -> None:
    ends: list[End] = []

    def crowd() -> None:
        while len(ends) < 50:
            ends.append(End(loop, fake.door))

    with pytest.raises(Unavailable, match="does not answer"):
        crowd()
    for end in ends:
        end.wire.close()


def test_it_survives_a_server_that_hangs_up_while_being_written_to(
    loop: SelectorLoop, fake: FakePulse
) -> None:
    assert signal.getsignal(signal.SIGPIPE) is signal.SIG_IGN
    end = logged_in(loop, fake)
    fake.hang_up()
    for _ in range(3):
        end.ask(Command.GET_SOURCE_OUTPUT_INFO_LIST)
    turn_until(loop, lambda: end.lost, "the loss")
    turn_for(loop, 0.1)
    assert len(end.lost) == 1
