"""What every `Listener` promises, kept by the fake and by the real one alike."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass

import pytest

from tests.support.fake_input import FakeListener
from tests.support.fake_loop import FakeLoop
from tests.support.turning import turn_for, turn_until
from tray_agent.ports import Listener
from tray_agent.shell.loop import SelectorLoop

if sys.platform == "win32":
    from tests.support.windows_person import press_key
    from tray_agent.platforms.windows.listener import HookListener

    REAL = "hooks"
else:
    from Xlib.error import ConnectionClosedError

    from tests.support.person import Person
    from tests.support.xserver import xserver
    from tray_agent.platforms.linux.xrecord import PynputListener

    REAL = "record"

LET_ARM_S = 0.1
"""Real listeners arm on their way: input in the very next moment may be missed."""


@dataclass
class World:
    """A listener, the person it listens to, and the loop that drives it."""

    listener: Listener
    touch: Callable[[], object]
    let_pass: Callable[[float], object]
    kill: Callable[[], object]
    lost: list[str]
    until: Callable[[Callable[[], object], str], object]


def fake_world() -> Iterator[World]:
    loop = FakeLoop()
    lost: list[str] = []
    listener = FakeListener(loop, lost.append)

    def until(condition: Callable[[], object], what: str) -> None:
        loop.settle()
        if not condition():
            raise TimeoutError(what)

    yield World(listener, listener.touched, loop.advance, listener.die, lost, until)


def x_world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
    lost: list[str] = []
    with xserver() as server, closing(SelectorLoop()) as loop:
        monkeypatch.setenv("DISPLAY", server.display)
        person = Person(server.display)
        listener = PynputListener(loop, lost.append)
        yield World(
            listener,
            person.type,
            lambda seconds: turn_for(loop, seconds),
            server.kill,
            lost,
            lambda condition, what: turn_until(loop, condition, what),
        )
        listener.close()
        with suppress(ConnectionClosedError):  # its server may have been killed
            person.leave()


ON_WINDOWS: dict[str, Callable[[], Iterator[World]]] = {}

if sys.platform == "win32":

    def windows_world() -> Iterator[World]:
        lost: list[str] = []
        with closing(SelectorLoop()) as loop:
            listener = HookListener(loop, lost.append)
            yield World(
                listener,
                press_key,
                lambda seconds: turn_for(loop, seconds),
                listener._hooks.stop,
                lost,
                lambda condition, what: turn_until(loop, condition, what),
            )
            listener.close()

    ON_WINDOWS["hooks"] = windows_world


@pytest.fixture(params=["fake", REAL])
def world(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    match request.param:
        case "fake":
            yield from fake_world()
        case "hooks" as name:
            yield from ON_WINDOWS[name]()
        case _:
            yield from x_world(monkeypatch)


class Heard(list[str]):
    """Counts what was heard."""

    def __call__(self) -> None:
        self.append("input")


def test_it_has_a_name(world: World) -> None:
    assert world.listener.name


def test_it_is_born_silent(world: World) -> None:
    world.touch()
    world.let_pass(LET_ARM_S)
    assert world.listener.alive()


def test_one_arming_hears_one_input(world: World) -> None:
    heard = Heard()
    world.listener.arm(heard)
    world.let_pass(LET_ARM_S)
    assert heard == []
    for _ in range(3):
        world.touch()
    world.until(lambda: heard, "the input")
    world.touch()
    world.let_pass(LET_ARM_S)
    assert heard == ["input"]


def test_it_can_be_armed_again_and_again(world: World) -> None:
    heard = Heard()
    for n in range(1, 6):
        world.listener.arm(heard)
        world.let_pass(LET_ARM_S)
        world.touch()
        world.until(lambda n=n: len(heard) == n, f"input {n}")  # type: ignore[misc]


def test_it_can_be_armed_by_what_it_calls(world: World) -> None:
    heard = Heard()

    def again() -> None:
        heard()
        world.listener.arm(heard)

    world.listener.arm(again)
    world.let_pass(LET_ARM_S)
    world.touch()
    world.until(lambda: heard, "the first input")
    world.let_pass(LET_ARM_S)
    world.touch()
    world.until(lambda: len(heard) == 2, "the second input")


def test_disarmed_it_hears_nothing(world: World) -> None:
    heard = Heard()
    world.listener.arm(heard)
    world.let_pass(LET_ARM_S)
    world.listener.disarm()
    world.listener.disarm()
    world.touch()
    world.let_pass(LET_ARM_S)
    assert heard == []


def test_armed_anew_it_tells_only_the_new_one(world: World) -> None:
    old, new = Heard(), Heard()
    world.listener.arm(old)
    world.listener.arm(new)
    world.let_pass(LET_ARM_S)
    world.touch()
    world.until(lambda: new, "the input")
    assert old == []


def test_it_is_alive_armed_or_not(world: World) -> None:
    assert world.listener.alive()
    world.listener.arm(Heard())
    assert world.listener.alive()
    world.listener.disarm()
    assert world.listener.alive()


def test_a_loss_is_told_once(world: World) -> None:
    world.listener.arm(Heard())
    world.kill()
    world.until(lambda: world.lost, "the loss")
    world.let_pass(LET_ARM_S)
    assert len(world.lost) == 1
    assert not world.listener.alive()


def test_closed_it_hears_nothing_and_is_not_alive(world: World) -> None:
    heard = Heard()
    world.listener.arm(heard)
    world.let_pass(LET_ARM_S)
    world.listener.close()
    world.listener.close()
    world.touch()
    world.listener.arm(heard)
    world.listener.disarm()
    world.touch()
    world.let_pass(LET_ARM_S)
    assert heard == []
    assert world.lost == []
    assert not world.listener.alive()
