"""Players of videos, over the Windows Runtime that the tests play."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.support.turning import turn_until
from tests.support.windows_runtime import PlayedRuntime, played_runtime
from tray_agent.core.model import Signal
from tray_agent.platforms.windows import player, runtime_class
from tray_agent.platforms.windows.player import a_video_plays, video_player
from tray_agent.platforms.windows.worker import Worker
from tray_agent.ports import State, Unavailable
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

PAUSED, PLAYING = 5, 4
MUSIC, VIDEO = 1, 2


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[PlayedRuntime]:
    stage = played_runtime(monkeypatch)
    monkeypatch.setattr(runtime_class, "registered", lambda _name: True)
    monkeypatch.setattr(player, "PATIENCE_S", 0.2)
    yield stage
    stage.go_on.set()


@pytest.mark.parametrize(
    ("players", "plays"),
    [
        ([], False),
        ([(PLAYING, VIDEO)], True),
        ([(PAUSED, VIDEO)], False),
        ([(PLAYING, MUSIC)], False),
        ([(PLAYING, None)], False),
        ([(PLAYING, MUSIC), None, (PLAYING, VIDEO)], True),
        ([None], False),
    ],
)
def test_only_a_video_that_plays_counts(
    windows: PlayedRuntime, players: list[tuple[int, int | None] | None], plays: bool
) -> None:
    windows.plays(*players)
    assert a_video_plays() is plays


def test_players_that_do_not_answer_are_not_waited_for(windows: PlayedRuntime) -> None:
    windows.go_on.clear()
    with pytest.raises(OSError, match="no answer from the players"):
        a_video_plays()
    assert windows.cancelled == 1


def test_a_look_is_answered_on_the_loop(windows: PlayedRuntime, loop: SelectorLoop) -> None:
    worker, told = Worker(loop), list[bool | None]()
    sensor = video_player(worker, told.append)
    assert (sensor.name, sensor.signal) == ("player", Signal.MEDIA)
    windows.plays((PLAYING, VIDEO))
    sensor.look()
    turn_until(loop, lambda: told, "an answer")
    assert told == [True]
    assert (sensor.health().state, sensor.health().value) == (State.OK, "on")
    sensor.close()
    worker.close()


def test_under_wine_there_are_no_players(loop: SelectorLoop) -> None:
    with pytest.raises(Unavailable, match="this Windows has no GlobalSystemMedia"):
        video_player(Worker(loop), lambda _on: None)
