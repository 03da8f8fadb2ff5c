"""Players on a real bus: mpv with its plugin mpv-mpris, playerctld; others are played by the test."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, Properties, new_method_call

from tests.support.held import held
from tests.support.private_bus import PrivateBus
from tests.support.sensing import Sensing, heeded
from tests.support.session_programs import ask, program
from tests.support.stand_in import StandIn
from tests.support.turning import turn_until
from tray_agent.core.model import Signal
from tray_agent.platforms.linux import bus_question
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.player import PATH, PLAYERS, VideoPlayer
from tray_agent.ports import Health, State
from tray_agent.shell.loop import SelectorLoop

PLAYER = f"{PLAYERS}.Player"
FILMS = f"{PLAYERS}.films.instance4711"
MPV = (
    "mpv",
    "--no-config",
    "--load-scripts=no",
    "--script=/usr/lib/mpv-mpris/mpris.so",
    "--no-terminal",
    "--vo=null",
    "--ao=null",
    "--idle",
)
NOBODY_PLAYS = Health("player", State.OK, "mpris", "no player of videos is running", "off")
PLAYING, PAUSED = ("v", (("s", "Playing"),)), ("v", (("s", "Paused"),))
VIDEOS = ("v", (("as", ["audio/mpeg", "video/mp4"]),))
MUSIC = ("v", (("as", ["audio/mpeg", "application/ogg"]),))
ANN = "nnA fo gniddeW"  # backwards, so that the test does not hold it either


class Scene(Sensing):
    """The sensor on a bus where players come and go."""

    def __init__(self, loop: SelectorLoop, daemon: PrivateBus) -> None:
        self.loop, self.daemon = loop, daemon
        self.bus = Bus(loop, daemon.address)
        self._players: list[StandIn] = []
        super().__init__(loop, lambda told: VideoPlayer(loop, self.bus, told))

    def starts(
        self, kinds: tuple[str, Any] = VIDEOS, status: tuple[str, Any] = PLAYING, name: str = FILMS
    ) -> StandIn:
        """A player comes up."""
        answers = {"Get SupportedMimeTypes": kinds, "Get PlaybackStatus": status}
        self._players.append(StandIn(self.loop, self.daemon.address, name, PATH, answers))
        return self._players[-1]

    def close(self) -> None:
        self.sensor.close()
        self.bus.close()
        for player in self._players:
            player.leave()


@pytest.fixture
def scene(loop: SelectorLoop, daemon: PrivateBus) -> Iterator[Scene]:
    scene = Scene(loop, daemon)
    yield scene
    scene.close()


@pytest.fixture
def env(daemon: PrivateBus, tmp_path: Path) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": f"{tmp_path}", "DBUS_SESSION_BUS_ADDRESS": daemon.address}


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Half a minute of silence; mpv makes no difference."""
    path = tmp_path / f"{ANN[::-1]}.wav"
    with wave.open(f"{path}", "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000 * 30)
    return path


def mpv(scene: Scene, member: str) -> None:
    """Press one of its keys, on the bus."""
    player = DBusAddress(PATH, f"{PLAYERS}.mpv", PLAYER)
    ask(scene.daemon.address, new_method_call(player, member))


def test_it_stands_for_media(scene: Scene) -> None:
    assert (scene.sensor.name, scene.sensor.signal) == ("player", Signal.MEDIA)


def test_mpv_plays_and_pauses_and_what_it_plays_is_not_kept(
    scene: Scene, env: dict[str, str], film: Path
) -> None:
    scene.until(False)
    with program((*MPV, f"{film}"), env, f"{PLAYERS}.mpv"):
        scene.until(True)
        assert scene.sensor.health() == Health("player", State.OK, "mpris", value="on")
        mpv(scene, "Pause")
        scene.until(False)
        mpv(scene, "Play")
        scene.until(True)
        assert not held((scene.sensor, scene.bus), ANN)
    scene.until(False)
    assert scene.sensor.health() == NOBODY_PLAYS


def test_a_player_that_was_there_before_is_found(
    loop: SelectorLoop, daemon: PrivateBus, env: dict[str, str], film: Path
) -> None:
    with program((*MPV, f"{film}"), env, f"{PLAYERS}.mpv"):
        scene = Scene(loop, daemon)
        scene.until(True)
        scene.close()


def test_the_stand_in_of_other_players_is_none_itself(scene: Scene, env: dict[str, str]) -> None:
    stand_in = DBusAddress(PATH, f"{PLAYERS}.playerctld", PLAYERS)
    says: list[Any] = []

    def speaks_for_the_films() -> bool:
        scene.bus.call(Properties(stand_in).get("SupportedMimeTypes"), says.append, signature="v")
        return says[-1:] == [VIDEOS[1]]

    with program(("playerctld",), env, f"{PLAYERS}.playerctld"):
        films = scene.starts()
        scene.until(True)
        turn_until(scene.loop, speaks_for_the_films, "the stand-in to speak for the films")
        scene.until_looked(True)
        films.leave()
        scene.until(False)
        assert scene.sensor.health() == NOBODY_PLAYS


def test_music_holds_nobody_and_nothing_of_it_is_heard(scene: Scene) -> None:
    music = scene.starts(MUSIC)
    turn_until(scene.loop, lambda: music.asked, "the question what it plays")
    scene.until_looked(False)
    heeded(scene.loop, scene.bus)
    assert set(music.asked) == {"Get SupportedMimeTypes"}
    assert scene.sensor.health() == NOBODY_PLAYS


def test_only_kinds_and_status_are_asked_for_and_metadata_is_let_pass(scene: Scene) -> None:
    films = scene.starts(status=PAUSED)
    scene.until(False)
    turn_until(scene.loop, lambda: scene.sensor.health().reason is None, "the player to be known")
    heeded(scene.loop, scene.bus)
    metadata = ("a{sv}", {"xesam:title": ("s", ANN[::-1])})
    films.becomes(PLAYER, "PlaybackStatus", "s", "Playing", Metadata=metadata)
    scene.until(True)
    assert not held((scene.sensor, scene.bus), ANN)
    assert set(films.asked) == {"Get SupportedMimeTypes", "Get PlaybackStatus"}


def test_two_players_are_told_apart(scene: Scene) -> None:
    first = scene.starts(status=PAUSED)
    scene.starts(name=f"{PLAYERS}.other")
    scene.until(True)
    first.leave()
    scene.until_looked(True)


def test_a_name_that_changes_hands_is_another_player(scene: Scene, daemon: PrivateBus) -> None:
    first = scene.starts()
    scene.until(True)
    first.leave()
    scene.until(False)
    scene.starts()
    scene.until(True)


@pytest.mark.parametrize(
    "odd", [("s", ("video/mp4",)), ("v", (("s", "video/mp4"),)), ("v", (("au", [1, 2]),)), ("", ())]
)
def test_a_player_of_unknown_kinds_is_none(scene: Scene, odd: tuple[str, Any]) -> None:
    player = scene.starts(odd)
    turn_until(scene.loop, lambda: player.asked, "the question what it plays")
    scene.until_looked(False)


def test_a_player_that_was_busy_at_first_is_asked_at_the_next_look(scene: Scene) -> None:
    player = scene.starts(("", ()))
    turn_until(scene.loop, lambda: player.asked, "the question what it plays")
    player.answers["Get SupportedMimeTypes"] = VIDEOS
    scene.until_looked(True)


@pytest.mark.parametrize("odd", [("s", ("Playing",)), ("v", (("i", 1),))])
def test_a_strange_status_is_no_answer(scene: Scene, odd: tuple[str, Any]) -> None:
    scene.starts(status=odd)
    scene.until_health(State.DEGRADED, "mpris", "mpris gives an answer of the wrong kind")
    assert scene.looks() is None


def test_a_player_that_hangs_is_no_answer(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus_question, "PATIENCE_S", 0.2)
    player = scene.starts()
    scene.until(True)
    player.mute = True
    assert scene.looks() is None
    scene.until_health(State.DEGRADED, "mpris", "mpris does not answer")


def test_with_the_next_bus_all_is_well_again(scene: Scene) -> None:
    scene.starts()
    scene.until(True)
    scene.daemon.kill()
    scene.until(None)
    assert scene.sensor.health().state is State.LOST
    assert scene.looks() is None
    scene.daemon.start()
    scene.until(True)


def test_a_closed_sensor_is_silent(scene: Scene) -> None:
    player = scene.starts(status=PAUSED)
    scene.until(False)
    scene.sensor.close()
    scene.sensor.close()
    player.becomes(PLAYER, "PlaybackStatus", "s", "Playing")
    scene.starts(name=f"{PLAYERS}.other")
    scene.stays(False)
