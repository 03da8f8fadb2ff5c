"""The watch over a real compositor, sway, that dies and comes back, and over doors that nobody answers."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.compositors import Sway
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux import compositor_watch
from tray_agent.platforms.linux.compositor_watch import CompositorWatch
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop

PATIENCE_S = 1.5


@pytest.fixture
def sway(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sway]:
    with Sway() as sway:
        for name in ("XDG_RUNTIME_DIR", "WAYLAND_DISPLAY"):
            monkeypatch.setenv(name, sway.env[name])
        yield sway


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a minute is long for a test."""
    monkeypatch.setattr(compositor_watch, "COMES_BACK_WITHIN_S", PATIENCE_S)
    monkeypatch.setattr(compositor_watch, "RETRY_S", 0.05)


def test_the_end_of_the_compositor_is_told_once_and_not_at_once(loop: SelectorLoop, sway: Sway) -> None:
    ended: list[float] = []
    with closing(CompositorWatch(loop, lambda: ended.append(time.monotonic()))):
        turn_for(loop, 0.1)
        sway.kill()
        killed = time.monotonic()
        turn_until(loop, lambda: ended, "the end to be told")
        assert ended[0] - killed >= PATIENCE_S
        turn_for(loop, 0.3)
    assert len(ended) == 1


def test_one_that_comes_back_in_time_is_watched_on(
    loop: SelectorLoop, sway: Sway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compositor_watch, "COMES_BACK_WITHIN_S", 20.0)
    ended: list[int] = []
    with closing(CompositorWatch(loop, lambda: ended.append(1))) as watch:
        for _time in range(2):
            turn_until(loop, lambda: answered(watch), "its answer")
            sway.kill()
            turn_until(loop, lambda: watch._line is None, "the loss")
            sway.start()
        turn_until(loop, lambda: answered(watch), "the answer of the last one")
        assert not ended
        monkeypatch.setattr(compositor_watch, "COMES_BACK_WITHIN_S", PATIENCE_S)
        sway.kill()
        turn_until(loop, lambda: ended, "the end to be told all the same")


def answered(watch: CompositorWatch) -> bool:
    """Whether the compositor on the other side has answered and nothing is waited for."""
    return watch._line is not None and watch._timer is None


def test_nothing_happens_while_it_waits(loop: SelectorLoop, sway: Sway) -> None:
    with closing(CompositorWatch(loop, lambda: pytest.fail("it lives"))) as watch:
        turn_until(loop, lambda: answered(watch), "its answer")
        before = time.process_time()
        loop.step(0.5)
        assert time.process_time() - before < 0.05


def test_an_open_door_that_nobody_answers_is_none(
    loop: SelectorLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compositor_watch, "ANSWERS_WITHIN_S", 0.2)
    ended: list[int] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_RUNTIME_DIR", ".")
    monkeypatch.setenv("WAYLAND_DISPLAY", "silent")
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind("silent")
        silent.listen()
        with closing(CompositorWatch(loop, lambda: ended.append(1))):
            turn_until(loop, lambda: ended, "the end to be told")


def test_closed_it_tells_nothing(loop: SelectorLoop, sway: Sway) -> None:
    watch = CompositorWatch(loop, lambda: pytest.fail("nobody wants to know"))
    sway.kill()
    turn_until(loop, lambda: watch._line is None, "the loss")
    watch.close()
    watch.close()
    turn_for(loop, PATIENCE_S + 0.3)


def test_windows_open_where_the_compositor_has_come_back(
    loop: SelectorLoop, sway: Sway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compositor_watch, "COMES_BACK_WITHIN_S", 20.0)
    with closing(CompositorWatch(loop, lambda: pytest.fail("it came back"))) as watch:
        turn_until(loop, lambda: answered(watch), "its answer")
        assert os.environ["WAYLAND_DISPLAY"] == "wayland-1"
        sway.kill()
        turn_until(loop, lambda: watch._line is None, "the loss")
        sway.restart(elsewhere=True)
        turn_until(loop, lambda: answered(watch), "the answer of the next one")
        assert os.environ["WAYLAND_DISPLAY"] == f"{sway.folder}/wayland-2"


def test_where_no_compositor_listens_there_is_nothing_to_watch(
    loop: SelectorLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", f"{tmp_path}")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(Unavailable, match="no Wayland compositor listens: No such file"):
        CompositorWatch(loop, lambda: None)


def test_an_x_session_has_none(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Unavailable, match="this is no Wayland session"):
        CompositorWatch(loop, lambda: None)
