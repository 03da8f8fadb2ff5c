"""The clock that stands still in sleep."""

from __future__ import annotations

import time

import pytest

from tray_agent.platforms.macos.awake import awake_s


def test_it_is_uptime_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "CLOCK_UPTIME_RAW", 8, raising=False)
    asked: list[int] = []

    def read(clock: int) -> float:
        asked.append(clock)
        return 12.5

    monkeypatch.setattr(time, "clock_gettime", read)
    assert awake_s() == 12.5
    assert asked == [8]
