"""The machine's clocks, and the messages that tell of them.  Wine never sleeps and cannot set the clock."""

from __future__ import annotations

import ctypes
import sys
import time

import pytest

from tests.support.taskbar import send
from tests.support.turning import turn_for, turn_until
from tests.support.waiting import wait_until
from tray_agent.platforms.windows import clocks
from tray_agent.platforms.windows.clocks import (
    PBT_APMRESUMEAUTOMATIC,
    WM_POWERBROADCAST,
    WM_TIMECHANGE,
    ClockSetWatch,
    awake_s,
    boot_clocks,
    ticks_ms,
)
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

PBT_APMPOWERSTATUSCHANGE = 0x0A


def test_the_clocks_run_alike_while_the_machine_is_awake() -> None:
    read = boot_clocks()
    before = read()
    wait_until(lambda: read().boottime - before.boottime >= 0.2, "a moment")
    after = read()
    assert before.boot_id == after.boot_id
    for name in ("boottime", "monotonic", "wall"):
        assert getattr(after, name) - getattr(before, name) == pytest.approx(0.2, abs=0.1)
    assert abs(after.wall - time.time()) < 1
    assert after.boottime == pytest.approx(ticks_ms() / 1000, abs=1)
    assert after.monotonic == pytest.approx(awake_s(), abs=1)


def test_sleep_is_counted_in_one_of_them() -> None:
    """As far as it can be seen without any: no more time was awake than there was."""
    now = boot_clocks()()
    assert now.boottime > now.monotonic - 0.1


def test_it_stays_the_same_boot_for_whoever_asks_later() -> None:
    assert boot_clocks()().boot_id == boot_clocks()().boot_id
    assert boot_clocks()().boot_id.startswith("boot 1")


def test_a_clock_that_is_set_moves_no_boot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows moves the moment of the boot along with the clock, and tells by how much."""
    asked = clocks._ntdll.NtQuerySystemInformation
    before = boot_clocks()().boot_id

    class Later:
        def NtQuerySystemInformation(self, kind: int, times: object, size: int, got: None) -> int:  # noqa: N802
            status = int(asked(kind, times, size, got))
            times._obj.boot += 36_000_000_000  # type: ignore[attr-defined]
            times._obj.boot_bias += 36_000_000_000  # type: ignore[attr-defined]
            return status

    monkeypatch.setattr(clocks, "_ntdll", Later())
    assert boot_clocks()().boot_id == before


def test_a_boot_that_has_no_name_is_taken_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent:
        def NtQuerySystemInformation(self, *_: object) -> int:  # noqa: N802
            return ctypes.c_long(0xC0000003).value

    named = boot_clocks()().boot_id
    monkeypatch.setattr(clocks, "_ntdll", Silent())
    assert boot_clocks()().boot_id != named


@pytest.mark.parametrize(
    ("message", "what"), [(WM_TIMECHANGE, 0), (WM_POWERBROADCAST, PBT_APMRESUMEAUTOMATIC)]
)
def test_a_clock_that_was_set_and_a_machine_that_woke_are_told_each_time(
    loop: SelectorLoop, window: MessageWindow, message: int, what: int
) -> None:
    moved: list[str] = []
    watch = ClockSetWatch(loop, window, lambda: moved.append("moved"))
    for times in (1, 2):
        send(window.hwnd, message, what)
        turn_until(loop, lambda times=times: len(moved) == times, "the word")  # type: ignore[misc]
    watch.close()


def test_other_news_of_power_is_none(loop: SelectorLoop, window: MessageWindow) -> None:
    moved: list[str] = []
    watch = ClockSetWatch(loop, window, lambda: moved.append("moved"))
    send(window.hwnd, WM_POWERBROADCAST, PBT_APMPOWERSTATUSCHANGE)
    turn_for(loop, 0.1)
    assert moved == []
    watch.close()


def test_closed_it_tells_nothing(loop: SelectorLoop, window: MessageWindow) -> None:
    moved: list[str] = []
    watch = ClockSetWatch(loop, window, lambda: moved.append("moved"))
    send(window.hwnd, WM_TIMECHANGE, 0)
    watch.close()
    watch.close()
    send(window.hwnd, WM_TIMECHANGE, 0)
    turn_for(loop, 0.1)
    assert moved == []
