"""The Run key of the real registry, under a name that no agent has."""

from __future__ import annotations

import sys
import winreg

from tests.contract.worlds import StartWorld
from tray_agent.platforms.windows.autostart import APPROVED, RUN, RunKey
from tray_agent.ports import Autostart

assert sys.platform == "win32"

NAME = "TrayAgent of a contract"
SWITCHED_OFF = bytes([3, *[0] * 11])


def by_the_run_key(world: StartWorld) -> Autostart:
    world.stack.callback(_forget)
    return RunKey(lambda: (r"C:\Program Files\Tray Agent\tray-agent.exe", "run"), NAME)


def switched_off_in_task_manager(world: StartWorld) -> Autostart:
    with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, APPROVED, 0, winreg.KEY_SET_VALUE) as key:
        winreg.SetValueEx(key, NAME, 0, winreg.REG_BINARY, SWITCHED_OFF)
    return by_the_run_key(world)


def _forget() -> None:
    for path in (RUN, APPROVED):
        with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, path, 0, winreg.KEY_SET_VALUE) as key:
            try:
                winreg.DeleteValue(key, NAME)
            except FileNotFoundError:
                pass


MAKERS = [by_the_run_key, switched_off_in_task_manager]
