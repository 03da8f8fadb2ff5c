from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.fake_loop import FakeLoop
from tests.support.person import Person
from tests.support.turning import turn_for, turn_until
from tests.support.xserver import XServer, xserver
from tray_agent.platforms.linux.xcb import DEAD
from tray_agent.platforms.linux.xscreensaver import XScreenSaverIdle
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop


@pytest.fixture
def server() -> Iterator[XServer]:
    with xserver() as running:
        yield running


def quiet(_active: bool, _idle_s: float) -> None:
    pass


def nobody(_reason: str) -> None:
    pass


def test_a_return_is_told_although_the_next_pause_is_longer(server: XServer) -> None:
    """A busy loop asks late, and then the count is past what it was before the input."""
    edges: list[bool] = []
    with (
        closing(SelectorLoop()) as loop,
        closing(XScreenSaverIdle(loop, nobody, server.display)) as counter,
        Person(server.display) as person,
    ):
        person.move()
        counter.watch(0.2, lambda active, _idle_s: edges.append(active))
        turn_until(loop, lambda: edges, "the pause")
        person.move()
        time.sleep(0.8)
        turn_until(loop, lambda: len(edges) >= 3, "the return and the next pause")
        turn_for(loop, 0.5)
    assert edges == [False, True, False]


def test_nobody_there_is_one_pause(server: XServer) -> None:
    edges: list[bool] = []
    with (
        closing(SelectorLoop()) as loop,
        closing(XScreenSaverIdle(loop, nobody, server.display)) as counter,
    ):
        counter.watch(0.1, lambda active, _idle_s: edges.append(active))
        turn_for(loop, 2.0)
    assert edges == [False]


def test_the_idle_time_is_the_servers(server: XServer) -> None:
    loop = FakeLoop()
    with closing(XScreenSaverIdle(loop, nobody, server.display)) as counter, Person(server.display) as person:
        person.type()
        assert counter.idle_s() < 1.0


def test_a_server_that_dies_is_reported_once(server: XServer) -> None:
    lost: list[str] = []
    with (
        closing(SelectorLoop()) as loop,
        closing(XScreenSaverIdle(loop, lost.append, server.display)) as counter,
    ):
        counter.watch(0.1, quiet)
        server.kill()
        turn_until(loop, lambda: lost, "the loss")
        assert lost == [DEAD]
        with pytest.raises(Unavailable, match=DEAD):
            counter.idle_s()


def test_a_server_without_the_extension_is_said_so() -> None:
    with (
        xserver("-extension", "MIT-SCREEN-SAVER") as server,
        pytest.raises(Unavailable, match=r"^the X server has no MIT-SCREEN-SAVER$"),
    ):
        XScreenSaverIdle(FakeLoop(), nobody, server.display)
