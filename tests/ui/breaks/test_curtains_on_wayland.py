"""Every screen covered on real Wayland desktops of two outputs, where only the compositor places windows.

What sway does is seen by what it says of its windows; KWin and Mutter, which give the newest window
the keys, by what the window knows of itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import IO, Any, cast

import pytest

from tests.support.briefs import brief
from tests.support.compositors import KWin, Mutter
from tests.support.desktop import ROOT
from tests.support.waiting import wait_until
from tests.support.wayland_desktop import WaylandDesktop
from tests.support.window_process import WindowProcess

BREAK, CURTAIN = "Hip-flexor stretch", "Your break is on the other screen."
SCREENS = ("HEADLESS-1", "HEADLESS-2")

CODE = """
import json, sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget
from tray_agent.ui import application
from tray_agent.ui.breaks.curtains import Curtains
from tray_agent.ui.incoming import Appearance

app = application.start("Break", Appearance())
window, page = QWidget(), QTextEdit()
QVBoxLayout(window).addWidget(page)

def look():
    shown = [each for each in app.topLevelWidgets() if each.isVisible() and each.isFullScreen()]
    say = {"text": page.toPlainText(), "full": [each.screen().name() for each in shown]}
    print(json.dumps({**say, "active": window.isActiveWindow()}), flush=True)

def follow():
    for line in sys.stdin:
        QTimer.singleShot(0, window, look)

threading.Thread(target=follow, daemon=True).start()
Curtains(window, window.close).drop()
sys.exit(app.exec())
"""


@pytest.fixture(scope="module")
def desk() -> Iterator[WaylandDesktop]:
    with WaylandDesktop(outputs=2, without=("panel", "mako")) as desk:
        yield desk


@pytest.fixture
def firm(desk: WaylandDesktop) -> Iterator[WindowProcess]:
    """A break that covers everything, shown to somebody who works on the second screen."""
    desk.sway.message("focus", "output", "HEADLESS-2")
    with WindowProcess(desk, "break", brief(firm=True)) as window:
        window.is_ready()
        until_covered(desk, {BREAK: "HEADLESS-2", CURTAIN: "HEADLESS-1"})
        yield window
    wait_until(lambda: not desk.windows(), "the windows to go")


def until_covered(desk: WaylandDesktop, expected: dict[str, str]) -> None:
    """Wait until these windows are full screen on these outputs, and no others are there."""

    def covered() -> bool:
        seen = desk.windows()
        return all(each.full_screen for each in seen) and expected == {
            each.title: each.output for each in seen
        }

    wait_until(covered, f"{expected}")


def test_the_break_is_where_the_person_is_and_has_the_keys(desk: WaylandDesktop) -> None:
    for own, other in (SCREENS, SCREENS[::-1]):
        desk.sway.message("focus", "output", own)
        with WindowProcess(desk, "break", brief(firm=True)) as window:
            window.is_ready()
            until_covered(desk, {BREAK: own, CURTAIN: other})
            wait_until(lambda: desk.window(BREAK).focused, "the focus")
            window.tell({"do": "close"})
            window.ends(routine=7, done=[])
        wait_until(lambda: not desk.windows(), "the windows to go")


def test_released_it_is_one_window_among_others(desk: WaylandDesktop, firm: WindowProcess) -> None:
    firm.tell({"do": "release"})
    wait_until(lambda: [each.full_screen for each in desk.windows()] == [False], "the screens to be free")
    assert desk.window(BREAK).output == "HEADLESS-2"


@pytest.mark.usefixtures("firm")
def test_three_times_escape_frees_the_screens(desk: WaylandDesktop) -> None:
    def freed() -> bool:
        desk.type("Escape", "Escape", "Escape")
        return not desk.windows()

    wait_until(freed, "the screens to be free")


@pytest.mark.parametrize("kind", [KWin, Mutter])
def test_what_is_typed_goes_to_the_break_and_not_to_the_newest_curtain(
    kind: type[KWin | Mutter],
) -> None:
    with kind(outputs=2) as compositor, closing(Firm(compositor.env)) as window:
        wait_until(lambda: window.covers() == 2, "both screens to be covered")

        def typed() -> bool:
            # The first key of a new keyboard is lost while everybody learns of it.
            compositor.type_something()
            return "a" in window.typed()

        wait_until(typed, "the letter in the break")
        # Mutter 43 lets no curtain pass the focus on, so there it hands on each key.
        wait_until(lambda: kind is Mutter or window.has_focus(), "the focus")


class Firm:
    """A window to type into, in front of everything, in a process of its own."""

    def __init__(self, env: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", CODE],
            env={**env, "PYTHONPATH": f"{ROOT}", "NO_AT_BRIDGE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def covers(self) -> int:
        """How many screens have one of its windows over all of them."""
        return len(set(self._look()["full"]))

    def typed(self) -> str:
        """What has arrived."""
        return str(self._look()["text"])

    def has_focus(self) -> bool:
        """Whether it, and not a curtain of its, is the active window."""
        return bool(self._look()["active"])

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait(10)
        for pipe in self._pipes():
            pipe.close()

    def _look(self) -> dict[str, Any]:
        stdin, stdout = self._pipes()
        stdin.write("look\n")
        said: dict[str, Any] = json.loads(stdout.readline())
        return said

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        return cast("IO[str]", self._process.stdin), cast("IO[str]", self._process.stdout)


@pytest.mark.usefixtures("firm")
def test_a_screen_that_comes_is_covered(desk: WaylandDesktop) -> None:
    desk.sway.message("create_output")  # which cannot be undone: the last test here
    wait_until(lambda: covered_by_curtains(desk) == {"HEADLESS-1", "HEADLESS-3"}, "the third screen")


def covered_by_curtains(desk: WaylandDesktop) -> set[str]:
    """The screens with a curtain over all of them."""
    return {each.output for each in desk.windows() if each.title == CURTAIN and each.full_screen}
