from pathlib import Path

import pytest

from tests.platforms.linux.test_systemd_unit import Session
from tray_agent.platforms.linux.autostart import LinuxAutostart
from tray_agent.ports import Autostart, Startup

OFF = Startup(on=False, mechanism=None)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(tmp_path)
    session.environ["XDG_CONFIG_DIRS"] = f"{tmp_path}/etc"
    return session


def autostart(session: Session) -> Autostart:
    return LinuxAutostart(lambda: ["/bin/sh", "-c", "true"], session.environ, session.unit)


def entry(session: Session) -> Path:
    return Path(session.environ["XDG_CONFIG_HOME"], "autostart", "org.trayagent.TrayAgent.desktop")


def test_without_systemd_the_desktop_starts_it(session: Session) -> None:
    assert autostart(session).status() == OFF
    assert autostart(session).set(on=True) == Startup(on=True, mechanism="xdg")
    assert autostart(session).status() == Startup(on=True, mechanism="xdg")
    assert not session.unit.status().on
    assert autostart(session).set(on=False) == OFF
    assert not entry(session).exists()


def test_with_systemd_the_unit_does(session: Session) -> None:
    session.running("active", "DISPLAY=:7")
    assert autostart(session).set(on=True) == Startup(on=True, mechanism="systemd")
    assert "ExecStart=/bin/sh -c true\n" in session.unit.file.read_text()
    assert not entry(session).exists()
    assert autostart(session).set(on=False) == OFF
    assert not session.unit.file.exists()


def test_only_one_is_ever_in_force(session: Session) -> None:
    autostart(session).set(on=True)
    session.running("active", "DISPLAY=:7")
    assert autostart(session).set(on=True).mechanism == "systemd"
    assert not entry(session).exists()
    session.manager("exit 1")
    assert autostart(session).set(on=True).mechanism == "xdg"
    assert not session.unit.status().on


def test_the_machines_entry_does_not_start_it_beside_the_unit(session: Session, tmp_path: Path) -> None:
    site = tmp_path / "etc" / "autostart" / entry(session).name
    site.parent.mkdir(parents=True)
    site.write_text("[Desktop Entry]\nType=Application\nExec=sh\n")
    session.running("active", "DISPLAY=:7")
    assert autostart(session).set(on=True) == Startup(on=True, mechanism="systemd")
    assert "Hidden=true" in entry(session).read_text()


def test_two_that_somebody_set_up_by_hand_are_told(session: Session) -> None:
    autostart(session).set(on=True)
    session.unit.add(["/bin/true"])
    reason = "an entry among the session's programs starts it as well"
    assert autostart(session).status() == Startup(on=True, mechanism="systemd", reason=reason)


def test_what_keeps_either_from_starting_is_told(session: Session) -> None:
    session.unit.add(["/nowhere/tray-agent"])
    assert "/nowhere/tray-agent" in str(autostart(session).status().reason)
    autostart(session).set(on=True)
    session.unit.add(["/nowhere/tray-agent"])
    assert autostart(session).status() == Startup(on=True, mechanism="xdg")


def test_what_cannot_be_kept_is_an_error_and_changes_nothing(session: Session) -> None:
    autostart(session).set(on=True)
    session.running("active", "DISPLAY=:7")
    session.mine.parent.write_text("in the way")
    with pytest.raises(OSError):
        autostart(session).set(on=True)
    assert autostart(session).status() == Startup(on=True, mechanism="xdg")
