"""Who keeps the display awake: the real session managers of GNOME and MATE and Xfce's power manager.

python-dbusmock plays logind: a real one would meddle with the sessions of the machine.  Plasma's
PolicyAgent is played by the test.  That logind announces BlockInhibited, and by PropertiesChanged,
was seen with systemd 252.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.support.held import held
from tests.support.logind_mock import MANAGER, Logind
from tests.support.private_bus import PrivateBus
from tests.support.sensing import Sensing, heeded
from tests.support.session_programs import program
from tests.support.stand_in import StandIn
from tests.support.turning import turn_until
from tests.support.xserver import XServer
from tray_agent.core.model import Signal
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.display_awake import INHIBIT, PLASMA, SESSION, XFCE, DisplayAwake
from tray_agent.ports import Health, State
from tray_agent.shell.loop import SelectorLoop

NOBODY = "no service here knows whether the display is kept awake"
SLEEP, IDLE = 4, 8
UPOWER = "org.freedesktop.UPower"
AGENT = "/org/kde/Solid/PowerManagement/PolicyAgent"
OF_GNOME = DBusAddress("/org/gnome/SessionManager", SESSION, SESSION)
OF_XFCE = DBusAddress("/org/freedesktop/PowerManagement/Inhibit", XFCE, INHIBIT)
GNOME_SESSION = (
    "/usr/libexec/gnome-session-binary",
    "--builtin",
    "--session=bare",
    "--disable-acceleration-check",
)


ANN = "nnA fo gniddeW"  # backwards, so that the test does not hold it either


class Scene(Sensing):
    """The sensor on a machine's bus and a session's, which here are two names for one bus."""

    def __init__(self, loop: SelectorLoop, daemon: PrivateBus) -> None:
        self.loop, self.daemon = loop, daemon
        self.bus, self.system_bus = Bus(loop, daemon.address), Bus(loop, daemon.address)
        super().__init__(loop, lambda told: DisplayAwake(loop, self.bus, self.system_bus, told))

    def is_heard(self) -> None:
        """What is announced from now on is heard."""
        heeded(self.loop, self.bus)
        heeded(self.loop, self.system_bus)

    def close(self) -> None:
        self.sensor.close()
        self.bus.close()
        self.system_bus.close()


@pytest.fixture
def scene(loop: SelectorLoop, daemon: PrivateBus) -> Iterator[Scene]:
    scene = Scene(loop, daemon)
    yield scene
    scene.close()


@pytest.fixture
def env(daemon: PrivateBus, server: XServer, tmp_path: Path) -> dict[str, str]:
    """A session's environment, in which nothing of this machine starts by itself."""
    sessions = tmp_path / "config/gnome-session/sessions"
    sessions.mkdir(parents=True)
    (sessions / "bare.session").write_text("[GNOME Session]\nName=Bare\nRequiredComponents=\n")
    (tmp_path / "run").mkdir(mode=0o700)
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": f"{tmp_path}",
        "DISPLAY": server.display,
        "DBUS_SESSION_BUS_ADDRESS": daemon.address,
        "DBUS_SYSTEM_BUS_ADDRESS": daemon.address,
        "GSETTINGS_BACKEND": "memory",
        "GSETTINGS_SCHEMA_DIR": "/usr/share/glib-2.0/schemas",
        "NO_AT_BRIDGE": "1",
        "XDG_CONFIG_DIRS": f"{tmp_path}/none",
        "XDG_CONFIG_HOME": f"{tmp_path}/config",
        "XDG_DATA_DIRS": f"{tmp_path}/none",
        "XDG_RUNTIME_DIR": f"{tmp_path}/run",
    }


class BlockableLogind(Logind):
    """The template's has no such property."""

    def start(self) -> None:
        super().start()
        added = (MANAGER.interface, "BlockInhibited", ("s", ""))
        self._mock(MANAGER.object_path, "AddProperty", "ssv", *added)
        self.blocks("")

    def blocks(self, what: str) -> None:
        """Somebody, or nobody any more, keeps the machine from doing this."""
        self._set(MANAGER.object_path, "Manager", "BlockInhibited", ("s", what))


class Film:
    """A program that keeps the display awake until it says so or, as when it crashes, is gone."""

    def __init__(self, address: str) -> None:
        self._bus: DBusConnection = open_dbus_connection(address)

    def asks(self, who: DBusAddress, member: str, signature: str, *body: Any) -> Any:
        answer = self._bus.send_and_get_reply(new_method_call(who, member, signature, body), timeout=10)
        return answer.body[0] if answer.body else None

    def close(self) -> None:
        self._bus.close()


def test_it_stands_for_media(scene: Scene) -> None:
    assert (scene.sensor.name, scene.sensor.signal) == ("display_awake", Signal.MEDIA)


