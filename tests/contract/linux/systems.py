"""Linux."""

from __future__ import annotations

from tests.contract.worlds import World
from tray_agent.platforms import Desktop, System
from tray_agent.platforms.linux import system
from tray_agent.platforms.linux.desktop import LinuxDesktop


def linux(_world: World) -> tuple[System, type[Desktop]]:
    return system, LinuxDesktop


MAKERS = [linux]
