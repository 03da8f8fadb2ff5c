"""Live on sway (KDE's older protocol) and on KWin (ext_idle_notify version 1).

Version 2 and several seats are seen on a protocol server of the tests' own alone: no compositor of
Debian 12 has them.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.compositors import Compositor, KWin, Sway
from tests.support.turning import turn_for, turn_until
from tests.support.wayland_input import Client
from tests.support.wayland_server import NOTIFIER, SEAT, USUAL, WaylandServer
from tray_agent.platforms.linux import wayland_idle
from tray_agent.platforms.linux.wayland_idle import INHIBITED, WaylandIdle
from tray_agent.platforms.linux.wayland_wire import Events
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop

GRAIN_S = 0.05


class Edges(list[tuple[bool, float]]):
    """Collects what a watch reports."""

    def __call__(self, active: bool, idle_s: float) -> None:
        self.append((active, idle_s))


@pytest.fixture
def lost() -> list[str]:
    return []


@pytest.fixture
def edges() -> Edges:
    return Edges()


@pytest.fixture
def sway(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sway]:
    with Sway() as sway:
        live_in(sway.env, monkeypatch)
        yield sway


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WaylandServer]:
    with WaylandServer() as server:
        live_in(server.env, monkeypatch)
        yield server


def live_in(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, env[name])


def nobody(_reason: str) -> None:
    pass


def sees_a_pause_and_its_end(loop: SelectorLoop, compositor: Compositor, counter: WaylandIdle) -> None:
    edges = Edges()
    counter.watch(0.2, edges)
    for n, act in enumerate((compositor.move_pointer, compositor.type_something)):
        turn_until(loop, lambda n=n: len(edges) > 2 * n, "the pause")  # type: ignore[misc]
        assert counter.idle_s() >= 0.2
        began = time.monotonic()
        act()
        assert counter.idle_s() <= time.monotonic() - began
        turn_until(loop, lambda n=n: len(edges) > 2 * n + 1, "the return")  # type: ignore[misc]
    assert [active for active, _ in edges[:4]] == [False, True, False, True]


def test_sway_tells_by_the_older_protocol(loop: SelectorLoop, sway: Sway) -> None:
    with closing(WaylandIdle(loop, nobody, GRAIN_S)) as counter:
        assert counter.name == "kde_idle"
        sees_a_pause_and_its_end(loop, sway, counter)


def test_kwin_tells_by_the_newer_one(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    with KWin() as kwin:
        live_in(kwin.env, monkeypatch)
        with closing(WaylandIdle(loop, nobody, GRAIN_S)) as counter:
            assert counter.name == "ext_idle_notify_v1"
            sees_a_pause_and_its_end(loop, kwin, counter)


def test_nothing_wakes_while_somebody_works_or_nobody_does(
    loop: SelectorLoop, sway: Sway, edges: Edges
) -> None:
    sway.move_pointer()  # with the first device the seat learns what it can do
    with closing(WaylandIdle(loop, nobody, 1.0)) as counter:
        reads = 0
        read = counter._wayland._read

        def count() -> None:
            nonlocal reads
            reads += 1
            read()

        socket = counter._wayland._socket
        assert socket is not None
        loop.unwatch(socket.fileno())
        loop.watch(socket.fileno(), count)
        counter.watch(1.0, edges)
        for _ in range(20):
            sway.move_pointer()
            turn_for(loop, 0.01)
        assert reads == 0, "input alone wakes nobody"
        turn_until(loop, lambda: edges, "the pause")
        assert reads == 1
        turn_for(loop, 0.3)
        assert reads == 1, "nor does its absence"


def test_a_program_that_keeps_the_screen_awake_is_doubt(
    loop: SelectorLoop, sway: Sway, edges: Edges, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wayland_idle, "DOUBTFUL_AFTER_S", 0.3)
    monkeypatch.setattr(wayland_idle, "PROBE_PATIENCE_S", 0.2)
    with closing(WaylandIdle(loop, nobody, GRAIN_S)) as counter, closing(Client(sway.env)) as player:
        inhibitor = keep_awake(player)
        sway.move_pointer()
        counter.watch(0.1, edges)
        turn_until(loop, lambda: counter.doubt, "the doubt")
        assert counter.doubt == INHIBITED
        assert counter.idle_s() == 0.0, "input counts as going on"
        assert edges == []
        player.send(inhibitor, 0)
        player.settle()
        turn_until(loop, lambda: edges, "the pause")
        assert counter.doubt is None
        sway.move_pointer()
        turn_until(loop, lambda: edges[1:], "the return")


def test_a_pause_in_which_a_program_begins_to_keep_the_screen_awake_ends(
    loop: SelectorLoop, sway: Sway, edges: Edges, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wayland_idle, "STILL_DOUBTFUL_AFTER_S", 0.2)
    monkeypatch.setattr(wayland_idle, "PROBE_PATIENCE_S", 0.2)
    with closing(WaylandIdle(loop, nobody, GRAIN_S)) as counter, closing(Client(sway.env)) as player:
        counter.watch(0.1, edges)
        turn_until(loop, lambda: edges, "the pause")
        inhibitor = keep_awake(player)
        sway.move_pointer()  # of which sway tells nothing
        turn_until(loop, lambda: edges[1:], "the return")
        assert counter.doubt == INHIBITED
        player.send(inhibitor, 0)
        player.settle()
        turn_until(loop, lambda: edges[2:], "the pause after it")
        assert counter.doubt is None
        sway.move_pointer()
        turn_until(loop, lambda: edges[3:], "the next return")


def test_a_long_pause_is_probed_ever_more_rarely(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wayland_idle, "STILL_DOUBTFUL_AFTER_S", 0.05)
    with WaylandServer(((SEAT, 7), (NOTIFIER, 1))) as server:
        live_in(server.env, monkeypatch)
        with closing(WaylandIdle(loop, nobody, GRAIN_S)) as counter:
            server.idled(server.notifications[0])
            waits = []
            for n in (1, 2, 3):
                turn_until(loop, lambda n=n: len(server.notifications) > n, "the probe")  # type: ignore[misc]
                assert server.notifications[n].pause_ms == wayland_idle.PROBE_MS
                server.idled(server.notifications[n])
                turn_until(loop, lambda: counter._probe is None, "its end")
                waits.append(counter._next_probe_s)
            assert waits == [0.1, 0.2, 0.4]
            assert counter.doubt is None


def test_work_without_a_pause_is_no_doubt(
    loop: SelectorLoop, sway: Sway, edges: Edges, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wayland_idle, "DOUBTFUL_AFTER_S", 0.05)
    with closing(WaylandIdle(loop, nobody, 60.0)) as counter:
        probes = 0
        ask = counter._ask

        def count(seat: int, pause_ms: int, events: Events) -> int:
            nonlocal probes
            probes += pause_ms == wayland_idle.PROBE_MS
            return ask(seat, pause_ms, events)

        monkeypatch.setattr(counter, "_ask", count)
        give_up = time.monotonic() + 10
        while probes < 3 and time.monotonic() < give_up:
            sway.move_pointer()
            turn_for(loop, 0.02)
        assert probes >= 3, "each is answered and followed by the next"
        assert counter.doubt is None


def test_a_compositor_that_comes_back_under_another_name_is_found(
    loop: SelectorLoop, sway: Sway, lost: list[str]
) -> None:
    with closing(WaylandIdle(loop, lost.append, GRAIN_S)) as counter:
        sway.restart(elsewhere=True)
        turn_until(loop, lambda: lost, "the loss")
        with pytest.raises(Unavailable):
            counter.idle_s()
    with closing(WaylandIdle(loop, nobody, GRAIN_S)) as counter:
        sees_a_pause_and_its_end(loop, sway, counter)


def test_version_two_is_asked_for_input_as_such(
    loop: SelectorLoop, server: WaylandServer, edges: Edges
) -> None:
    with closing(WaylandIdle(loop, nobody, 5.0)) as counter:
        assert counter.name == "ext_idle_notify_v2"
        assert server.bound[server.seats[0]] == (SEAT, 1)
        (notification,) = server.notifications
        assert (notification.opcode, notification.pause_ms) == (2, 5000)
        assert notification.seat == server.seats[0]
        counter.watch(5.0, edges)
        server.idled(notification)
        turn_until(loop, lambda: edges, "the pause")
        assert edges[0][1] >= 5.0
        server.resumed(notification)
        turn_until(loop, lambda: edges[1:], "the return")
        assert counter.idle_s() == 0.0


def test_version_two_leaves_no_doubt(
    loop: SelectorLoop, server: WaylandServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wayland_idle, "DOUBTFUL_AFTER_S", 0.0)
    with closing(WaylandIdle(loop, nobody)):
        turn_for(loop, 0.05)
        assert len(server.notifications) == 1


def test_version_one_is_asked_for_what_it_has(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    with WaylandServer(((SEAT, 7), (NOTIFIER, 1))) as server:
        live_in(server.env, monkeypatch)
        with closing(WaylandIdle(loop, nobody, 5.0)):
            assert [notification.opcode for notification in server.notifications] == [1]


def test_input_at_any_seat_is_input(
    loop: SelectorLoop, edges: Edges, monkeypatch: pytest.MonkeyPatch
) -> None:
    with WaylandServer((*USUAL, (SEAT, 7))) as server:
        live_in(server.env, monkeypatch)
        with closing(WaylandIdle(loop, nobody, GRAIN_S)) as counter:
            counter.watch(GRAIN_S, edges)
            one, other = server.notifications
            assert {one.seat, other.seat} == set(server.seats)
            server.idled(one)
            turn_for(loop, 0.1)
            assert edges == [], "somebody works at the other"
            server.idled(other)
            turn_until(loop, lambda: edges, "the pause")
            server.resumed(one)
            turn_until(loop, lambda: edges[1:], "the return")
            server.idled(one)
            turn_until(loop, lambda: edges[2:], "the next pause")


def test_seats_come_and_go(loop: SelectorLoop, server: WaylandServer, lost: list[str], edges: Edges) -> None:
    with closing(WaylandIdle(loop, lost.append, GRAIN_S)) as counter:
        counter.watch(GRAIN_S, edges)
        server.idled(server.notifications[0])
        turn_until(loop, lambda: edges, "the pause")
        server.offer(9, SEAT, 7)
        turn_until(loop, lambda: server.notifications[1:], "the new seat to be watched")
        server.resumed(server.notifications[1])
        turn_until(loop, lambda: edges[1:], "somebody at the new seat")
        server.withdraw(9)
        turn_until(loop, lambda: edges[2:], "nobody is left")
        server.withdraw(1)
        turn_until(loop, lambda: lost, "the loss")
        assert lost == ["the Wayland compositor has no seat any more"]


def test_shorter_pauses_are_asked_for_only_while_they_matter(
    loop: SelectorLoop, server: WaylandServer, edges: Edges
) -> None:
    with closing(WaylandIdle(loop, nobody, 5.0)) as counter:
        counter.watch(30.0, edges)
        counter.watch(1.0, edges)
        counter.idle_s()
        coarse, fine = server.notifications
        assert (coarse.pause_ms, fine.pause_ms) == (5000, 1000)
        assert (coarse.thing, 0, b"") in server.requests, "the other is destroyed"
        server.idled(fine)
        turn_until(loop, lambda: edges, "the pause")
        counter.watch(30.0, edges)
        counter.idle_s()
        assert len(server.notifications) == 2, "only this one tells of the return"
        server.resumed(fine)
        turn_until(loop, lambda: len(server.notifications) == 3, "the coarse one again")
        assert server.notifications[2].pause_ms == 5000


@pytest.mark.parametrize(
    ("offers", "reason"),
    [
        (((SEAT, 7),), "the Wayland compositor does not tell of idleness"),
        (((NOTIFIER, 2),), "the Wayland compositor has no seat"),
    ],
)
def test_where_it_cannot_work_it_says_so(
    offers: tuple[tuple[str, int], ...], reason: str, loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with WaylandServer(offers) as server:
        live_in(server.env, monkeypatch)
        with pytest.raises(Unavailable, match=reason):
            WaylandIdle(loop, nobody)


def test_a_compositor_that_misbehaves_is_lost_once(
    loop: SelectorLoop, server: WaylandServer, lost: list[str]
) -> None:
    with closing(WaylandIdle(loop, lost.append, GRAIN_S)) as counter:
        server.raw(b"\xff" * 32)
        turn_until(loop, lambda: lost, "the loss")
        turn_for(loop, 0.1)
        assert lost == ["the Wayland compositor sent nonsense"]
        with pytest.raises(Unavailable):
            counter.idle_s()


def keep_awake(player: Client) -> int:
    """Keep the screen awake as a video player does; the inhibitor, whose request 0 ends it."""
    surface = player.make(player.bind("wl_compositor"), 0)
    manager = player.bind("zwp_idle_inhibit_manager_v1")
    inhibitor = player.make(manager, 1, last=struct.pack("=I", surface))
    player.settle()
    return inhibitor