@pytest.mark.parametrize("manager", [GNOME_SESSION, ("mate-session",)], ids=["gnome", "mate"])
def test_session_managers_of_gnome_and_mate(
    scene: Scene, env: dict[str, str], manager: tuple[str, ...]
) -> None:
    with program(manager, env, SESSION), closing(Film(scene.daemon.address)) as film:
        scene.until_looked(False)
        scene.is_heard()
        film.asks(OF_GNOME, "Inhibit", "susu", "film", 0, "download", SLEEP)
        scene.until_looked(False)
        cookie = film.asks(OF_GNOME, "Inhibit", "susu", "film", 0, "video", IDLE)
        scene.until(True)
        assert scene.sensor.health() == Health("display_awake", State.OK, "session_manager", value="on")
        film.asks(OF_GNOME, "Uninhibit", "u", cookie)
        scene.until(False)
        film.asks(OF_GNOME, "Inhibit", "susu", "film", 0, "video", IDLE)
        scene.until(True)
        film.close()
        scene.until(False)
    scene.until(None)
    scene.until_health(State.ABSENT, None, NOBODY)


def test_xfces_power_manager(scene: Scene, env: dict[str, str]) -> None:
    with (
        program(("xfce4-power-manager", "--no-daemon"), env, XFCE),
        closing(Film(scene.daemon.address)) as film,
    ):
        scene.until_looked(False)
        scene.is_heard()
        film.asks(OF_XFCE, "Inhibit", "ss", "film", "video")
        scene.until_looked(True)  # 4.18 has a signal for it and does not send it
        assert scene.sensor.health().source == "xfce4_power_manager"
        # On an X server without DPMS it does not survive for long that the request is taken back.


def test_logind(scene: Scene) -> None:
    with BlockableLogind(scene.daemon.address) as logind:
        scene.until_looked(False)
        scene.is_heard()
        for block, on in (("sleep:shutdown", False), ("sleep:idle", True), ("handle-lid-switch", False)):
            logind.blocks(block)
            scene.until_looked(on)
        logind.blocks("idle")
        scene.until(True)
        assert scene.sensor.health() == Health("display_awake", State.OK, "logind", value="on")
        logind.kill()
        scene.until(None)
        logind.start()
        scene.until_looked(False)


@pytest.fixture
def plasma(scene: Scene) -> Iterator[StandIn]:
    agent = StandIn(scene.loop, scene.daemon.address, PLASMA, AGENT, {"HasInhibition": ("b", (False,))})
    yield agent
    agent.leave()


def test_plasma_and_the_names_it_announces_are_not_kept(scene: Scene, plasma: StandIn) -> None:
    scene.until(False)
    scene.is_heard()
    plasma.answers["HasInhibition"] = ("b", (True,))
    plasma.tell(PLASMA, "InhibitionsChanged", "a(ss)as", [("vlc", "Playing " + ANN[::-1])], [])
    scene.until(True)
    assert not held((scene.sensor, scene.bus), ANN)
    assert set(plasma.asked) == {"HasInhibition"}


def test_one_who_says_yes_outweighs_another_who_says_no(scene: Scene, plasma: StandIn) -> None:
    with BlockableLogind(scene.daemon.address) as logind:
        turn_until(scene.loop, lambda: "," in (scene.sensor.health().source or ""), "both")
        scene.until(False)
        logind.blocks("idle")
        scene.until_looked(True)
        plasma.mute = True
        scene.until_looked(True)
        logind.blocks("")
        assert scene.looks() is None
        assert scene.sensor.health().reason == "plasma_power does not answer"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (("s", ("yes",)), "plasma_power gives an answer of the wrong kind"),
        (("v", (("b", True),)), "plasma_power gives an answer of the wrong kind"),
    ],
)
def test_a_strange_answer_is_no_answer(
    scene: Scene, plasma: StandIn, answer: tuple[str, tuple[Any, ...]], reason: str
) -> None:
    plasma.answers["HasInhibition"] = answer
    assert scene.looks() is None
    scene.until_health(State.DEGRADED, "plasma_power", reason)


def test_without_any_service_it_cannot_tell(scene: Scene) -> None:
    scene.is_heard()
    assert scene.looks() is None
    assert scene.sensor.health() == Health("display_awake", State.ABSENT, None, NOBODY)


def test_with_the_next_bus_all_is_well_again(scene: Scene, plasma: StandIn) -> None:
    scene.until(False)
    scene.daemon.kill()
    scene.until(None)
    turn_until(scene.loop, lambda: scene.sensor.health().state is State.LOST, "the loss to show")
    assert scene.looks() is None
    scene.daemon.start()
    scene.until(False)


def test_a_closed_sensor_is_silent(scene: Scene, plasma: StandIn) -> None:
    scene.until(False)
    scene.sensor.close()
    scene.sensor.close()
    plasma.answers["HasInhibition"] = ("b", (True,))
    plasma.tell(PLASMA, "InhibitionsChanged", "a(ss)as", [], [])
    scene.stays(False)
