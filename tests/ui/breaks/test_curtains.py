"""Real windows on real monitors, as far as an X server without glass can have them."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from Xlib import XK

from tests.support.desktop import Desktop
from tests.support.monitors import Monitors, split
from tests.support.person import Person
from tests.support.waiting import wait_until
from tests.support.window_process import focused
from tests.support.xserver import xserver

LEFT, RIGHT = (0, 0, 640, 800), (640, 0, 640, 800)

CODE = """
import json, sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget
from tray_agent.ui import application
from tray_agent.ui.breaks.curtains import Curtains
from tray_agent.ui.incoming import Appearance

app = application.start("Break", Appearance())
window = QWidget()
window.setWindowTitle("Break")
QVBoxLayout(window).addWidget(QTextEdit())
curtains = Curtains(window, lambda: say(left=True))

def say(**more):
    print(json.dumps(more), flush=True)

def look():
    shown = [each for each in app.topLevelWidgets() if each.isVisible()]
    full = all(each.isFullScreen() for each in shown)
    say(full=full, screens=sorted(each.geometry().getRect() for each in shown))

def follow():
    for line in sys.stdin:
        QTimer.singleShot(0, window, {"look": look, "lift": curtains.lift, "end": window.close}[line.strip()])

threading.Thread(target=follow, daemon=True).start()
curtains.drop()
sys.exit(app.exec())
"""


class Firm:
    """A window in front of everything, in a process of its own."""

    def __init__(self, env: dict[str, str]) -> None:
        self.display = env["DISPLAY"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", CODE],
            env={**env, "QT_QPA_PLATFORM": "xcb"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def says(self, timeout_s: float = 10.0) -> dict[str, Any]:
        assert self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], timeout_s)[0], f"not a word for {timeout_s} s"
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        return said

    def tell(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(word.encode() + b"\n")
        self.process.stdin.flush()

    def covers(self, *screens: tuple[int, int, int, int]) -> None:
        """Wait until just these are covered, and the window has the keys."""

        def covered() -> bool:
            self.tell("look")
            seen = self.says()
            return bool(seen["full"] and seen["screens"] == sorted(map(list, screens)))

        wait_until(covered, f"{screens} to be covered")
        wait_until(lambda: focused(self.display) == "Break", "the window to have the keys")

    def stays(self, seconds: float) -> bool:
        assert self.process.stdout is not None
        return not select.select([self.process.stdout], [], [], seconds)[0]


@contextmanager
def firm(env: dict[str, str]) -> Iterator[Firm]:
    made = Firm(env)
    try:
        yield made
    finally:
        made.process.kill()
        made.process.communicate()


@pytest.fixture
def monitors(desktop: Desktop) -> Iterator[Monitors]:
    made = split(desktop.display, {"left": LEFT, "right": RIGHT})
    yield made
    made.close()


def armed() -> None:
    time.sleep(1.05)  # what is waited for is that time itself has passed


def thrice(person: Person) -> None:
    for _time in range(3):
        person.press(XK.XK_Escape)
        time.sleep(0.05)  # Qt takes a release and a press of the same millisecond for repetition


def test_every_monitor_is_covered_and_uncovered_as_it_comes_and_goes(
    desktop: Desktop, monitors: Monitors
) -> None:
    with firm(desktop.env) as window:
        window.covers(LEFT, RIGHT)
        monitors.unplug("right")
        window.covers(LEFT)
        monitors.plug("right", *RIGHT)
        window.covers(LEFT, RIGHT)


def test_it_takes_the_keys_from_whoever_has_them(
    desktop: Desktop, monitors: Monitors, person: Person
) -> None:
    with firm(desktop.env) as first:
        first.covers(LEFT, RIGHT)
        person.type("typing away")
        with firm(desktop.env) as second:
            second.covers(LEFT, RIGHT)
            person.press(XK.XK_Escape)
            armed()
            thrice(person)
            assert second.says() == {"left": True}
            assert first.stays(0.2)


def test_a_held_escape_leaves(desktop: Desktop, monitors: Monitors, person: Person) -> None:
    with firm(desktop.env) as window:
        window.covers(LEFT, RIGHT)
        armed()
        began = time.monotonic()
        person.hold(XK.XK_Escape)
        try:
            assert window.says() == {"left": True}
        finally:
            person.release(XK.XK_Escape)
        assert 1.9 < time.monotonic() - began < 3.5
        window.covers(LEFT)


def test_escape_held_a_moment_or_pressed_twice_does_not(
    desktop: Desktop, monitors: Monitors, person: Person
) -> None:
    with firm(desktop.env) as window:
        window.covers(LEFT, RIGHT)
        armed()
        person.press(XK.XK_Escape)
        person.hold(XK.XK_Escape)
        assert window.stays(1.2)
        person.release(XK.XK_Escape)
        assert window.stays(1.2)


@pytest.mark.parametrize("screen", [LEFT, RIGHT], ids=["the window's", "the other"])
def test_each_screen_has_its_button_which_sleeps_for_a_second(
    desktop: Desktop, monitors: Monitors, person: Person, screen: tuple[int, int, int, int]
) -> None:
    with firm(desktop.env) as window:
        window.covers(LEFT, RIGHT)
        x, y = screen[0] + screen[2] - 90, screen[3] - 45
        person.click(x, y)
        armed()
        assert window.stays(0.1)
        person.click(x, y)
        assert window.says() == {"left": True}


def test_lifted_it_leaves_the_window_alone(desktop: Desktop, monitors: Monitors) -> None:
    with firm(desktop.env) as window:
        window.covers(LEFT, RIGHT)
        window.tell("lift")

        def uncovered() -> bool:
            window.tell("look")
            seen = window.says()
            return not seen["full"] and len(seen["screens"]) == 1

        wait_until(uncovered, "the window alone")


def test_a_window_that_closes_takes_the_curtains_along(desktop: Desktop, monitors: Monitors) -> None:
    with firm(desktop.env) as window:
        window.covers(LEFT, RIGHT)
        window.tell("end")
        assert window.process.wait(10) == 0


def test_it_needs_no_window_manager() -> None:
    with xserver() as server:
        places = {"left": (0, 0, 400, 600), "right": (400, 0, 400, 600)}
        split(server.display, places)
        env = {"DISPLAY": server.display, "PATH": "/usr/bin", "PYTHONPATH": sys.path[0]}
        with Person(server.display) as person, firm(env) as window:
            window.covers(*places.values())
            armed()
            thrice(person)
            assert window.says() == {"left": True}
