"""The tray port: on Wine's taskbar, and on one that refuses.

A mouse clicks on the one; for the other, and for what Wine does not tell, the messages come from the test.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from ctypes import wintypes
from dataclasses import dataclass, field

import pytest
from pystray._util import win32

from tests.support.taskbar import click, click_icon, event, open_menu, played_taskbar, post, user32
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.windows import tray as tray_module
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.platforms.windows.notify_icon import (
    NIN_BALLOONUSERCLICK,
    NIN_SELECT,
    WM_CONTEXTMENU,
)
from tray_agent.platforms.windows.tray import WindowsTray
from tray_agent.ports import Entry, Face, State
from tray_agent.shell import faces
from tray_agent.shell.loop import SelectorLoop, Timer

assert sys.platform == "win32"

WM_KEYDOWN, VK_DOWN, VK_RETURN, VK_ESCAPE = 0x0100, 0x28, 0x0D, 0x1B
REFUSES = {win32.NIM_ADD, win32.NIM_MODIFY}
PROMPT = Face("prompt", 1.0, "Time to stand up")
WITHOUT_PILLOW = """
import sys
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.platforms.windows.tray import WindowsTray
from tray_agent.platforms.windows.balloon import BalloonNotifier
from tray_agent.ports import Face, State
from tray_agent.shell import faces
from tray_agent.shell.loop import SelectorLoop
loop = SelectorLoop()
window = MessageWindow(loop)
tray = WindowsTray(loop, window, list, faces.draw, activated=lambda: None)
for look in ("sitting", "prompt", "paused", "standing", "quiet", "unknown"):
    tray.show(Face(look, 0.5, look))
while tray.health().state is not State.OK:
    loop.step(0.1)
tray.close()
window.close()
print([name for name in ("PIL", "numpy", "tkinter", "PySide6") if name in sys.modules])
"""


@dataclass
class Stage:
    loop: SelectorLoop
    window: MessageWindow
    did: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    healths: list[State] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.entries = [Entry("Pause", lambda: self.here("pause"))]
        self.tray = WindowsTray(
            self.loop,
            self.window,
            self.menu,
            faces.draw,
            activated=lambda: self.here("activated"),
            changed=lambda: self.healths.append(self.tray.health().state),
        )

    def here(self, what: str) -> None:
        """Everything is told on the agent's own thread."""
        assert threading.current_thread() is threading.main_thread()
        self.did.append(what)

    def menu(self) -> list[Entry]:
        self.here("menu")
        return self.entries

    def await_health(self, state: State) -> None:
        turn_until(self.loop, lambda: self.tray.health().state is state, f"{state}")

    def await_did(self, *what: str) -> None:
        turn_until(self.loop, lambda: len(self.did) >= len(what), f"{what}")
        assert self.did == list(what)

    def opens_menu(self) -> None:
        event(self.window.hwnd, WM_CONTEXTMENU, 500, 500)
        turn_until(self.loop, open_menu, "the menu")

    def presses(self, *keys: int) -> None:
        for key in keys:
            post(self.window.hwnd, WM_KEYDOWN, key)


@pytest.fixture
def stage(loop: SelectorLoop, window: MessageWindow) -> Iterator[Stage]:
    stage = Stage(loop, window)
    yield stage
    stage.tray.close()


def test_it_is_well_once_the_taskbar_has_the_icon(stage: Stage) -> None:
    health = stage.tray.health()
    assert (health.state, health.reason) == (State.DEGRADED, "the taskbar has not taken the icon yet")
    stage.await_health(State.OK)
    assert stage.healths == [State.OK]
    assert stage.tray.health().source == "notify_icon"


def test_a_click_activates(stage: Stage) -> None:
    stage.await_health(State.OK)
    event(stage.window.hwnd, NIN_SELECT)
    stage.await_did("activated")


