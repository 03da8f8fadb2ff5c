"""The note in its corner on a real X server, as a person meets it who is at work elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible
from Xlib import XK

from tests.support.desktop import Desktop
from tests.support.person import Person
from tests.support.screen import Box, changed, picture
from tests.support.turning import turn_for, turn_until
from tests.support.waiting import wait_until
from tests.support.window_briefs import BRIEFS, NOTE
from tests.support.window_process import WindowProcess, focused
from tray_agent.ports import Note, State
from tray_agent.shell.banner import BannerNotifier
from tray_agent.shell.child_windows import ChildWindows
from tray_agent.shell.loop import SelectorLoop
from tray_agent.ui import banner_window
from tray_agent.ui.banner_window import BannerBrief, BannerWindow, _corner

BRIEF = BRIEFS["banner"]
ASLEEP_S = 1.1
SCREEN = (1280, 800)


class Banner(WindowProcess):
    """A note's process, and where on the screen it came to be."""

    def __init__(self, desktop: Desktop, told: dict[str, Any] = BRIEF, **env: str) -> None:
        self.desktop = desktop
        self.before = picture(desktop.display)
        super().__init__(desktop, "banner", told, **env)

    def is_seen(self) -> Box:
        self.is_ready()
        return self.box()

    def box(self) -> Box:
        box = wait_until(lambda: changed(self.before, picture(self.desktop.display)), "the note")
        assert box is not None
        return box

    def is_out_of_sight(self) -> None:
        wait_until(lambda: changed(self.before, picture(self.desktop.display)) is None, "the note to go")

    def answers(self, key: str, note: int = 1) -> None:
        assert self.says() == {"event": "answer", "note": note, "key": key}
        self.is_out_of_sight()
        self.tell({"do": "close"})
        self.ends()


@pytest.fixture
def at_work(desktop: Desktop) -> Iterator[WindowProcess]:
    """Another window, with the focus."""
    with WindowProcess(desktop, "text", {"v": 1, "title": "Letter", "sections": []}) as window:
        window.is_ready()
        wait_until(lambda: focused(desktop.display) == "Letter", "the focus")
        yield window


@pytest.mark.usefixtures("at_work")
def test_it_comes_in_the_corner_and_whoever_types_goes_on_typing(desktop: Desktop, person: Person) -> None:
    with Banner(desktop) as banner:
        _left, top, right, bottom = banner.is_seen()
        assert (right, bottom) == (SCREEN[0] - 14, SCREEN[1] - 14)
        assert bottom - top < SCREEN[1] / 3
        time.sleep(ASLEEP_S)
        for key in (XK.XK_Return, XK.XK_space, XK.XK_Tab):
            person.press(key)
        assert banner.keeps_silent(0.3)
        assert focused(desktop.display) == "Letter"


def test_a_click_on_the_words_is_the_answer_without_a_button(desktop: Desktop, person: Person) -> None:
    with Banner(desktop) as banner:
        left, top, _right, _bottom = banner.is_seen()
        person.click(left + 120, top + 50)
        assert banner.keeps_silent(0.2), "it sleeps for a second"
        time.sleep(ASLEEP_S)
        person.click(left + 120, top + 50)
        banner.answers("default")


def test_a_click_on_a_button(desktop: Desktop, person: Person) -> None:
    with Banner(desktop) as banner:
        left, _top, _right, bottom = banner.is_seen()
        time.sleep(ASLEEP_S)
        person.click(left + 70, bottom - 34)
        banner.answers("start")


def test_the_cross_waves_it_away(desktop: Desktop, person: Person) -> None:
    with Banner(desktop) as banner:
        _left, top, right, _bottom = banner.is_seen()
        time.sleep(ASLEEP_S)
        person.click(right - 22, top + 30)
        banner.answers("dismiss")


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ([XK.XK_Return, XK.XK_Escape], "dismiss"),  # no button is the default
        ([XK.XK_Tab, XK.XK_Tab, XK.XK_Return], "start"),
        ([XK.XK_Tab, XK.XK_Right, XK.XK_Tab, XK.XK_space], "snooze"),
    ],
)
def test_once_it_has_the_keys_they_do_everything(
    desktop: Desktop, person: Person, keys: list[int], key: str
) -> None:
    with Banner(desktop) as banner:
        _left, _top, right, bottom = banner.is_seen()
        person.click(right - 6, bottom - 6)
        wait_until(lambda: focused(desktop.display) == NOTE["title"], "the focus")
        time.sleep(ASLEEP_S)
        for each in keys:
            person.press(each)
        banner.answers(key)


