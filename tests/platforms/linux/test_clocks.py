"""The machine's real clocks, and word when one of them was set."""

from __future__ import annotations

import ctypes
import time
from pathlib import Path

import pytest

from tests.support.fake_loop import FakeLoop
from tray_agent.platforms.linux.clocks import ClockSetWatch, boot_clocks
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop


def descriptors() -> int:
    """How many files this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def test_the_clocks_run_and_sleep_is_counted_in_one_of_them() -> None:
    read = boot_clocks()
    before = read()
    after = read()
    assert before.boot_id == after.boot_id
    assert len(before.boot_id) == 36
    assert after.boottime >= before.boottime
    assert before.boottime > before.monotonic - 0.001
    assert abs(before.wall - time.time()) < 5


def test_nothing_happens_while_nobody_sets_the_clock() -> None:
    loop = SelectorLoop()
    moved: list[str] = []
    watch = ClockSetWatch(loop, lambda: moved.append("moved"))
    loop.step(0.1)
    assert moved == []
    watch.close()
    loop.close()


def test_setting_the_clock_is_told_at_once_and_every_time() -> None:
    """Setting it to what it shows is setting it, and harms nobody."""
    loop = SelectorLoop()
    moved: list[str] = []
    watch = ClockSetWatch(loop, lambda: moved.append("moved"))
    for times in (1, 2):
        try:
            time.clock_settime(time.CLOCK_REALTIME, time.clock_gettime(time.CLOCK_REALTIME))
        except PermissionError:
            # Not allowed here: the kernel's word, ECANCELED and readable, is given by hand below.
            watch._readable()
        loop.step(2)
        assert len(moved) == times
    watch.close()
    loop.close()


def test_without_timers_it_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoTimers:
        def timerfd_create(self, _clock: int, _flags: int) -> int:
            ctypes.set_errno(24)
            return -1

    monkeypatch.setattr(ctypes, "CDLL", lambda *_args, **_options: NoTimers())
    with pytest.raises(Unavailable, match="Too many open files"):
        ClockSetWatch(FakeLoop(), lambda: None)


def test_closing_leaves_no_descriptor() -> None:
    before = descriptors()
    loop = FakeLoop()
    watch = ClockSetWatch(loop, lambda: None)
    watch.close()
    assert loop.watched == {}
    assert descriptors() == before