def test_the_mouse_activates_on_the_left_and_opens_the_menu_on_the_right(stage: Stage) -> None:
    stage.await_health(State.OK)
    click_icon()
    stage.await_did("activated")
    click_icon("right")
    turn_until(stage.loop, open_menu, "the menu")
    place = wintypes.RECT()
    user32.GetWindowRect(open_menu(), ctypes.byref(place))
    click((place.left + place.right) // 2, (place.top + place.bottom) // 2)
    stage.await_did("activated", "menu", "pause")


def test_a_click_elsewhere_closes_the_menu(stage: Stage) -> None:
    stage.await_health(State.OK)
    click_icon("right")
    turn_until(stage.loop, open_menu, "the menu")
    click(100, 100)
    turn_until(stage.loop, lambda: not open_menu(), "the end of the menu")
    turn_for(stage.loop, 0.1)
    assert stage.did == ["menu"]


def test_the_menu_is_made_when_it_is_opened(stage: Stage) -> None:
    stage.await_health(State.OK)
    turn_for(stage.loop, 0.1)
    assert stage.did == []
    stage.entries.insert(0, Entry("Resume", lambda: stage.here("resume")))
    stage.opens_menu()
    stage.presses(VK_DOWN, VK_RETURN)
    stage.await_did("menu", "resume")
    stage.entries.pop(0)
    stage.opens_menu()
    stage.presses(VK_DOWN, VK_RETURN)
    stage.await_did("menu", "resume", "menu", "pause")


def test_the_loop_lives_on_while_the_menu_is_open_and_a_second_wish_closes_it(stage: Stage) -> None:
    stage.await_health(State.OK)
    stage.opens_menu()
    stage.tray.show(PROMPT)
    event(stage.window.hwnd, WM_CONTEXTMENU, 500, 500)
    turn_until(stage.loop, lambda: not open_menu(), "the end of the menu")
    assert stage.did == ["menu", "menu"]


def test_the_keyboard_goes_back_to_the_taskbar(
    loop: SelectorLoop, window: MessageWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    with played_taskbar(monkeypatch, set()) as taskbar:
        stage = Stage(loop, window)
        stage.await_health(State.OK)
        stage.opens_menu()
        assert user32.GetForegroundWindow() == window.hwnd
        stage.presses(VK_ESCAPE)
        turn_until(loop, lambda: win32.NIM_SETFOCUS in taskbar.codes, "the keyboard given back")
        stage.tray.close()
        window.close()


def test_closing_closes_an_open_menu(stage: Stage) -> None:
    stage.await_health(State.OK)
    stage.opens_menu()
    stage.tray.close()
    stage.tray.close()
    stage.window.close()
    assert not open_menu()
    turn_for(stage.loop, 0.1)
    assert stage.did == ["menu"]


def test_it_tries_again_ever_more_slowly_until_the_taskbar_takes_it(
    loop: SelectorLoop, window: MessageWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tray_module, "SOONEST_S", 0.02)
    monkeypatch.setattr(tray_module, "LATEST_S", 0.08)
    waits: list[float] = []
    later = loop.call_later

    def call_later(seconds: float, call: Callable[[], object]) -> Timer:
        waits.append(seconds)
        return later(seconds, call)

    monkeypatch.setattr(loop, "call_later", call_later)
    with played_taskbar(monkeypatch, set(REFUSES)) as taskbar:
        stage = Stage(loop, window)
        turn_until(loop, lambda: len(waits) == 5, "five attempts")
        assert waits == [0.02, 0.04, 0.08, 0.08, 0.08]
        assert stage.tray.health().reason == "the taskbar did not take the icon"
        stage.tray.show(PROMPT)
        taskbar.refuses.clear()
        stage.await_health(State.OK)
        assert [told.tip for told in taskbar.told if told.code == win32.NIM_ADD][-1] == PROMPT.title
        assert stage.healths == [State.DEGRADED, State.OK]
        stage.tray.close()
        window.close()


def test_no_attempt_after_closing(
    loop: SelectorLoop, window: MessageWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tray_module, "SOONEST_S", 0.02)
    with played_taskbar(monkeypatch, set(REFUSES)) as taskbar:
        stage = Stage(loop, window)
        turn_until(loop, lambda: stage.healths, "the first attempt")
        stage.tray.close()
        turn_for(loop, 0.05)
        count = len(taskbar.told)
        turn_for(loop, 0.2)
        assert len(taskbar.told) == count
        window.close()


def test_a_taskbar_that_died_is_missed_before_it_refuses_anything(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.await_health(State.OK)
    monkeypatch.setattr(tray_module, "taskbar", lambda: False)
    health = stage.tray.health()
    assert (health.state, health.reason) == (State.ABSENT, "no taskbar is running")


def test_without_a_taskbar_it_says_so(
    loop: SelectorLoop, window: MessageWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tray_module, "taskbar", lambda: False)
    with played_taskbar(monkeypatch, set(REFUSES)):
        stage = Stage(loop, window)
        stage.await_health(State.ABSENT)
        assert stage.tray.health().reason == "no taskbar is running"
        stage.tray.close()
        window.close()


def test_a_balloon_is_clicked_and_the_one_before_is_not(stage: Stage) -> None:
    stage.await_health(State.OK)
    for name in ("first", "second"):
        stage.tray.balloon(name, "text", lambda name=name: stage.here(name), lambda: stage.here("refused"))  # type: ignore[misc]
    turn_for(stage.loop, 0.1)
    event(stage.window.hwnd, NIN_BALLOONUSERCLICK)
    stage.await_did("second")


def test_a_click_on_its_way_when_the_balloon_is_taken_back_is_dropped(stage: Stage) -> None:
    stage.await_health(State.OK)
    stage.tray.balloon("title", "text", lambda: stage.here("clicked"), lambda: stage.here("refused"))
    turn_for(stage.loop, 0.1)
    event(stage.window.hwnd, NIN_BALLOONUSERCLICK)
    stage.tray.silence()
    turn_for(stage.loop, 0.1)
    assert stage.did == []


def test_what_was_heard_before_closing_is_not_told_after_it(stage: Stage) -> None:
    stage.await_health(State.OK)
    for what in (NIN_SELECT, WM_CONTEXTMENU):
        event(stage.window.hwnd, what)
    stage.tray.close()
    turn_for(stage.loop, 0.1)
    assert stage.did == []


def test_a_balloon_without_an_icon_is_refused(
    loop: SelectorLoop, window: MessageWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    with played_taskbar(monkeypatch, set(REFUSES)):
        stage = Stage(loop, window)
        stage.tray.balloon("title", "text", lambda: stage.here("clicked"), lambda: stage.here("refused"))
        stage.await_did("refused")
        stage.tray.close()
        window.close()


def test_it_needs_no_drawing_library() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PILLOW],
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip() == "[]"
