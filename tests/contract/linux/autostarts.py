"""An entry of XDG or a service of systemd, in folders of a test's own."""

from __future__ import annotations

from tests.contract.worlds import StartWorld
from tests.platforms.linux.test_systemd_unit import Session
from tray_agent.platforms.linux.autostart import LinuxAutostart
from tray_agent.ports import Autostart


def by_the_desktop(world: StartWorld) -> Autostart:
    return _made(_session(world))


def by_systemd(world: StartWorld) -> Autostart:
    session = _session(world)
    session.running("active", "DISPLAY=:7")
    return _made(session)


def where_nothing_can_be_written(world: StartWorld) -> Autostart:
    session = _session(world)
    (world.folder / "config").write_text("in the way")
    return _made(session)


def _session(world: StartWorld) -> Session:
    session = Session(world.folder)
    session.environ["XDG_CONFIG_DIRS"] = f"{world.folder}/etc"
    return session


def _made(session: Session) -> Autostart:
    return LinuxAutostart(lambda: ["/bin/sh", "-c", "true"], session.environ, session.unit)


MAKERS = [by_the_desktop, by_systemd, where_nothing_can_be_written]
