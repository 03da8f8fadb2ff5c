"""macOS."""

from __future__ import annotations

from tests.contract.macos.played import mac
from tests.contract.worlds import World
from tray_agent.platforms import Desktop, System
from tray_agent.platforms.macos import system
from tray_agent.platforms.macos.desktop import MacDesktop


def macos(world: World) -> tuple[System, type[Desktop]]:
    mac(world)
    return system, MacDesktop


MAKERS = [macos]
