from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.fake_loop import FakeLoop
from tests.support.person import Person
from tests.support.turning import turn_until
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


@pytest.mark.parametrize(
    ("pause_s", "idle_s", "samples_at"),
    [
        (30.0, 0.0, [0.0, 15.0, 30.0, 45.0, 60.0]),
        (30.0, 12.0, [0.0, 15.0, 18.0, 33.0, 48.0]),
        (5.0, 0.0, [0.0, 5.0, 10.0, 15.0, 20.0]),
        (30.0, 100.0, [0.0, 15.0, 30.0, 45.0, 60.0]),
    ],
)
def test_it_asks_no_oftener_than_an_edge_can_come(
    server: XServer, monkeypatch: pytest.MonkeyPatch, pause_s: float, idle_s: float, samples_at: list[float]
) -> None:
    loop = FakeLoop()
    asked: list[float] = []

    def idle() -> float:
        asked.append(loop.time)
        return idle_s + loop.time

    with closing(XScreenSaverIdle(loop, nobody, server.display)) as counter:
        monkeypatch.setattr(counter, "idle_s", idle)
        edges: list[tuple[float, bool, float]] = []
        counter.watch(pause_s, lambda active, idle: edges.append((loop.time, active, idle)))
        while len(asked) < len(samples_at):
            loop.advance(0.5)
    assert asked == samples_at
    pause_at = max(0.0, pause_s - idle_s)
    assert edges == [(pause_at, False, idle_s + pause_at)]


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
