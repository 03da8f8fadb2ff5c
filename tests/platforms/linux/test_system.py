"""Linux as the rest of the agent sees it."""

from __future__ import annotations

import time

from tests.support.fake_loop import FakeLoop
from tray_agent import platforms
from tray_agent.platforms.linux import system
from tray_agent.platforms.linux.autostart import LinuxAutostart


def test_it_is_the_system_that_is_selected() -> None:
    assert platforms.select() is system


def test_the_agent_lives_on_the_thread_that_asks() -> None:
    assert system.lead(lambda: 7) == 7


def test_what_linux_offers() -> None:
    assert system.awake() is time.monotonic
    assert system.channel() is None
    assert system.renewal(FakeLoop(), lambda: None) is None  # nobody installed this checkout
    assert isinstance(system.autostart(), LinuxAutostart)
    assert system.languages() == ()
