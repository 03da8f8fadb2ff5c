"""What all windows have in common, seen from the agent's side."""

from __future__ import annotations

import json
import os
import signal
from typing import Any

import pytest

from tests.support.desktop import Desktop
from tests.support.window_briefs import BRIEFS
from tests.support.window_process import WindowProcess
from tray_agent.ui import opening
from tray_agent.ui.__main__ import WINDOWS


@pytest.mark.parametrize("name", WINDOWS)
def test_paints_closes_when_told_and_says_so_last(desktop: Desktop, name: str) -> None:
    with WindowProcess(desktop, name, BRIEFS[name], QT_SCALE_FACTOR="2") as window:
        window.is_ready()
        window.process.send_signal(signal.SIGINT)  # Ctrl-C in the terminal is the agent's affair
        window.tell({"do": "close"})
        last, error = window.process.communicate(timeout=10)
    assert [json.loads(line)["event"] for line in last.splitlines()] == ["ended"]
    assert (window.process.returncode, error) == (0, b"")


@pytest.mark.parametrize("name", WINDOWS)
def test_a_bad_brief_is_one_sentence_and_status_2(desktop: Desktop, name: str) -> None:
    with WindowProcess(desktop, name, {"v": 0}) as window:
        assert window.process.wait(15) == 2
        said = window.complains()
    assert said.startswith(f"{name} window: the brief is not understood: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("at_once", [True, False])
def test_one_that_others_shall_not_see_is_shown_to_the_person(desktop: Desktop, at_once: bool) -> None:
    with WindowProcess(desktop, "text", {**BRIEFS["text"], "unseen": at_once}) as window:
        window.is_ready()
        window.tell({"do": "unseen"})
        window.tell({"do": "close"})
        window.ends()


def test_it_leaves_when_the_agent_has_gone(desktop: Desktop) -> None:
    with WindowProcess(desktop, "text", BRIEFS["text"]) as window:
        window.is_ready()
        window.hang_up()
        window.ends()


class Told:
    """A window that remembers what it was told, and with what leave to take the focus."""

    def __init__(self) -> None:
        self.told_so_far: list[tuple[dict[str, Any], str | None]] = []

    def appear(self) -> None:
        """Nobody looks."""

    def told(self, message: dict[str, Any]) -> None:
        self.told_so_far.append((message, os.environ.get("XDG_ACTIVATION_TOKEN")))

    def leave(self) -> None:
        """Nobody waits."""


def test_leave_to_take_the_focus_is_there_before_the_window_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")
    window = Told()
    opening._pass_on(window, {"do": "front"})
    opening._pass_on(window, {"do": "front", "activation": "token-1"})
    assert window.told_so_far == [({"do": "front"}, ""), ({"do": "front"}, "token-1")]
