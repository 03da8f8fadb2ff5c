from __future__ import annotations

import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.next_descriptor import taken
from tests.support.person import Person
from tests.support.turning import turn_for, turn_until
from tests.support.xserver import XServer, xserver
from tray_agent.platforms.linux import xidle
from tray_agent.platforms.linux.xcb import DEAD, Extension
from tray_agent.platforms.linux.xidle import XSyncIdle
from tray_agent.platforms.linux.xscreensaver import XScreenSaverIdle
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop


def quiet(_active: bool, _idle_s: float) -> None:
    pass


def nobody(_reason: str) -> None:
    pass


@pytest.fixture
def server() -> Iterator[XServer]:
    with xserver() as running:
        yield running


@pytest.fixture
def person(server: XServer) -> Iterator[Person]:
    with Person(server.display) as person:
        yield person


@pytest.fixture
def lost() -> list[str]:
    return []


@pytest.fixture
def idle(loop: SelectorLoop, server: XServer, lost: list[str]) -> Iterator[XSyncIdle]:
    with closing(XSyncIdle(loop, lost.append, server.display)) as counter:
        yield counter


def test_nothing_wakes_while_somebody_works_or_nobody_does(
    loop: SelectorLoop, idle: XSyncIdle, person: Person
) -> None:
    reads = 0
    read = idle._read

    def count() -> None:
        nonlocal reads
        reads += 1
        read()

    loop.unwatch(idle._x.fd)
    loop.watch(idle._x.fd, count)
    person.move()
    edges: list[bool] = []
    idle.watch(0.5, lambda active, _: edges.append(active))
    turn_for(loop, 0.1)
    for _ in range(100):
        person.move()
    turn_for(loop, 0.1)
    assert reads == 0, "motion alone wakes nobody"
    turn_until(loop, lambda: edges == [False], "the pause")
    turn_for(loop, 0.5)
    assert reads == 1


def test_a_hundred_short_pauses_are_all_seen(loop: SelectorLoop, idle: XSyncIdle, person: Person) -> None:
    """The falling edge must not be missed when the counter stood exactly at the pause."""
    edges: list[bool] = []
    person.move()
    idle.watch(0.02, lambda active, _: edges.append(active))
    for n in range(100):
        turn_until(loop, lambda n=n: len(edges) == 2 * n + 1, f"pause {n}")  # type: ignore[misc]
        person.move()
        turn_until(loop, lambda n=n: len(edges) >= 2 * n + 2, f"return {n}")  # type: ignore[misc]
    assert edges == [False, True] * 100


def test_events_that_came_with_a_reply_are_not_left_lying(
    loop: SelectorLoop, idle: XSyncIdle, person: Person
) -> None:
    edges: list[bool] = []
    person.move()
    idle.watch(0.05, lambda active, _: edges.append(active))
    turn_for(loop, 0.01)
    time.sleep(0.1)  # the alarm rings while nobody reads
    assert idle.idle_s() >= 0.05  # its event is read with this reply
    turn_until(loop, lambda: edges == [False], "the pause", 1.0)


def test_a_screen_saver_reset_is_input_to_this_counter(
    server: XServer, idle: XSyncIdle, person: Person
) -> None:
    person.move()
    time.sleep(0.3)
    subprocess.run(["xset", "-display", server.display, "s", "reset"], check=True)
    assert idle.idle_s() < 0.3


def test_a_refused_alarm_is_a_lost_counter(loop: SelectorLoop, idle: XSyncIdle, lost: list[str]) -> None:
    idle._counter = 0xDEAD
    idle.watch(1.0, quiet)
    turn_until(loop, lambda: lost, "the loss")
    assert len(lost) == 1


def test_a_server_that_dies_is_reported_once(
    loop: SelectorLoop, server: XServer, idle: XSyncIdle, lost: list[str]
) -> None:
    idle.watch(1.0, quiet)
    turn_for(loop, 0.05)
    server.kill()
    turn_until(loop, lambda: lost, "the loss")
    turn_for(loop, 0.1)
    assert lost == [DEAD]
    with pytest.raises(Unavailable, match=DEAD):
        idle.idle_s()


def test_large_counters_are_read_whole() -> None:
    forty_days_ms = 40 * 86_400_000 * 2
    assert xidle._milliseconds(struct.pack("=iI", *divmod(forty_days_ms, 1 << 32)), 0) == forty_days_ms


def test_a_server_without_sync_is_said_so(
    loop: SelectorLoop, server: XServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xidle, "Extension", lambda name: Extension(b"NO-" + name))
    with pytest.raises(Unavailable, match=r"^the X server has no NO-SYNC$"):
        XSyncIdle(loop, nobody, server.display)


def test_a_server_without_the_counter_is_said_so(
    loop: SelectorLoop, server: XServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xidle, "IDLETIME", b"NO-IDLETIME")
    with pytest.raises(Unavailable, match=r"^the X server has no IDLETIME counter$"):
        XSyncIdle(loop, nobody, server.display)


@pytest.mark.parametrize("kind", [XSyncIdle, XScreenSaverIdle])
def test_closed_again_it_leaves_alone_what_came_after(
    loop: SelectorLoop, server: XServer, kind: type[XSyncIdle | XScreenSaverIdle]
) -> None:
    """Its successor on a server that came back gets the same descriptor."""
    counter = kind(loop, nobody, server.display)
    counter.close()
    with taken(loop, counter._x.fd) as hears:
        counter.close()
        assert hears()
