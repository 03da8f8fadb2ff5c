"""The icon: what it tells the taskbar, and what it makes of what the taskbar tells it.

The real taskbar here is Wine's; one that refuses is played.  Wine tells nothing of a balloon that is clicked,
so that message comes from the test.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import pytest
from pystray._util import win32

from tests.support.taskbar import PlayedTaskbar, event, old_event, played_taskbar, post, send, tell
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.windows import notify_icon
from tray_agent.platforms.windows.icon_handles import IconHandles
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.platforms.windows.notify_icon import (
    BODY_MAX,
    NIN_BALLOONUSERCLICK,
    NIN_KEYSELECT,
    NIN_SELECT,
    TIP_MAX,
    TITLE_MAX,
    WM_CONTEXTMENU,
    WM_DPICHANGED,
    Ears,
    NotifyIcon,
    fitting,
)
from tray_agent.ports import Face
from tray_agent.shell import faces
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

SITTING, PROMPT = Face("sitting", 0.5, "Sitting about 20 min"), Face("prompt", 1.0, "Time to stand up")
tick_count = ctypes.WinDLL("kernel32").GetTickCount
LONG = "Sitting 🪑🪑 " * 40


@dataclass
class Stage:
    loop: SelectorLoop
    window: MessageWindow
    heard: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        ears = Ears(
            clicked=lambda: self.heard.append("click"),
            menu_wanted=lambda x, y: self.heard.append((x, y)),
            balloon_clicked=lambda number: self.heard.append(f"balloon {number}"),
            told=self.heard.append,
        )
        self.icon = NotifyIcon(self.window, IconHandles(faces.draw), SITTING, ears)

    def begins(self) -> None:
        self.icon.begin()
        turn_until(self.loop, lambda: self.heard, "the taskbar's answer")

    def await_heard(self, *what: object) -> None:
        turn_until(self.loop, lambda: len(self.heard) >= len(what), f"{what}")
        turn_for(self.loop, 0.05)
        assert self.heard == list(what)

    def balloon(self, number: int, text: str = "Sitting about 45 min") -> None:
        """Shown when this returns."""
        shown: list[bool] = []

        def show() -> None:
            self.icon.show_balloon(number, "Time to stand up", text)
            shown.append(True)

        self.window.post(show)
        turn_until(self.loop, lambda: shown, "the balloon")


@pytest.fixture
def stage(loop: SelectorLoop, window: MessageWindow) -> Iterator[Stage]:
    stage = Stage(loop, window)
    yield stage
    stage.icon.end()


@pytest.fixture
def taskbar(monkeypatch: pytest.MonkeyPatch, window: MessageWindow) -> Iterator[PlayedTaskbar]:
    with played_taskbar(monkeypatch, set()) as taskbar:
        yield taskbar
        window.close()


def test_the_real_taskbar_takes_it_with_a_text_that_is_too_long(stage: Stage) -> None:
    stage.icon.title = LONG
    stage.begins()
    stage.window.post(lambda: stage.icon.wear(Face("prompt", 1.0, LONG)))
    stage.balloon(1, LONG * 5)
    assert stage.heard == [True]


def test_a_click_is_told_by_mouse_and_keyboard(stage: Stage) -> None:
    stage.begins()
    for what in (win32.WM_LBUTTONUP, NIN_SELECT, NIN_KEYSELECT):
        event(stage.window.hwnd, what)
    stage.await_heard(True, "click", "click")


def test_a_menu_is_wanted_where_the_taskbar_says(stage: Stage) -> None:
    stage.begins()
    for x, y in ((1014, 690), (-300, -5)):  # the second on a screen left of and above the first
        event(stage.window.hwnd, win32.WM_RBUTTONUP, x, y)
        event(stage.window.hwnd, WM_CONTEXTMENU, x, y)
    stage.await_heard(True, (1014, 690), (-300, -5))


def test_an_old_taskbar_is_understood_as_well(taskbar: PlayedTaskbar, stage: Stage) -> None:
    taskbar.refuses.add(win32.NIM_SETVERSION)
    stage.begins()
    old_event(stage.window.hwnd, win32.WM_LBUTTONUP)
    old_event(stage.window.hwnd, win32.WM_RBUTTONUP)
    turn_until(stage.loop, lambda: len(stage.heard) == 3, "both")
    assert stage.heard[1] == "click"
    assert isinstance(stage.heard[2], tuple)


def test_a_taskbar_that_refuses_is_told_and_asked_again(taskbar: PlayedTaskbar, stage: Stage) -> None:
    taskbar.refuses |= {win32.NIM_ADD, win32.NIM_MODIFY}
    stage.begins()
    stage.await_heard(False)
    assert taskbar.codes == [win32.NIM_ADD, win32.NIM_MODIFY]
    stage.window.post(lambda: stage.icon.wear(PROMPT))
    taskbar.refuses.clear()
    stage.window.post(stage.icon.again)
    stage.window.post(stage.icon.again)
    stage.await_heard(False, True)
    assert taskbar.codes[2:] == [win32.NIM_ADD, win32.NIM_SETVERSION]
    assert taskbar.told[2].tip == "Time to stand up"


def test_one_that_was_only_slow_has_the_icon_once(taskbar: PlayedTaskbar, stage: Stage) -> None:
    taskbar.refuses.add(win32.NIM_ADD)
    stage.begins()
    stage.await_heard(True)
    assert taskbar.codes == [win32.NIM_ADD, win32.NIM_MODIFY, win32.NIM_SETVERSION]


def test_one_that_no_longer_knows_the_icon_is_told_of(taskbar: PlayedTaskbar, stage: Stage) -> None:
    stage.begins()
    taskbar.refuses.add(win32.NIM_MODIFY)
    stage.window.post(lambda: stage.icon.wear(PROMPT))
    stage.await_heard(True, False)


def test_a_new_taskbar_gets_the_icon_at_once(taskbar: PlayedTaskbar, stage: Stage) -> None:
    stage.begins()
    send(stage.window.hwnd, win32.WM_TASKBARCREATED)
    stage.await_heard(True, True)
    assert taskbar.codes.count(win32.NIM_ADD) == 2


def test_only_what_changed_is_told(taskbar: PlayedTaskbar, stage: Stage) -> None:
    stage.begins()
    before = len(taskbar.told)
    for face in (SITTING, Face("sitting", 0.5, "Sitting about 21 min"), PROMPT, PROMPT):
        stage.window.post(partial(stage.icon.wear, face))
    turn_for(stage.loop, 0.1)
    flags = [told.flags for told in taskbar.told[before:]]
    tip = win32.NIF_TIP | win32.NIF_SHOWTIP
    assert flags == [tip, win32.NIF_ICON, tip]


def test_another_scale_gets_another_picture_and_the_same_scale_none(
    taskbar: PlayedTaskbar, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.begins()
    before = len(taskbar.told)
    send(stage.window.hwnd, WM_DPICHANGED)
    assert len(taskbar.told) == before
    monkeypatch.setattr(notify_icon, "wanted_size", lambda: 24)
    send(stage.window.hwnd, win32.WM_DISPLAYCHANGE)
    assert [told.flags for told in taskbar.told[before:]] == [win32.NIF_ICON]
    assert taskbar.told[-1].picture not in {0, taskbar.told[0].picture}


def test_a_click_on_the_balloon_is_told_once_with_its_number(stage: Stage) -> None:
    stage.begins()
    stage.balloon(7)
    for _ in range(2):
        event(stage.window.hwnd, NIN_BALLOONUSERCLICK)
    stage.await_heard(True, "balloon 7")


def test_a_click_that_waited_since_the_balloon_before_is_dropped(stage: Stage) -> None:
    stage.begins()
    stage.balloon(7)
    shown: list[int] = []

    def replace() -> None:
        # Still in this call, the click on the first one is in the queue already.
        post(stage.window.hwnd, win32.WM_NOTIFY, 0, NIN_BALLOONUSERCLICK | 1 << 16)
        before = tick_count()
        while tick_count() == before:
            pass
        stage.icon.show_balloon(8, "Time for your hips", "now")
        shown.append(8)

    stage.window.post(replace)
    turn_until(stage.loop, lambda: shown, "the second")
    turn_for(stage.loop, 0.1)
    assert stage.heard == [True]
    post(stage.window.hwnd, win32.WM_NOTIFY, 0, NIN_BALLOONUSERCLICK | 1 << 16)
    stage.await_heard(True, "balloon 8")


def test_a_balloon_that_went_away_says_nothing(stage: Stage) -> None:
    stage.begins()
    stage.balloon(7)
    for gone in (0x0403, 0x0404):
        event(stage.window.hwnd, gone)
    stage.window.post(stage.icon.remove_notification)
    turn_for(stage.loop, 0.1)
    event(stage.window.hwnd, NIN_BALLOONUSERCLICK)
    turn_for(stage.loop, 0.1)
    assert stage.heard == [True]


def test_a_balloon_nobody_takes_is_an_error(taskbar: PlayedTaskbar, stage: Stage) -> None:
    stage.begins()
    taskbar.refuses.add(win32.NIM_MODIFY)
    stage.window.post(lambda: stage.icon.show_balloon(7, "title", "body"))
    with pytest.raises(OSError, match="no balloon"):
        turn_until(stage.loop, lambda: False, "the error")


def test_balloons_carry_title_and_text(taskbar: PlayedTaskbar, stage: Stage) -> None:
    stage.begins()
    stage.balloon(7)
    assert (taskbar.told[-1].title, taskbar.told[-1].info) == ("Time to stand up", "Sitting about 45 min")


def test_the_icon_goes_and_hears_nothing_more(taskbar: PlayedTaskbar, stage: Stage) -> None:
    stage.begins()
    stage.icon.end()
    tell(stage.window.hwnd, win32.WM_TASKBARCREATED)
    event(stage.window.hwnd, NIN_SELECT)
    turn_for(stage.loop, 0.1)
    assert taskbar.codes[-1] == win32.NIM_DELETE
    assert stage.heard == [True]


@pytest.mark.parametrize("most", [TIP_MAX, TITLE_MAX, BODY_MAX])
def test_texts_fit_without_half_a_character(most: int) -> None:
    for lead in ("", "x"):
        text = fitting(lead + "🪑" * 200, most)
        assert text.endswith("🪑…")
        assert most - 1 <= len(text.encode("utf-16-le")) // 2 <= most


def test_what_fits_stays_and_nothing_ends_it_early() -> None:
    assert fitting("x" * 63, 63) == "x" * 63
    assert fitting("a\0b", 63) == "ab"
    assert fitting("half \ud83e", 63) == "half ?"
    assert fitting("", 63) == ""
