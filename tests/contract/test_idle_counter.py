"""What every `IdleCounter` promises, kept by the fake and by the real ones alike."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.fake_input import FakeCounter
from tests.support.fake_loop import FakeLoop
from tests.support.turning import turn_for, turn_until
from tray_agent.ports import IdleCounter, Unavailable
from tray_agent.shell.loop import SelectorLoop

if sys.platform == "win32":
    from tests.support.windows_person import scroll
    from tray_agent.platforms.windows.last_input import LastInputIdle, last_input_tick

    REAL = ["lastinput"]
else:
    from Xlib.error import ConnectionClosedError

    from tests.support.compositors import Compositor, KWin, Mutter
    from tests.support.person import Person
    from tests.support.xserver import xserver
    from tray_agent.platforms.linux.bus import Bus
    from tray_agent.platforms.linux.mutter_idle import MutterIdle
    from tray_agent.platforms.linux.wayland_idle import WaylandIdle
    from tray_agent.platforms.linux.xidle import XSyncIdle
    from tray_agent.platforms.linux.xscreensaver import XScreenSaverIdle

    REAL = ["xsync", "xscreensaver", "kwin", "mutter"]

GRAIN_S = 0.02
"""The pause a compositor tells of here: the shorter, the less of the little time a test has is in doubt."""


@dataclass
class World:
    """A counter, the person it watches, and the loop that drives it.

    `late_s`: what tells of a pause may come so late, and then the pause seems that much shorter.
    """

    counter: IdleCounter
    touch: Callable[[], object]
    let_pass: Callable[[float], object]
    kill: Callable[[], object]
    lost: list[str]
    until: Callable[[Callable[[], object], str], object]
    late_s: float = 0.0


def fake_world() -> Iterator[World]:
    loop = FakeLoop()
    lost: list[str] = []
    counter = FakeCounter(loop, lost.append)

    def until(condition: Callable[[], object], what: str) -> None:
        for _ in range(1000):
            if condition():
                return
            loop.advance(0.01)
        raise TimeoutError(what)

    yield World(counter, counter.touched, loop.advance, counter.die, lost, until)
    counter.close()


def x_world(kind: type[XSyncIdle | XScreenSaverIdle]) -> Iterator[World]:
    lost: list[str] = []
    with xserver() as server, closing(SelectorLoop()) as loop:
        person = Person(server.display)
        counter = kind(loop, lost.append, server.display)
        yield World(
            counter,
            person.move,
            lambda seconds: turn_for(loop, seconds),
            server.kill,
            lost,
            lambda condition, what: turn_until(loop, condition, what),
        )
        counter.close()
        with suppress(ConnectionClosedError):  # its server may have been killed
            person.leave()


def wayland_world(compositor: Compositor) -> Iterator[World]:
    lost: list[str] = []
    with closing(SelectorLoop()) as loop, pytest.MonkeyPatch.context() as patch:
        for name in ("WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
            patch.setenv(name, compositor.env[name])
        with closing(WaylandIdle(loop, lost.append, GRAIN_S)) as counter:
            yield compositor_world(compositor, counter, loop, lost)


def mutter_world(mutter: Mutter) -> Iterator[World]:
    lost: list[str] = []
    with closing(SelectorLoop()) as loop, closing(Bus(loop, mutter.bus.address)) as bus:
        turn_until(loop, lambda: bus.connected, "the bus")
        with closing(MutterIdle(loop, lost.append, bus, GRAIN_S)) as counter:
            known = Edges()
            mutter.move_pointer()
            counter.watch(GRAIN_S, known)
            turn_until(loop, lambda: known, "Mutter's first word")
            yield compositor_world(mutter, counter, loop, lost)


def compositor_world(
    compositor: Compositor, counter: IdleCounter, loop: SelectorLoop, lost: list[str]
) -> World:
    return World(
        counter,
        compositor.move_pointer,
        lambda seconds: turn_for(loop, seconds),
        compositor.kill,
        lost,
        lambda condition, what: turn_until(loop, condition, what),
        late_s=0.1,
    )


ON_WINDOWS: dict[str, Callable[[], Iterator[World]]] = {}

if sys.platform == "win32":

    def windows_world() -> Iterator[World]:
        """Nothing ends GetLastInputInfo but the session: its refusal is played."""
        lost: list[str] = []
        refusals: list[str] = []

        def tick() -> int:
            if refusals:
                raise Unavailable(refusals[0])
            return last_input_tick()

        with closing(SelectorLoop()) as loop:
            counter = LastInputIdle(loop, lost.append, tick)

            def kill() -> None:
                refusals.append("refused")
                counter.watch(0.1, lambda _active, _idle: None)

            yield World(
                counter,
                scroll,
                lambda seconds: turn_for(loop, seconds),
                kill,
                lost,
                lambda condition, what: turn_until(loop, condition, what),
            )
            counter.close()

    ON_WINDOWS["lastinput"] = windows_world


class Compositors:
    """Each is started when it is first wanted, and again when a test has killed it."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._running: dict[type[Compositor], Compositor] = {}

    def __call__(self, kind: type[Compositor]) -> Any:
        if kind not in self._running:
            self._running[kind] = self._stack.enter_context(kind())
        elif not self._running[kind].alive:
            self._running[kind].start()
        return self._running[kind]

    def close(self) -> None:
        self._stack.close()


