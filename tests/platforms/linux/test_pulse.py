"""The shared connection over the life of a server: real ones, and one that answers when the test says."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fake_pulse import FakePulse
from tests.support.pulse_packets import playback, recording, source
from tests.support.sound_clients import How, SoundClient
from tests.support.sound_servers import SERVERS, PulseAudio, SoundServer
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux import pulse as pulse_module
from tray_agent.platforms.linux.pulse import Pulse, Sound
from tray_agent.platforms.linux.pulse_tags import NOWHERE, Command, number, packet
from tray_agent.platforms.linux.pulse_wire import PulseWire
from tray_agent.ports import Health, State, Unavailable
from tray_agent.shell.loop import SelectorLoop


class Follower:
    """What one who follows `sound` has heard."""

    def __init__(self, loop: SelectorLoop, pulse: Pulse, sound: Sound = Sound.RECORDED) -> None:
        self.heard: list[bool | None] = []
        self._loop = loop
        self.stop = pulse.follow(sound, self.heard.append)

    def until(self, last: bool | None, what: str) -> None:
        turn_until(self._loop, lambda: self.heard and self.heard[-1] is last, what)


@pytest.fixture
def pulse(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH", "PULSE_COOKIE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pulse_module, "AGAIN_S", 0.3)
    monkeypatch.setattr(pulse_module, "SETTLE_S", 0.1)
    pulse = Pulse(loop)
    yield pulse
    pulse.close()


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    with SERVERS[request.param]() as server:
        monkeypatch.setenv("XDG_RUNTIME_DIR", f"{server.runtime}")
        yield server


@pytest.fixture
def fake(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePulse]:
    with FakePulse(loop) as fake:
        monkeypatch.setenv("PULSE_SERVER", f"unix:{fake.door}")
        yield fake


def ours(server: SoundServer) -> int:
    """How many connections of ours the server has."""
    return server.control("list", "clients").count('application.name = "Tray Agent"')


def test_it_hears_of_each_change(loop: SelectorLoop, pulse: Pulse, server: SoundServer) -> None:
    follower = Follower(loop, pulse)
    follower.until(False, "the first answer")
    assert pulse.health("it", "off") == Health("it", State.OK, "pulse", None, "off")
    client = SoundClient(loop, server.door)
    follower.until(True, "a recording")
    client.cork(on=True)
    follower.until(False, "the cork")
    client.cork(on=False)
    follower.until(True, "the recording to go on")
    client.close()
    follower.until(False, "its end")


def test_both_kinds_of_sound_go_over_one_connection_which_ends_with_the_last_of_them(
    loop: SelectorLoop, pulse: Pulse, server: SoundServer
) -> None:
    recorded = Follower(loop, pulse)
    recorded.until(False, "the first answer")
    played = Follower(loop, pulse, Sound.PLAYED)
    played.until(False, "the first answer")
    assert ours(server) == 1
    client = SoundClient(loop, server.door, device="speaker", plays=True)
    played.until(True, "sound")
    assert recorded.heard[-1] is False
    assert ours(server) == 2
    client.close()
    played.until(False, "silence")
    played.stop()
    turn_for(loop, 0.1)
    assert ours(server) == 1
    recorded.stop()
    recorded.stop()
    assert ours(server) == 0
    assert pulse.state is State.OFF


def test_a_server_that_died_is_found_again_without_a_look(
    loop: SelectorLoop, pulse: Pulse, server: SoundServer
) -> None:
    follower = Follower(loop, pulse)
    follower.until(False, "the first answer")
    server.kill()
    follower.until(None, "the loss")
    assert pulse.state is State.LOST
    turn_for(loop, pulse_module.AGAIN_S + 0.2)  # past the one try that follows by itself
    server.start()
    follower.until(False, "the server again")
    client = SoundClient(loop, server.door)
    follower.until(True, "a recording")
    client.close()
    server.kill()
    follower.until(None, "the second loss")


def test_a_server_that_starts_after_us_is_found(
    loop: SelectorLoop, pulse: Pulse, monkeypatch: pytest.MonkeyPatch
) -> None:
    with PulseAudio() as server:
        server.kill()
        server.door.parent.rmdir()
        monkeypatch.setenv("XDG_RUNTIME_DIR", f"{server.runtime}")
        follower = Follower(loop, pulse)
        follower.until(None, "no answer")
        assert (pulse.state, pulse.reason) == (State.ABSENT, "no sound server (No such file or directory)")
        server.start()
        follower.until(False, "an answer")
        assert (pulse.state, pulse.reason) == (State.OK, None)


def test_without_inotify_a_look_finds_it(
    loop: SelectorLoop, pulse: Pulse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def none_left(*_: object) -> None:
        raise Unavailable("no watch left")

    monkeypatch.setattr(pulse_module, "FolderWatch", none_left)
    monkeypatch.setenv("XDG_RUNTIME_DIR", f"{tmp_path}")
    follower = Follower(loop, pulse)
    follower.until(None, "no answer")
    with PulseAudio() as server:
        monkeypatch.setenv("XDG_RUNTIME_DIR", f"{server.runtime}")
        turn_for(loop, 0.1)
        assert follower.heard == [None]
        pulse.look(Sound.RECORDED)
        follower.until(False, "the answer")


def test_a_look_where_no_server_is_cannot_tell(
    loop: SelectorLoop, pulse: Pulse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "tcp:far.example:4713")
    follower = Follower(loop, pulse)
    pulse.look(Sound.RECORDED)
    turn_until(loop, lambda: len(follower.heard) == 2, "two answers")
    assert follower.heard == [None, None]
    assert (pulse.state, pulse.reason) == (State.ABSENT, "PULSE_SERVER names no socket on this machine")


def test_a_look_at_a_frozen_server_is_answered_with_what_was_known(
    loop: SelectorLoop, pulse: Pulse, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pulse_module.LOOK_S < 1.0
    with PulseAudio() as server:
        monkeypatch.setenv("XDG_RUNTIME_DIR", f"{server.runtime}")
        client = SoundClient(loop, server.door)
        follower = Follower(loop, pulse)
        follower.until(True, "a recording")
        turn_for(loop, 0.2)
        with server.frozen():
            follower.heard.clear()
            pulse.look(Sound.RECORDED)
            turn_until(loop, lambda: follower.heard, "an answer")
            assert follower.heard == [True]
            assert (pulse.state, pulse.reason) == (State.DEGRADED, "the sound server does not answer")
        turn_until(loop, lambda: pulse.state is State.OK, "the server to go on")
        client.close()


def test_one_that_stays_silent_is_left_and_found_again_by_a_look(
    loop: SelectorLoop, pulse: Pulse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse_module, "ANSWER_TIMEOUT_S", 0.3)
    with PulseAudio() as server:
        monkeypatch.setenv("XDG_RUNTIME_DIR", f"{server.runtime}")
        follower = Follower(loop, pulse)
        follower.until(False, "the first answer")
        with server.frozen():
            pulse.look(Sound.RECORDED)
            follower.until(None, "the end of patience")
            assert (pulse.state, pulse.reason) == (State.LOST, "the sound server does not answer")
        pulse.look(Sound.RECORDED)
        follower.until(False, "the server")


def test_it_does_not_run_after_a_busy_folder(
    loop: SelectorLoop, pulse: Pulse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tries: list[object] = []

    def counted(*given: object) -> PulseWire:
        tries.append(given)
        raise Unavailable("nobody")

    monkeypatch.setattr(pulse_module, "PulseWire", counted)
    monkeypatch.setenv("PULSE_SERVER", f"{tmp_path}/native")
    Follower(loop, pulse).until(None, "no answer")
    began, first = time.monotonic(), len(tries)
    for each in range(20):
        (tmp_path / f"{each}").touch()
        turn_for(loop, 0.05)
    assert 1 <= len(tries) - first <= (time.monotonic() - began) / pulse_module.AGAIN_S


class Played:
    """A follower of recordings on a server that we play."""

    def __init__(self, loop: SelectorLoop, pulse: Pulse, fake: FakePulse) -> None:
        self.loop, self.pulse, self.fake = loop, pulse, fake
        self.follower = Follower(loop, pulse)
        self.heard = self.follower.heard
        fake.let_in()
        subscribed = fake.hear()
        assert (subscribed.command, subscribed.body) == (Command.SUBSCRIBE, number(1 << 3))
        fake.reply(subscribed)

    def answers(self, expected: Command, body: bytes) -> None:
        asked = self.fake.hear()
        assert asked.command == expected
        self.fake.reply(asked, body)

    def lists(self, body: bytes) -> None:
        self.answers(Command.GET_SOURCE_OUTPUT_INFO_LIST, body)

    def until(self, last: bool | None) -> None:
        self.follower.until(last, f"{last}")


@pytest.fixture
def played(loop: SelectorLoop, pulse: Pulse, fake: FakePulse) -> Played:
    return Played(loop, pulse, fake)


def test_each_source_is_asked_for_until_one_is_a_microphone(played: Played) -> None:
    played.lists(recording(device=1) + recording(device=1) + recording(device=2) + recording(device=3))
    played.answers(Command.GET_SOURCE_INFO, source(monitor_of=0))
    asked = played.fake.hear()
    played.fake.refuse(asked, 5)  # gone meanwhile
    played.answers(Command.GET_SOURCE_INFO, source(NOWHERE))
    played.until(True)
    assert played.heard == [True]


def test_streams_between_devices_are_no_recording_and_cost_no_question(played: Played) -> None:
    played.lists(recording(device=NOWHERE) + recording(device=1, corked=True))
    played.until(False)


def test_nothing_is_asked_while_nothing_happens(played: Played) -> None:
    played.lists(b"")
    played.until(False)
    turn_for(played.loop, 0.5)
    assert played.heard == [False]
    assert not played.fake.spoken_to()


def test_the_answer_to_an_older_question_is_passed_over(played: Played) -> None:
    older = played.fake.hear()
    played.pulse.look(Sound.RECORDED)
    newer = played.fake.hear()
    played.fake.reply(older, b"")
    turn_for(played.loop, 0.1)
    assert played.heard == []
    played.fake.reply(newer, recording(device=1))
    played.answers(Command.GET_SOURCE_INFO, source(NOWHERE))
    played.until(True)
    assert played.heard == [True]


def test_a_burst_of_events_is_one_question_and_other_kinds_are_none(played: Played) -> None:
    played.lists(b"")
    played.until(False)
    for about in (0x03, 0x13, 0x23, 0x13, 0x02, 0x12):
        played.fake.say(packet(Command.SUBSCRIBE_EVENT, NOWHERE, number(about) + number(8)))
    played.lists(b"")
    turn_until(played.loop, lambda: played.heard == [False, False], "the answer")
    turn_for(played.loop, 2 * pulse_module.SETTLE_S)
    assert played.heard == [False, False]


def test_patience_ends_with_the_answer(played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    played.lists(b"")
    played.until(False)
    monkeypatch.setattr(pulse_module, "LOOK_S", 1.0)
    monkeypatch.setattr(pulse_module, "ANSWER_TIMEOUT_S", 1.0)
    played.heard.clear()
    played.pulse.look(Sound.RECORDED)
    played.lists(b"")
    played.until(False)
    turn_for(played.loop, 1.2)
    assert played.heard == [False]
    assert played.pulse.state is State.OK


def test_a_connection_lost_at_a_door_that_stays_is_tried_once_more_by_itself(played: Played) -> None:
    played.lists(b"")
    played.until(False)
    played.fake.hang_up()
    played.until(None)
    played.fake.let_in()
    played.fake.reply(played.fake.hear())
    played.lists(b"")
    played.until(False)


@pytest.mark.parametrize(("code", "state"), [(1, State.DENIED), (6, State.LOST)])
def test_a_refused_question_ends_the_connection(played: Played, code: int, state: State) -> None:
    played.fake.refuse(played.fake.hear(), code)
    played.until(None)
    assert (played.pulse.state, played.pulse.reason) == (state, "the sound server refused a question")
    turn_for(played.loop, 2 * pulse_module.AGAIN_S)
    assert not played.fake.called()


def test_what_is_closed_while_it_is_being_lost_stays_closed(played: Played) -> None:
    wire = played.pulse._wire
    assert wire is not None
    wire.give_up("gone")
    played.pulse.close()
    played.pulse.look(Sound.RECORDED)
    turn_for(played.loop, 0.1)
    assert played.pulse.state is State.OFF
    assert played.heard == []


def test_a_list_nobody_can_read_ends_the_connection_and_the_next_is_read(played: Played) -> None:
    played.lists(recording()[:-1])
    played.until(None)
    assert played.pulse.state is State.LOST
    played.pulse.look(Sound.RECORDED)
    played.fake.let_in()
    played.fake.reply(played.fake.hear())
    played.lists(b"")
    played.until(False)


def test_who_stopped_hears_nothing_of_what_was_asked(played: Played) -> None:
    asked = played.fake.hear()
    other = Follower(played.loop, played.pulse, Sound.PLAYED)
    played.follower.stop()
    played.fake.reply(asked, b"")
    for _ in range(3):  # the mask twice, and the other's question
        last = played.fake.hear()
        played.fake.reply(last, playback() if last.command == Command.GET_SINK_INPUT_INFO_LIST else b"")
    other.until(True, "sound")
    assert played.heard == []


def test_a_level_meter_and_a_recording_of_the_speaker_do_not_count(
    loop: SelectorLoop, pulse: Pulse, server: SoundServer
) -> None:
    clients = [
        SoundClient(loop, server.door, How(rate=25, peaks=True)),
        SoundClient(loop, server.door, device="speaker.monitor"),
    ]
    follower = Follower(loop, pulse)
    follower.until(False, "the first answer")
    turn_for(loop, 0.4)
    pulse.look(Sound.RECORDED)
    answers = len(follower.heard)
    turn_until(loop, lambda: len(follower.heard) > answers, "another answer")
    assert set(follower.heard) == {False}
    listed = server.control("list", "short", "source-outputs")
    assert len(listed.splitlines()) == len(clients)
    for client in clients:
        client.close()
