from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.turning import turn_for, turn_until
from tests.support.xserver import XServer, xserver
from tray_agent.platforms.linux.display_watch import COMES_BACK_WITHIN_S, DisplayWatch
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop


@pytest.fixture
def server() -> Iterator[XServer]:
    with xserver() as server:
        yield server


def hang_up(watch: DisplayWatch) -> None:
    """End the connection as the server would, and nothing else."""
    assert watch._x is not None
    with socket.socket(fileno=os.dup(watch._x.fd)) as end:
        end.shutdown(socket.SHUT_RDWR)


def test_the_end_of_the_server_is_told_once(loop: SelectorLoop, server: XServer) -> None:
    ended: list[float] = []
    with closing(DisplayWatch(loop, lambda: ended.append(time.monotonic()), server.display)):
        turn_for(loop, 0.1)
        assert not ended
        server.kill()
        killed = time.monotonic()
        turn_until(loop, lambda: ended, "the end to be told")
        assert COMES_BACK_WITHIN_S <= ended[0] - killed < COMES_BACK_WITHIN_S + 1
        turn_for(loop, 0.5)
        assert len(ended) == 1


def test_a_connection_that_was_cut_off_is_no_end(loop: SelectorLoop, server: XServer) -> None:
    ended: list[int] = []
    with closing(DisplayWatch(loop, lambda: ended.append(1), server.display)) as watch:
        for _time in range(3):
            hang_up(watch)
            turn_for(loop, 0.1)
            assert watch._x is not None
            assert not watch._x.broken
        turn_for(loop, COMES_BACK_WITHIN_S)
        assert not ended
        server.kill()
        turn_until(loop, lambda: ended, "the end to be told all the same")


@pytest.mark.usefixtures("server")
def test_nothing_happens_while_it_waits(loop: SelectorLoop, server: XServer) -> None:
    with closing(DisplayWatch(loop, lambda: pytest.fail("the server lives"), server.display)):
        before = time.process_time()
        loop.step(0.5)
        assert time.process_time() - before < 0.05


def test_closed_it_tells_nothing(loop: SelectorLoop, server: XServer) -> None:
    watch = DisplayWatch(loop, lambda: pytest.fail("nobody wants to know"), server.display)
    hang_up(watch)
    server.kill()
    turn_for(loop, 0.3)
    watch.close()
    watch.close()
    turn_for(loop, COMES_BACK_WITHIN_S + 0.5)


def test_without_a_display_there_is_nothing_to_watch(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Unavailable, match="DISPLAY is not set"):
        DisplayWatch(loop, lambda: None)
    with pytest.raises(Unavailable, match="no X server answers"):
        DisplayWatch(loop, lambda: None, ":9")
