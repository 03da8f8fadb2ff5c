"""Parts that do nothing: they say so, and whoever waits for one of them is not left waiting."""

from __future__ import annotations

import pytest

from tests.support.turning import turn_until
from tray_agent.platforms.null import NoAutostart, NullNotifier, NullTray, NullWindows
from tray_agent.ports import Health, State
from tray_agent.shell.loop import SelectorLoop


def test_each_says_why_it_does_nothing() -> None:
    loop = SelectorLoop()
    assert NullTray("not wanted", State.OFF).health() == Health("tray", State.OFF, None, "not wanted")
    assert NullNotifier("no bus").health() == Health("notifier", State.ABSENT, None, "no bus")
    assert NullWindows(loop, "no Qt").health() == Health("windows", State.ABSENT, None, "no Qt")
    loop.close()


def test_a_window_that_cannot_open_is_gone_a_moment_later() -> None:
    loop = SelectorLoop()
    windows = NullWindows(loop, "no Qt")
    said: list[dict[str, object]] = []
    windows.open("break", {}, said.append)
    assert said == []
    turn_until(loop, lambda: said, "the news")
    assert said == [{"event": "gone", "reason": "no Qt"}]
    windows.close("break")
    loop.close()


def test_starting_with_the_session_is_off_and_stays_off() -> None:
    assert not NoAutostart().status().on
    with pytest.raises(OSError, match="not possible"):
        NoAutostart().set(on=True)
