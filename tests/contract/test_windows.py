"""What every provider of windows must do, whether it can show any or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.adapters import mistakes
from tests.support.briefs import LEFT, brief
from tests.support.children import children
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.null import NullWindows
from tray_agent.ports import State, Unavailable, Windows
from tray_agent.shell.child_windows import ChildWindows
from tray_agent.shell.loop import SelectorLoop


def not_installed(_name: str) -> list[str]:
    raise Unavailable("not installed")


@pytest.fixture(params=["null", "child, not installed", "child"])
def windows(request: pytest.FixtureRequest, loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> Windows:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    if request.param == "null":
        return NullWindows(loop, "no display")
    return ChildWindows(loop) if request.param == "child" else ChildWindows(loop, not_installed)


@pytest.fixture
def nobody_left() -> Callable[[], bool]:
    """Whether all that a test has started has ended; others may have begun what lasts."""
    before = set(children())
    return lambda: set(children()) <= before


def test_it_has_all_that_is_promised(windows: Windows) -> None:
    assert mistakes(windows, Windows) == []


def test_a_window_opened_always_has_a_last_word(
    loop: SelectorLoop, windows: Windows, nobody_left: Callable[[], bool]
) -> None:
    heard: list[dict[str, Any]] = []
    windows.open("break", brief({**LEFT, "seconds": 0.2}), heard.append)
    assert not heard, "nothing may be said before open has returned"
    turn_until(loop, lambda: heard and heard[-1]["event"] in {"ended", "gone"}, "a last word", 15)
    turn_until(loop, nobody_left, "the process to be gone")
    turn_for(loop, 0.2)
    assert sum(message["event"] in {"ended", "gone"} for message in heard) == 1


def test_gone_comes_with_a_reason(loop: SelectorLoop, windows: Windows) -> None:
    heard: list[dict[str, Any]] = []
    windows.open("break", {"v": 0}, heard.append)
    turn_until(loop, lambda: heard, "a last word", 15)
    assert heard[0]["event"] == "gone"
    assert heard[0]["reason"]


def test_one_that_stays_can_be_told_more(
    loop: SelectorLoop, windows: Windows, nobody_left: Callable[[], bool]
) -> None:
    heard: list[dict[str, Any]] = []
    home = {"headline": "Sitting", "lines": [], "items": []}
    windows.open("home", {"v": 1, **home}, heard.append)
    windows.tell("home", {**home, "headline": "Standing"})
    windows.tell("home", {"do": "front"})
    turn_until(loop, lambda: heard, "a word", 15)
    assert heard[0]["event"] in {"ready", "gone"}
    windows.tell("home", {"do": "close"})
    turn_until(loop, lambda: heard[-1]["event"] in {"ended", "gone"}, "a last word", 15)
    turn_until(loop, nobody_left, "the process to be gone")


def test_telling_what_is_not_open_is_harmless(windows: Windows) -> None:
    windows.tell("home", {"do": "front"})


def test_closing_what_is_not_open_is_harmless(windows: Windows) -> None:
    windows.close("break")
    windows.close("break")


def test_health_says_why_there_are_none(windows: Windows) -> None:
    health = windows.health()
    assert health.name == "windows"
    assert (health.state is State.OK) == (health.reason is None)
