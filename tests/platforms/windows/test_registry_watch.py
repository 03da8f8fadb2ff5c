"""The watch over the registry, with a key of its own."""

from __future__ import annotations

import sys
import threading
import winreg
from collections.abc import Iterator

import pytest

from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.windows.registry_watch import SETTLE_S, RegistryWatch
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

KEY = r"Software\TrayAgentWatched"


@pytest.fixture(autouse=True)
def key() -> Iterator[winreg.HKEYType]:
    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, KEY) as key:
        yield key
    winreg.DeleteKey(winreg.HKEY_CURRENT_USER, KEY)


def test_a_burst_is_one_call(loop: SelectorLoop, key: winreg.HKEYType) -> None:
    told: list[int] = []
    watch = RegistryWatch(loop, [(winreg.HKEY_CURRENT_USER, KEY)], lambda: told.append(1))
    for at in range(5):
        winreg.SetValueEx(key, f"{at}", 0, winreg.REG_DWORD, at)
    turn_until(loop, lambda: told, "the burst is noticed")
    turn_for(loop, SETTLE_S + 0.3)
    assert len(told) <= 2  # the first may have come before the watch was armed again
    watch.close()


def test_after_its_end_nothing_is_told_and_no_thread_stays(loop: SelectorLoop, key: winreg.HKEYType) -> None:
    told: list[int] = []
    before = threading.active_count()
    watch = RegistryWatch(loop, [(winreg.HKEY_CURRENT_USER, KEY)], lambda: told.append(1))
    watch.close()
    watch.close()
    winreg.SetValueEx(key, "late", 0, winreg.REG_DWORD, 1)
    turn_for(loop, 0.3)
    assert told == []
    assert threading.active_count() == before
