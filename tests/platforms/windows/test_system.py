"""Windows as the rest of the agent sees it."""

from __future__ import annotations

import sys

from tray_agent import platforms
from tray_agent.platforms.windows import system
from tray_agent.platforms.windows.autostart import RunKey
from tray_agent.platforms.windows.clocks import awake_s
from tray_agent.platforms.windows.pipe import NamedPipe

assert sys.platform == "win32"


def test_it_is_the_system_that_is_selected() -> None:
    assert platforms.select() is system


def test_the_agent_lives_on_the_thread_that_asks() -> None:
    assert system.lead(lambda: 7) == 7


def test_what_windows_offers() -> None:
    assert system.awake() is awake_s
    assert isinstance(system.channel(), NamedPipe)
    assert isinstance(system.autostart(), RunKey)
