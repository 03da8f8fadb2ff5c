"""The sensor with services that cannot be started in a test: Plasma and GNOME Shell, and with faulty ones.

They are played on a real bus; GNOME's switch is in a real dconf, read by the real `gsettings`.  Services
that can be started are in `test_quiet_services.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.dconf import settings
from tests.support.private_bus import PrivateBus
from tests.support.sensing import Sensing, heeded
from tests.support.stand_in import StandIn
from tests.support.turning import turn_until
from tray_agent.core.model import Signal
from tray_agent.platforms.linux import bus_question
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.do_not_disturb import DoNotDisturb
from tray_agent.platforms.linux.quiet_services import NOTES, NOTES_PATH
from tray_agent.ports import Health, State
from tray_agent.shell.loop import SelectorLoop

NOBODY = "no notification service is running"
SHELL = {"GetServerInformation": ("ssss", ("gnome-shell", "GNOME", "43.9", "1.2"))}
PLASMA = {
    "GetServerInformation": ("ssss", ("Plasma", "KDE", "5.27.5", "1.2")),
    "Get Inhibited": ("v", (("b", False),)),
}


class Scene(Sensing):
    """The sensor on a bus where services come and go."""

    def __init__(self, loop: SelectorLoop, daemon: PrivateBus) -> None:
        self.loop, self.daemon = loop, daemon
        self.bus = Bus(loop, daemon.address)
        self._services: list[StandIn] = []
        super().__init__(loop, lambda told: DoNotDisturb(loop, self.bus, told))

    def starts(self, answers: dict[str, tuple[str, tuple[Any, ...]]], *, mute: bool = False) -> StandIn:
        """A service takes the name."""
        service = StandIn(self.loop, self.daemon.address, NOTES, NOTES_PATH, answers, mute=mute)
        self._services.append(service)
        return service

    def close(self) -> None:
        self.sensor.close()
        self.bus.close()
        for service in self._services:
            service.leave()


@pytest.fixture
def scene(loop: SelectorLoop, daemon: PrivateBus) -> Iterator[Scene]:
    scene = Scene(loop, daemon)
    yield scene
    scene.close()


def test_it_stands_for_do_not_disturb(scene: Scene) -> None:
    assert (scene.sensor.name, scene.sensor.signal) == ("do_not_disturb", Signal.DND)


def test_plasma_announces_what_it_holds_back(scene: Scene) -> None:
    plasma = scene.starts(PLASMA)
    scene.until(False)
    heeded(scene.loop, scene.bus)
    plasma.becomes(NOTES, "Inhibited", "b", True)
    scene.until(True)
    assert scene.sensor.health() == Health("do_not_disturb", State.OK, "plasma", value="on")
    plasma.becomes(NOTES, "Inhibited", "b", False)
    scene.until(False)
    assert scene.told == [False, True, False]


def test_a_change_that_nobody_announced_is_seen_at_the_next_look(scene: Scene) -> None:
    plasma = scene.starts(PLASMA)
    scene.until(False)
    plasma.answers["Get Inhibited"] = ("v", (("b", True),))
    scene.until_looked(True)


def test_gnome_keeps_its_switch_in_the_settings(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with settings(scene.daemon.address, tmp_path) as hers:
        for name, value in hers.env.items():
            monkeypatch.setenv(name, value)
        shell = scene.starts(SHELL)
        scene.until(False)
        heeded(scene.loop, scene.bus)
        hers.set("org.gnome.desktop.notifications", "show-banners", False)
        scene.until(True)
        assert scene.sensor.health() == Health("do_not_disturb", State.OK, "gnome_settings", value="on")
        scene.until_looked(True)
        hers.set("org.gnome.desktop.notifications", "show-banners", True)
        scene.until(False)
        assert shell.asked == ["GetServerInformation"]


def test_an_unknown_service_is_asked_as_plasma_is(scene: Scene) -> None:
    scene.starts({**PLASMA, "GetServerInformation": ("ssss", ("Slate", "nobody", "2.0", "1.2"))})
    scene.until(False)
    assert scene.sensor.health().source == "notification_service"


def test_without_a_service_it_cannot_tell(scene: Scene) -> None:
    heeded(scene.loop, scene.bus)
    assert scene.looks() is None
    assert scene.sensor.health() == Health("do_not_disturb", State.ABSENT, None, NOBODY)


def test_a_silent_service_is_no_answer_and_heard_once_it_speaks(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus_question, "PATIENCE_S", 0.3)
    plasma = scene.starts(PLASMA)
    scene.until(False)
    plasma.mute = True
    assert scene.looks() is None
    scene.until_health(State.DEGRADED, "plasma", "plasma does not answer")
    scene.sensor.look()
    turn_until(scene.loop, lambda: plasma.asked.count("Get Inhibited") == 3, "the next question")
    plasma.mute = False
    plasma.becomes(NOTES, "Inhibited", "b", True)  # heard while that question is still open
    scene.until(True)


def test_a_service_that_does_not_introduce_itself_is_asked_at_the_next_look(scene: Scene) -> None:
    late = scene.starts({})
    turn_until(scene.loop, lambda: late.asked, "the question who it is")
    scene.until_health(State.DEGRADED, None, "the notification service has not said who it is")
    assert scene.looks() is None
    late.answers |= PLASMA
    scene.until_looked(False)


@pytest.mark.parametrize("odd", [("s", ("Plasma",)), ("ssss", ("", "", "", "")), ("a{sv}", ({},))])
def test_a_strange_introduction_breaks_nothing(scene: Scene, odd: tuple[str, tuple[Any, ...]]) -> None:
    service = scene.starts({"GetServerInformation": odd})
    turn_until(scene.loop, lambda: service.asked, "the question who it is")
    assert scene.looks() is None
    assert scene.sensor.health().state in {State.DEGRADED, State.ABSENT}


def test_a_strange_answer_is_no_answer(scene: Scene) -> None:
    plasma = scene.starts({**PLASMA, "Get Inhibited": ("v", (("s", "yes"),))})
    scene.until_health(State.DEGRADED, "plasma", "plasma gives an answer of the wrong kind")
    assert scene.looks() is None
    plasma.answers |= PLASMA
    scene.until_looked(False)


def test_with_the_next_bus_all_is_well_again(scene: Scene) -> None:
    scene.starts(PLASMA)
    scene.until(False)
    scene.daemon.kill()
    scene.until(None)
    turn_until(scene.loop, lambda: scene.sensor.health().state is State.LOST, "the loss to show")
    assert (scene.sensor.health().reason or "").startswith("no message bus: ")
    assert scene.looks() is None
    scene.daemon.start()
    scene.until(False)
    assert scene.sensor.health().value == "off"


def test_a_closed_sensor_is_silent(scene: Scene) -> None:
    plasma = scene.starts(PLASMA)
    scene.until(False)
    scene.sensor.close()
    scene.sensor.close()
    plasma.becomes(NOTES, "Inhibited", "b", True)
    scene.stays(False)
