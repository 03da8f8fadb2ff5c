"""Windows."""

from __future__ import annotations

import sys

from tests.contract.worlds import World
from tray_agent.platforms import Desktop, System
from tray_agent.platforms.windows import system
from tray_agent.platforms.windows.desktop import WindowsDesktop

assert sys.platform == "win32"


def windows(_world: World) -> tuple[System, type[Desktop]]:
    return system, WindowsDesktop


MAKERS = [windows]
