"""App Nap is kept away by an activity that lets the machine sleep."""

from __future__ import annotations

from tests.support.macos.foundation import NSActivityUserInitiatedAllowingIdleSystemSleep, NSProcessInfo
from tray_agent.platforms.macos import app_nap


def test_it_lasts_until_it_ends() -> None:
    activity = app_nap.stay_awake()
    assert list(NSProcessInfo.activities.values()) == [
        (NSActivityUserInitiatedAllowingIdleSystemSleep, app_nap.REASON)
    ]
    activity.end()
    activity.end()
    assert not NSProcessInfo.activities


def test_the_machine_may_sleep() -> None:
    idle_system_sleep_disabled = 1 << 20
    assert not NSActivityUserInitiatedAllowingIdleSystemSleep & idle_system_sleep_disabled
