"""The clocks of a Mac, with those of this machine under their names; and what moves them."""

from __future__ import annotations

import ctypes
import time
from typing import Any

import pytest

from tests.support.macos.appkit import NSWorkspace, NSWorkspaceDidWakeNotification
from tests.support.macos.foundation import NSNotificationCenter, NSSystemClockDidChangeNotification
from tests.support.macos.played_main import main
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.macos import awake, clocks
from tray_agent.shell.loop import SelectorLoop

UUID = b"0F5C1D0A-3A1F-4C3D-9E55-2B9E1A1F0C77"
SLEPT_S = 3600.0
CONTINUOUS, AWAKE = 1001, 1002


class PlayedLibc:
    """sysctl, which fills what it is given; `names` are what was asked."""

    def __init__(self, value: bytes | None) -> None:
        self._value = value
        self.names: list[bytes] = []

    def sysctlbyname(self, name: bytes, value: Any, size: Any, new: None, new_size: Any) -> int:
        self.names.append(name)
        if self._value is None:
            return -1
        assert size._obj.value > len(self._value)
        value.value = self._value
        return 0


@pytest.fixture(autouse=True)
def mac_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has slept an hour since its boot."""
    now = time.clock_gettime
    monkeypatch.setattr(time, "CLOCK_MONOTONIC_RAW", CONTINUOUS, raising=False)
    monkeypatch.setattr(time, "CLOCK_UPTIME_RAW", AWAKE, raising=False)
    monkeypatch.setattr(
        time,
        "clock_gettime",
        lambda clock: now(time.CLOCK_MONOTONIC) + {CONTINUOUS: SLEPT_S, AWAKE: 0.0}[clock],
    )


@pytest.fixture
def libc(monkeypatch: pytest.MonkeyPatch) -> PlayedLibc:
    libc = PlayedLibc(UUID)
    monkeypatch.setattr(ctypes, "CDLL", lambda name: libc if name is None else None)
    return libc


def test_sleep_is_what_one_clock_counts_and_the_other_does_not(libc: PlayedLibc) -> None:
    seen = clocks.boot_clocks()()
    assert seen.boottime - seen.monotonic == pytest.approx(SLEPT_S, abs=0.1)
    assert seen.wall == pytest.approx(time.time(), abs=1.0)
    assert awake.awake_s() == pytest.approx(seen.monotonic, abs=0.1)


def test_a_boot_has_the_system_s_name(libc: PlayedLibc) -> None:
    read = clocks.boot_clocks()
    assert read().boot_id == f"boot {UUID.decode()}" == read().boot_id
    assert libc.names == [b"kern.bootsessionuuid"]


def test_without_a_name_each_start_is_another_boot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.0)
    assert clocks._boot_id(PlayedLibc(None)) == "before 1700000000"


@pytest.mark.parametrize(
    ("centre", "name"),
    [
        (NSNotificationCenter.defaultCenter(), NSSystemClockDidChangeNotification),
        (NSWorkspace.center, NSWorkspaceDidWakeNotification),
    ],
)
def test_a_clock_that_was_set_and_a_wake_are_told(
    loop: SelectorLoop, centre: NSNotificationCenter, name: str
) -> None:
    moves: list[str] = []
    watch = clocks.ClockSetWatch(loop, lambda: moves.append("moved"))
    main.settle()
    main.ask(lambda: centre.postNotificationName_object_(name, None))
    turn_until(loop, lambda: moves, "the move")
    watch.close()
    watch.close()
    main.ask(lambda: centre.postNotificationName_object_(name, None))
    turn_for(loop, 0.05)
    assert moves == ["moved"]