def test_another_note_comes_in_its_place_and_sleeps_anew(desktop: Desktop, person: Person) -> None:
    with Banner(desktop) as banner:
        before = banner.is_seen()
        time.sleep(ASLEEP_S)
        banner.tell({"do": "show", **NOTE, "note": 2, "body": "", "actions": [], "picture": ""})
        wait_until(lambda: banner.box() != before, "the other note")
        smaller = banner.box()
        assert smaller[1] > before[1]
        assert smaller[2:] == before[2:]
        person.click(smaller[0] + 60, smaller[1] + 30)
        assert banner.keeps_silent(0.2)
        time.sleep(ASLEEP_S)
        person.click(smaller[0] + 60, smaller[1] + 30)
        banner.answers("default", note=2)


def test_one_that_was_answered_shows_the_next(desktop: Desktop, person: Person) -> None:
    with Banner(desktop) as banner:
        left, _top, _right, bottom = banner.is_seen()
        time.sleep(ASLEEP_S)
        person.click(left + 70, bottom - 34)
        assert banner.says()["key"] == "start"
        banner.is_out_of_sight()
        banner.tell({"do": "show", **NOTE, "note": 2})
        banner.box()


def test_an_arabic_note_comes_where_its_lines_begin(desktop: Desktop) -> None:
    with Banner(desktop, {**BRIEF, "title": "حان وقت الحركة"}) as banner:
        left, _top, _right, bottom = banner.is_seen()
        assert (left, bottom) == (14, SCREEN[1] - 14)


def test_a_long_one_stays_on_the_screen_at_double_size(desktop: Desktop) -> None:
    told = {**BRIEF, "body": "Step one leg back and breathe. " * 20, "appearance": {"scale": 200}}
    with Banner(desktop, told) as banner:
        left, top, right, bottom = banner.is_seen()
        assert 0 < left < right <= SCREEN[0] - 14
        assert 0 < top < bottom <= SCREEN[1] - 14


def test_the_agent_s_notifier_and_the_window_understand_each_other(
    desktop: Desktop, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in desktop.env.items():
        monkeypatch.setenv(name, value)
    nothing = picture(desktop.display)
    loop, answers = SelectorLoop(), list[tuple[int, str]]()
    windows = ChildWindows(loop)
    notifier = BannerNotifier(windows, lambda *answer: answers.append(answer))
    for prompt in (1, 2):
        notifier.show(Note(prompt, "Time to move", "", (("start", "Start"), ("skip", "Skip"))))
        turn_until(loop, lambda: changed(nothing, picture(desktop.display)), "the note", 15)
        turn_for(loop, ASLEEP_S + 0.2)
        box = changed(nothing, picture(desktop.display))
        assert box is not None
        person.click(box[0] + 70, box[3] - 34)
        turn_until(loop, lambda prompt=prompt: len(answers) == prompt, "the answer")  # type: ignore[misc]
        turn_until(loop, lambda: changed(nothing, picture(desktop.display)) is None, "its end")
    assert answers == [(1, "start"), (2, "start")]
    assert notifier.health().state is State.OK
    notifier.close()
    loop.close()


def window(**more: Any) -> tuple[BannerWindow, list[Any]]:
    said: list[Any] = []
    brief = {**NOTE, "actions": (), "v": 1, **more}
    return BannerWindow(BannerBrief(**brief), said.append), said


def test_it_is_read_aloud(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: heard.append(event.message()))
    shown, _said = window()
    shown.appear()
    wait_until(lambda: app.processEvents() or heard, "the words")
    assert heard == [f"{NOTE['title']} {NOTE['body']}"]
    assert (shown.accessibleName(), shown.accessibleDescription()) == (NOTE["title"], NOTE["body"])
    shown.leave()


def test_what_asks_for_nothing_passes_unless_somebody_is_at_it(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(banner_window, "PASSES_AFTER_MS", 150)
    shown, said = window(passing=True)
    there = [True]
    monkeypatch.setattr(shown, "isActiveWindow", lambda: there[0])
    shown.appear()
    wait_until(lambda: app.processEvents() or said, "the first paint")
    until = time.monotonic() + 0.4
    while time.monotonic() < until:
        app.processEvents()
    assert said == [{"event": "ready"}]
    there[0] = False
    wait_until(lambda: app.processEvents() or len(said) == 2, "the end")
    assert said[-1] == {"event": "ended"}


def test_on_macos_it_comes_at_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    room = QRect(14, 14, 1000, 700)
    lower = _corner(room, 400, 100, mirrored=False)
    monkeypatch.setattr("sys.platform", "darwin")
    upper, mirrored = (_corner(room, 400, 100, mirrored=each) for each in (False, True))
    assert (lower.right(), lower.bottom()) == (room.right(), room.bottom())
    assert (upper.right(), upper.top()) == (room.right(), room.top())
    assert (mirrored.left(), mirrored.top()) == (room.left(), room.top())
