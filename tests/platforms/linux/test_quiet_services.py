"""The switches of real notification services: dunst, Xfce's and MATE's under X, mako and swaync on sway.

Plasma, GNOME Shell and Cinnamon cannot be started here: `test_do_not_disturb.py` plays the first two,
and what is said here of Cinnamon comes from its own schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.support.compositors import Sway
from tests.support.dconf import Settings, settings
from tests.support.desktop import Desktop
from tests.support.note_daemons import GNOME, MATE, OSD, XFCE, Service
from tests.support.sensing import Sensing
from tests.support.session_programs import program, run
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.do_not_disturb import DoNotDisturb
from tray_agent.platforms.linux.quiet_services import NOTES, quiet_switch
from tray_agent.ports import Health, State
from tray_agent.shell.loop import SelectorLoop

XFCE_SWITCH = ["xfconf-query", "-c", "xfce4-notifyd", "-p", "/do-not-disturb"]


@pytest.fixture(scope="module")
def desk() -> Iterator[Desktop]:
    """Nobody shows notes here yet."""
    with Desktop(without=("openbox", "panel", "dunst")) as desk:
        yield desk


@pytest.fixture(scope="module")
def sway() -> Iterator[Sway]:
    with Sway() as sway:
        yield sway


class SensingOn:
    """Makes the sensor for the bus of an environment."""

    def __init__(self, loop: SelectorLoop) -> None:
        self._loop = loop
        self._buses: list[Bus] = []
        self._begun: list[Sensing] = []

    def __call__(self, env: Mapping[str, str]) -> Sensing:
        bus = Bus(self._loop, env["DBUS_SESSION_BUS_ADDRESS"])
        self._buses.append(bus)
        self._begun.append(Sensing(self._loop, lambda told: DoNotDisturb(self._loop, bus, told)))
        return self._begun[-1]

    def close(self) -> None:
        for begun in self._begun:
            begun.sensor.close()
        for bus in self._buses:
            bus.close()


@pytest.fixture
def sensing(loop: SelectorLoop) -> Iterator[SensingOn]:
    sensing = SensingOn(loop)
    yield sensing
    sensing.close()


def test_dunst_announces_that_it_is_paused(desk: Desktop, sensing: SensingOn) -> None:
    it = sensing(desk.env)
    with program(["dunst", "-config", f"{desk.folder}/dunstrc"], desk.env, NOTES):
        it.until_looked(False)
        run(["dunstctl", "set-paused", "true"], desk.env)
        it.until(True)
        assert it.sensor.health() == Health("do_not_disturb", State.OK, "dunst", value="on")
        run(["dunstctl", "set-paused", "false"], desk.env)
        it.until(False)
        assert it.sensor.health() == Health("do_not_disturb", State.OK, "dunst", value="off")
    it.until(None)


def test_xfce_announces_its_switch(desk: Desktop, sensing: SensingOn) -> None:
    it = sensing(desk.env)
    with program(XFCE.command, desk.env, NOTES):
        it.until_looked(False)  # nobody ever touched it
        run([*XFCE_SWITCH, "-n", "-t", "bool", "-s", "true"], desk.env)
        it.until(True)
        assert it.sensor.health().source == "xfce4_notifyd"
        run([*XFCE_SWITCH, "-s", "false"], desk.env)
        it.until(False)
        run([*XFCE_SWITCH, "-s", "true"], desk.env)
        it.until(True)
        run([*XFCE_SWITCH, "-r"], desk.env)
        it.until(False)


@pytest.fixture
def hers(desk: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    with settings(desk.env["DBUS_SESSION_BUS_ADDRESS"], tmp_path) as hers:
        for name, value in hers.env.items():
            monkeypatch.setenv(name, value)
        yield hers


def test_mate_keeps_its_switch_in_the_settings(desk: Desktop, sensing: SensingOn, hers: Settings) -> None:
    it = sensing(desk.env)
    with program(MATE.command, desk.env, NOTES):
        it.until_looked(False)
        hers.set("org.mate.NotificationDaemon", "do-not-disturb", True)
        it.until(True)
        assert it.sensor.health().source == "mate_settings"
        hers.set("org.mate.NotificationDaemon", "do-not-disturb", False)
        it.until(False)


@pytest.mark.parametrize("service", [GNOME, OSD], ids=lambda service: service.name)
def test_services_without_a_switch_cannot_tell(desk: Desktop, sensing: SensingOn, service: Service) -> None:
    it = sensing(desk.env)
    with program(service.command, desk.env, NOTES):
        it.until_health(State.ABSENT, "notification_service", "notification_service cannot tell: InvalidArgs")
        assert it.looks() is None


def test_another_service_takes_the_place_of_the_first(desk: Desktop, sensing: SensingOn) -> None:
    it = sensing(desk.env)
    with program(XFCE.command, desk.env, NOTES):
        it.until_looked(False)
        run([*XFCE_SWITCH, "-n", "-t", "bool", "-s", "true"], desk.env)
        it.until(True)
        run([*XFCE_SWITCH, "-r"], desk.env)
        it.until(False)
    it.until(None)
    it.until_health(State.ABSENT, None, "no notification service is running")
    for _ in range(2):
        with program(["dunst", "-config", f"{desk.folder}/dunstrc"], desk.env, NOTES):
            it.until_looked(False)
            run(["dunstctl", "set-paused", "true"], desk.env)
            it.until(True)
        it.until(None)


def test_a_service_that_takes_over_is_the_one_that_counts(
    desk: Desktop, sensing: SensingOn, hers: Settings
) -> None:
    it = sensing(desk.env)
    with program(GNOME.command, desk.env, NOTES):
        it.until_health(State.ABSENT, "notification_service", "notification_service cannot tell: InvalidArgs")
        with program(MATE.command, desk.env, NOTES):
            it.until_looked(False)


def test_mako_is_looked_at(sway: Sway, sensing: SensingOn, tmp_path: Path) -> None:
    config = tmp_path / "mako"
    config.write_text("[mode=do-not-disturb]\ninvisible=1\n[mode=loud]\nborder-size=9\n")
    with program(["mako", "-c", f"{config}"], sway.env, NOTES):
        it = sensing(sway.env)
        it.until_looked(False)
        run(["makoctl", "mode", "-s", "loud"], sway.env)
        it.until_looked(False)
        run(["makoctl", "mode", "-a", "do-not-disturb"], sway.env)
        it.until_looked(True)
        assert it.sensor.health() == Health("do_not_disturb", State.OK, "mako", value="on")
        run(["makoctl", "mode", "-s", "default"], sway.env)
        it.until_looked(False)


def test_swaync_announces_its_switch(sway: Sway, sensing: SensingOn) -> None:
    env = sway.env | {
        "GSETTINGS_BACKEND": "memory"
    }  # it would keep its switch among the developer's settings
    it = sensing(env)
    with program(["swaync"], env, NOTES):
        it.until_looked(False)
        run(["swaync-client", "--dnd-on"], env)
        it.until(True)
        assert it.sensor.health().source == "swaync"
        run(["swaync-client", "--dnd-off"], env)
        it.until(False)


def test_services_of_one_name_differ_by_vendor() -> None:
    assert quiet_switch("Notification Daemon", "MATE").source == "mate_settings"
    assert quiet_switch("Notification Daemon", "GNOME").source == "notification_service"
    assert quiet_switch("cinnamon", "GNOME").source == "cinnamon_settings"
