"""Getting noticed by a watcher that comes, goes, refuses, or watches for no panel at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.peers import Watcher
from tests.support.private_bus import PrivateBus
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux import sni_watcher
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.sni_watcher import Registration
from tray_agent.ports import State
from tray_agent.shell.loop import SelectorLoop

NAME = "org.kde.StatusNotifierItem-1-1"
FORBIDDEN_NAME = f'<deny own="{NAME}"/>'


class Scene:
    """A bus, a registration on it, and a second connection for watchers."""

    def __init__(self, loop: SelectorLoop, daemon: PrivateBus) -> None:
        self.loop, self.daemon = loop, daemon
        self.ours, self.theirs = Bus(loop, daemon.address), Bus(loop, daemon.address)
        self.told: list[State] = []
        self.registration = Registration(loop, self.ours, NAME, "/Item", self._changed)
        turn_until(loop, lambda: self.ours.connected and self.theirs.connected, "the connections")

    def await_state(self, state: State) -> None:
        turn_until(self.loop, lambda: self.registration.health().state is state, f"health {state}")

    def _changed(self) -> None:
        self.told.append(self.registration.health().state)

    def close(self) -> None:
        self.ours.close()
        self.theirs.close()


@pytest.fixture
def scene(loop: SelectorLoop) -> Iterator[Scene]:
    with PrivateBus() as daemon:
        scene = Scene(loop, daemon)
        yield scene
        scene.close()


def test_an_icon_that_is_there_first_waits_for_its_watcher(scene: Scene) -> None:
    scene.registration.begin()
    scene.await_state(State.ABSENT)
    assert scene.registration.health().reason == "no panel collects tray icons here"
    watcher = Watcher(scene.theirs)
    scene.await_state(State.OK)
    assert watcher.items == [NAME]


def test_each_new_watcher_gets_the_icon(scene: Scene) -> None:
    first = Watcher(scene.theirs)
    scene.registration.begin()
    scene.await_state(State.OK)
    first.leave()
    scene.await_state(State.ABSENT)
    second = Watcher(scene.theirs)
    scene.await_state(State.OK)
    assert (first.items, second.items) == ([NAME], [NAME])


def test_a_watcher_without_a_panel_is_not_enough(scene: Scene) -> None:
    watcher = Watcher(scene.theirs, hosted=False)
    scene.registration.begin()
    turn_until(scene.loop, lambda: watcher.items, "the registration")
    reason = "icons are collected, but no panel shows them"
    turn_until(scene.loop, lambda: scene.registration.health().reason == reason, "the missing panel")
    watcher.set_hosted(hosted=True)
    scene.await_state(State.OK)
    watcher.set_hosted(hosted=False)
    scene.await_state(State.ABSENT)


def test_a_refusal_is_told_and_asked_again(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sni_watcher, "RETRY_S", 0.1)
    watcher = Watcher(scene.theirs, refusals=2)
    scene.registration.begin()
    turn_until(scene.loop, lambda: "not now" in (scene.registration.health().reason or ""), "the refusal")
    assert scene.registration.health().state is State.DEGRADED
    scene.await_state(State.OK)
    assert watcher.items == [NAME]


def test_the_icon_that_ends_gives_up_its_name_and_comes_to_no_new_watcher(scene: Scene) -> None:
    owners: list[str | None] = []
    scene.theirs.watch_name(NAME, owners.append)
    scene.registration.begin()
    turn_until(scene.loop, lambda: owners and owners[-1], "the item's name")
    scene.registration.end()
    turn_until(scene.loop, lambda: owners[-1] is None, "the end of the name")
    watcher = Watcher(scene.theirs)
    turn_for(scene.loop, 0.2)
    assert watcher.items == []


def test_without_a_bus_health_says_so_and_with_the_next_bus_the_icon_is_back(scene: Scene) -> None:
    Watcher(scene.theirs)
    scene.registration.begin()
    scene.await_state(State.OK)
    scene.daemon.kill()
    scene.await_state(State.LOST)
    scene.daemon.start()
    scene.await_state(State.OK)


def test_every_change_of_health_is_told(scene: Scene) -> None:
    scene.registration.begin()
    turn_until(scene.loop, lambda: State.ABSENT in scene.told, "the lack of a watcher to be told")
    watcher = Watcher(scene.theirs, refusals=1)
    scene.await_state(State.OK)
    watcher.set_hosted(hosted=False)
    scene.await_state(State.ABSENT)
    assert scene.told[-1] is State.ABSENT
    watcher.set_hosted(hosted=True)
    scene.await_state(State.OK)
    scene.daemon.kill()
    scene.await_state(State.LOST)
    seen = [
        state for state, before in zip(scene.told, [None, *scene.told], strict=False) if state is not before
    ]
    expected = [State.ABSENT, State.DEGRADED, State.OK, State.ABSENT, State.OK, State.LOST]
    assert seen == expected


def test_where_the_name_is_forbidden_the_path_stands_for_it(loop: SelectorLoop) -> None:
    with PrivateBus(FORBIDDEN_NAME) as daemon:
        scene = Scene(loop, daemon)
        watcher = Watcher(scene.theirs)
        scene.registration.begin()
        turn_until(loop, lambda: watcher.items and watcher.items[-1] == "/Item", "the path")
        scene.await_state(State.OK)
        scene.close()