@pytest.fixture(scope="module")
def compositors() -> Iterator[Compositors]:
    with closing(Compositors()) as compositors:
        yield compositors


@pytest.fixture(params=["fake", *REAL])
def world(request: pytest.FixtureRequest, compositors: Compositors) -> Iterator[World]:
    match request.param:
        case "fake":
            yield from fake_world()
        case "lastinput" as name:
            yield from ON_WINDOWS[name]()
        case "xsync":
            yield from x_world(XSyncIdle)
        case "xscreensaver":
            yield from x_world(XScreenSaverIdle)
        case "kwin":
            yield from wayland_world(compositors(KWin))
        case _:
            yield from mutter_world(compositors(Mutter))


class Edges(list[tuple[bool, float]]):
    """Collects what a watch reports."""

    def __call__(self, active: bool, idle_s: float) -> None:
        self.append((active, round(idle_s, 6)))


def test_it_has_a_name(world: World) -> None:
    assert world.counter.name


def test_idle_time_grows_and_input_ends_it(world: World) -> None:
    world.touch()
    world.let_pass(0.2)
    idle = world.counter.idle_s()
    assert 0.2 - world.late_s <= round(idle, 6) < 1.0
    world.touch()
    world.until(lambda: world.counter.idle_s() < idle, "the count to begin anew")


def test_edges_come_by_turns_and_begin_with_a_pause(world: World) -> None:
    edges = Edges()
    world.touch()
    world.counter.watch(0.2, edges)
    for n in (1, 2):
        world.until(lambda n=n: len(edges) >= 2 * n - 1, "the pause")  # type: ignore[misc]
        world.let_pass(0.1)
        world.touch()
        world.touch()
        world.until(lambda n=n: len(edges) >= 2 * n, "the return")  # type: ignore[misc]
    assert [active for active, _ in edges[:4]] == [False, True, False, True]
    assert all(0.2 <= idle < 0.6 for active, idle in edges if not active)
    assert all(idle == 0.0 for active, idle in edges if active)


def test_input_that_goes_on_is_no_edge(world: World) -> None:
    edges = Edges()
    world.touch()
    world.counter.watch(0.5, edges)
    for _ in range(8):
        world.let_pass(0.1)
        world.touch()
    assert edges == []


def test_a_pause_that_began_before_the_watch_is_reported(world: World) -> None:
    edges = Edges()
    world.touch()
    world.let_pass(0.3)
    world.counter.watch(0.2, edges)
    assert edges == [], "callbacks come from the loop, never from inside the call"
    world.until(lambda: edges, "the pause")
    assert not edges[0][0]
    assert edges[0][1] >= 0.3 - world.late_s
    world.touch()
    world.until(lambda: len(edges) >= 2, "the return")
    assert edges[1] == (True, 0.0)


def test_a_new_watch_replaces_the_old_one(world: World) -> None:
    old, new = Edges(), Edges()
    world.touch()
    world.counter.watch(0.1, old)
    world.counter.watch(0.3, new)
    world.until(lambda: new, "the pause")
    assert old == []
    assert new[0][1] >= 0.3


def test_a_watch_may_be_made_inside_an_edge(world: World) -> None:
    short, long = Edges(), Edges()
    world.touch()

    def edge(active: bool, idle_s: float) -> None:
        short(active, idle_s)
        world.counter.watch(0.3, long)

    world.counter.watch(0.1, edge)
    world.until(lambda: long, "the longer pause")
    assert len(short) == 1


def test_a_loss_is_told_once_and_questions_are_refused(world: World) -> None:
    world.counter.watch(5.0, Edges())
    world.kill()
    world.until(lambda: world.lost, "the loss")
    world.let_pass(0.1)
    assert len(world.lost) == 1
    with pytest.raises(Unavailable):
        world.counter.idle_s()


def test_a_closed_counter_tells_nothing(world: World) -> None:
    edges = Edges()
    world.touch()
    world.counter.watch(0.1, edges)
    world.counter.close()
    world.counter.close()
    world.let_pass(0.3)
    assert edges == []
    assert world.lost == []
    with pytest.raises(Unavailable):
        world.counter.idle_s()
