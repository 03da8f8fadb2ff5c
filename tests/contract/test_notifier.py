"""What every notifier promises: the null one, the fake, the last resort, and the real one in each plight."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.support.desktop import Desktop
from tests.support.fake_world import FakeNotifier
from tests.support.peers import NotificationService
from tests.support.private_bus import PrivateBus
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.notifications import DesktopNotifier
from tray_agent.platforms.notifier_chain import NotifierChain
from tray_agent.platforms.null import NullNotifier
from tray_agent.platforms.plyer_notifier import PlyerNotifier
from tray_agent.ports import Note, Notifier, State
from tray_agent.shell.loop import SelectorLoop

STAND_UP = Note(
    1, "Time to stand up", "Sitting <about> 45 min & more", (("start", "Start"), ("skip", "Skip"))
)
HIPS = Note(2, "Time for your hips", "", ())


@dataclass
class World:
    """A loop, the answers that came, and what has to be cleared away after a test."""

    loop: SelectorLoop
    stack: ExitStack
    answers: list[tuple[int, str]] = field(default_factory=list)

    def connect(self, address: str) -> Bus:
        bus = Bus(self.loop, address)
        self.stack.callback(bus.close)
        return bus

    def desktop_notifier(
        self, bus: Bus, refused: Callable[[Note], object] = lambda _note: None
    ) -> DesktopNotifier:
        return DesktopNotifier(
            self.loop, bus, lambda prompt, key: self.answers.append((prompt, key)), refused
        )

    def plyer(self) -> PlyerNotifier:
        def notify(**_text: Any) -> None:
            pass

        return PlyerNotifier(self.loop, notify)


def null(_world: World) -> Notifier:
    return NullNotifier("nobody wants one")


def fake(_world: World) -> Notifier:
    return FakeNotifier()


def last_resort(world: World) -> Notifier:
    return world.plyer()


def with_a_service(world: World) -> Notifier:
    address = world.stack.enter_context(PrivateBus()).address
    NotificationService(world.connect(address))
    return _well(world, world.desktop_notifier(world.connect(address)))


def with_dunst(world: World) -> Notifier:
    desk = world.stack.enter_context(Desktop(without=("panel",)))
    return _well(world, world.desktop_notifier(world.connect(desk.env["DBUS_SESSION_BUS_ADDRESS"])))


def without_a_service(world: World) -> Notifier:
    return world.desktop_notifier(world.connect(world.stack.enter_context(PrivateBus()).address))


def without_a_bus(world: World) -> Notifier:
    return world.desktop_notifier(world.connect("unix:path=/nowhere"))


def chain(world: World) -> Notifier:
    bus = world.connect(world.stack.enter_context(PrivateBus()).address)
    return NotifierChain(lambda refused: world.desktop_notifier(bus, refused), world.plyer)


def _well(world: World, notifier: Notifier) -> Notifier:
    turn_until(world.loop, lambda: notifier.health().state is State.OK, "the service")
    return notifier


@pytest.fixture
def world() -> Iterator[World]:
    loop = SelectorLoop()
    with ExitStack() as stack:
        yield World(loop, stack)
        turn_for(loop, 0.05)
    loop.close()


MAKERS = [null, fake, last_resort, with_a_service, with_dunst, without_a_service, without_a_bus, chain]


@pytest.fixture(params=MAKERS)
def notifier(request: pytest.FixtureRequest, world: World) -> Notifier:
    make: Callable[[World], Notifier] = request.param
    return make(world)


def test_notes_may_come_in_any_order_with_withdrawals(world: World, notifier: Notifier) -> None:
    notifier.withdraw()
    for note in (STAND_UP, HIPS, STAND_UP):
        notifier.show(note)
        turn_for(world.loop, 0.03)
    notifier.withdraw()
    notifier.withdraw()
    turn_for(world.loop, 0.05)
    notifier.show(HIPS)
    turn_for(world.loop, 0.05)
    notifier.close()


def test_nobody_answers_but_the_person(world: World, notifier: Notifier) -> None:
    notifier.show(STAND_UP)
    turn_for(world.loop, 0.1)
    notifier.show(HIPS)
    turn_for(world.loop, 0.1)
    notifier.withdraw()
    notifier.close()
    turn_for(world.loop, 0.1)
    assert world.answers == []


def test_its_health_has_a_reason_unless_all_is_well(world: World, notifier: Notifier) -> None:
    for _ in range(2):
        health = notifier.health()
        assert health.name == "notifier"
        assert (health.state is State.OK) or health.reason
        notifier.show(STAND_UP)
        turn_for(world.loop, 0.1)
    notifier.close()


def test_it_may_be_closed_twice(world: World, notifier: Notifier) -> None:
    notifier.show(STAND_UP)
    notifier.close()
    notifier.close()
    turn_for(world.loop, 0.05)
