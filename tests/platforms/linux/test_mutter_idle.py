"""Live on Mutter, which owns org.gnome.Mutter.IdleMonitor also without GNOME Shell.

GNOME's session manager, of which Mutter learns that idleness is inhibited, is a fake on the same bus.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.compositors import Mutter
from tests.support.session_manager import SessionManager
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.exported import BadArgument, Exported, Interface, Method
from tray_agent.platforms.linux.mutter_idle import IDLE, MONITOR, NAME, MutterIdle
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop

GRAIN_S, POLL_S = 0.05, 0.2
SUSPEND = 4


class Edges(list[tuple[bool, float]]):
    """Collects what a watch reports."""

    def __call__(self, active: bool, idle_s: float) -> None:
        self.append((active, idle_s))


@pytest.fixture(scope="module")
def mutter() -> Iterator[Mutter]:
    with Mutter() as mutter:
        yield mutter


@pytest.fixture(scope="module")
def session_manager(mutter: Mutter) -> Iterator[SessionManager]:
    with SessionManager(mutter.bus.address) as manager:
        yield manager


@pytest.fixture
def manager(session_manager: SessionManager) -> Iterator[SessionManager]:
    yield session_manager
    session_manager.inhibit(0)


@pytest.fixture
def lost() -> list[str]:
    return []


@pytest.fixture
def edges() -> Edges:
    return Edges()


@pytest.fixture
def bus(loop: SelectorLoop, mutter: Mutter) -> Iterator[Bus]:
    with closing(Bus(loop, mutter.bus.address)) as bus:
        turn_until(loop, lambda: bus.connected, "the bus")
        yield bus


@pytest.fixture
def counter(loop: SelectorLoop, mutter: Mutter, bus: Bus, lost: list[str]) -> Iterator[MutterIdle]:
    mutter.move_pointer()
    with closing(MutterIdle(loop, lost.append, bus, GRAIN_S, POLL_S)) as counter:
        turn_until(loop, lambda: knows(counter), "Mutter's first word")
        yield counter


def knows(counter: MutterIdle) -> bool:
    try:
        return counter.idle_s() >= 0
    except Unavailable:
        return False


def nobody(_reason: str) -> None:
    pass


def test_mutter_tells_of_pauses_and_returns(
    loop: SelectorLoop, mutter: Mutter, counter: MutterIdle, edges: Edges
) -> None:
    counter.watch(0.2, edges)
    for n, act in enumerate((mutter.move_pointer, mutter.type_something)):
        turn_until(loop, lambda n=n: len(edges) > 2 * n, "the pause")  # type: ignore[misc]
        assert counter.idle_s() >= 0.2
        began = time.monotonic()
        act()
        turn_until(loop, lambda n=n: len(edges) > 2 * n + 1, "the return")  # type: ignore[misc]
        assert counter.idle_s() <= time.monotonic() - began
    assert [active for active, _ in edges[:4]] == [False, True, False, True]


def test_it_knows_what_came_before_it(loop: SelectorLoop, mutter: Mutter, bus: Bus, edges: Edges) -> None:
    mutter.move_pointer()
    began = time.monotonic()
    turn_for(loop, 0.3)
    with closing(MutterIdle(loop, nobody, bus, GRAIN_S)) as counter:
        with pytest.raises(Unavailable, match="nothing is known of input yet"):
            counter.idle_s()
        counter.watch(0.1, edges)
        turn_until(loop, lambda: edges, "the pause")
        assert 0.3 <= edges[0][1] <= time.monotonic() - began + 0.1
        assert not edges[0][0]


def test_input_that_goes_on_when_it_begins_is_told(
    loop: SelectorLoop, mutter: Mutter, bus: Bus, edges: Edges
) -> None:
    mutter.move_pointer()
    with closing(MutterIdle(loop, nobody, bus, 60.0)) as counter:
        counter.watch(60.0, edges)
        turn_until(loop, lambda: edges, "the input")
        assert edges == [(True, 0.0)]


def test_while_idleness_is_inhibited_pauses_are_told_all_the_same(
    loop: SelectorLoop, mutter: Mutter, manager: SessionManager, counter: MutterIdle, edges: Edges
) -> None:
    manager.inhibit(IDLE)
    turn_until(loop, lambda: counter._inhibited, "the inhibition")
    counter.watch(0.3, edges)
    for n in (0, 1):
        mutter.move_pointer()
        turn_until(loop, lambda n=n: len(edges) > 2 * n, "the pause")  # type: ignore[misc]
        mutter.move_pointer()
        turn_until(loop, lambda n=n: len(edges) > 2 * n + 1, "the return")  # type: ignore[misc]
    assert [active for active, _ in edges[:4]] == [False, True, False, True]


def test_the_end_of_an_inhibition_is_no_input(
    loop: SelectorLoop, mutter: Mutter, manager: SessionManager, counter: MutterIdle, edges: Edges
) -> None:
    manager.inhibit(IDLE)
    turn_until(loop, lambda: counter._inhibited, "the inhibition")
    mutter.move_pointer()
    counter.watch(0.4, edges)
    turn_until(loop, lambda: edges, "the pause")
    awaited = counter._return_watch
    manager.inhibit(0)
    turn_until(loop, lambda: not counter._inhibited, "the end of the inhibition")
    turn_for(loop, 0.5)  # Mutter tells of a pause anew, as if somebody had been there
    assert len(edges) == 1
    assert counter._return_watch == awaited is not None
    assert counter.idle_s() >= edges[0][1] + 0.4
    mutter.move_pointer()
    turn_until(loop, lambda: edges[1:], "the return")


def test_a_pause_that_an_inhibition_hid_counts_from_the_last_input(
    loop: SelectorLoop, mutter: Mutter, bus: Bus, manager: SessionManager, edges: Edges
) -> None:
    manager.inhibit(IDLE)
    mutter.move_pointer()
    with closing(MutterIdle(loop, nobody, bus, 0.5, POLL_S)) as counter:
        turn_until(loop, lambda: counter._inhibited, "the inhibition")
        mutter.move_pointer()
        counter.watch(0.6, edges)
        turn_for(loop, 0.3)  # a poll has seen the last input, and no pause yet
        manager.inhibit(0)
        turn_until(loop, lambda: edges, "the pause")
        assert edges[0][1] >= 0.75, "not from the end of the inhibition"


def test_other_inhibitions_are_none_of_ours(
    loop: SelectorLoop, manager: SessionManager, counter: MutterIdle
) -> None:
    manager.inhibit(IDLE)
    turn_until(loop, lambda: counter._inhibited, "the inhibition")
    manager.inhibit(SUSPEND)
    turn_until(loop, lambda: not counter._inhibited, "the end of it")
    assert counter._timer is None, "nothing is polled"


def test_it_is_asked_only_while_inhibited_and_only_while_input_goes_on(
    loop: SelectorLoop, mutter: Mutter, manager: SessionManager, counter: MutterIdle
) -> None:
    manager.inhibit(0)
    turn_until(loop, lambda: not counter._inhibited, "no inhibition")
    mutter.move_pointer()
    turn_until(loop, lambda: counter.idle_s() > 0, "the pause")
    assert counter._timer is None
    manager.inhibit(IDLE)
    turn_until(loop, lambda: counter._inhibited, "the inhibition")
    assert counter._timer is None, "Mutter will tell of the return by itself"
    mutter.move_pointer()
    turn_until(loop, lambda: counter._timer is not None, "the polling")
    turn_until(loop, lambda: counter.idle_s() > 0, "the pause")
    assert counter._timer is None


def test_a_crash_of_mutter_is_a_loss(loop: SelectorLoop, lost: list[str]) -> None:
    with Mutter() as mutter, closing(Bus(loop, mutter.bus.address)) as bus:
        turn_until(loop, lambda: bus.connected, "the bus")
        with closing(MutterIdle(loop, lost.append, bus, GRAIN_S)) as counter:
            turn_until(loop, lambda: knows(counter), "Mutter's first word")
            mutter.kill()
            turn_until(loop, lambda: lost, "the loss")
            turn_for(loop, 0.05)
            assert lost == ["Mutter's idle monitor left the bus"]
            with pytest.raises(Unavailable):
                counter.idle_s()


def test_the_loss_of_the_bus_is_one_too(loop: SelectorLoop, mutter: Mutter, lost: list[str]) -> None:
    with Mutter() as other, closing(Bus(loop, other.bus.address)) as bus:
        turn_until(loop, lambda: bus.connected, "the bus")
        with closing(MutterIdle(loop, lost.append, bus, GRAIN_S)):
            other.bus.kill()
            turn_until(loop, lambda: lost, "the loss")
            turn_for(loop, 0.05)
            assert len(lost) == 1
        with pytest.raises(Unavailable):
            MutterIdle(loop, nobody, bus)


def test_a_monitor_that_refuses_is_lost(loop: SelectorLoop, daemon: object, lost: list[str]) -> None:
    def refuse() -> tuple[int]:
        raise BadArgument("not for you")

    address = daemon.address  # type: ignore[attr-defined]
    with closing(Bus(loop, address)) as theirs, closing(Bus(loop, address)) as bus:
        interface = Interface(
            NAME, methods={"GetIdletime": Method("", "t", refuse)}, properties={}, signals={}
        )
        Exported(theirs, MONITOR.object_path, interface)
        theirs.request_name(NAME)
        turn_until(loop, lambda: bus.connected, "the bus")
        with closing(MutterIdle(loop, lost.append, bus)):
            turn_until(loop, lambda: lost, "the loss")
            assert lost == ["Mutter's idle monitor fails: not for you"]
