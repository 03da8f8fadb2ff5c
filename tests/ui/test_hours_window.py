from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from Xlib import XK

from tests.support.desktop import Desktop
from tests.support.person import Person
from tests.support.waiting import wait_until
from tests.support.window_process import WindowProcess, focused
from tray_agent.ui.hours_window import CHECK_AFTER_MS, HoursBrief, HoursWindow
from tray_agent.ui.ticks import Choice

MON, DAY = "mon-fri 08:00-12:00", "2026-12-25"
AS_SET = {"mode": "schedule", "ranges": [MON], "holidays": [DAY]}


class Editor:
    """The window with one range and one day off, and what it said."""

    def __init__(self, mode: Any = "schedule") -> None:
        self.said: list[dict[str, Any]] = []
        self.window = HoursWindow(
            HoursBrief(v=1, mode=mode, ranges=(MON,), holidays=(DAY,)), self.said.append
        )
        self.window.show()

    def checks(self) -> list[dict[str, Any]]:
        return [message for message in self.said if message["event"] == "check"]

    def fields(self) -> list[QLineEdit]:
        return [field for field in self.window.findChildren(QLineEdit) if field.isVisible()]

    def push(self, label: str) -> None:
        buttons = self.window.findChildren(QPushButton)
        next(each for each in buttons if each.text() == label and each.isVisible()).click()

    def choose(self, label: str) -> None:
        next(each for each in self.window.findChildren(Choice) if each.text() == label).click()

    def chosen(self) -> str:
        return next(each.text() for each in self.window.findChildren(Choice) if each.isChecked())

    def words(self) -> list[str]:
        return [label.text() for label in self.window.findChildren(QLabel) if label.isVisible()]


@pytest.fixture
def editor(app: QApplication) -> Editor:
    return Editor()


def test_the_hours_are_shown_as_they_are_set(editor: Editor) -> None:
    assert [field.text() for field in editor.fields()] == [MON, DAY]
    assert editor.chosen() == "Only in these hours"


@pytest.mark.usefixtures("app")
def test_any_time_is_a_choice_and_keeps_the_ranges() -> None:
    editor = Editor("always")
    assert editor.chosen() == "At any time"
    editor.push("Save")
    assert editor.said == [{"event": "chosen", **AS_SET, "mode": "always"}]


def test_save_hands_everything_over(editor: Editor) -> None:
    editor.choose("At any time")
    editor.choose("Only in these hours")
    editor.push("Save")
    assert editor.said == [{"event": "chosen", **AS_SET}]


def test_whoever_writes_hours_wants_them(app: QApplication) -> None:
    editor = Editor("always")
    QTest.keyClicks(editor.fields()[0], "x")
    assert editor.chosen() == "Only in these hours"


def test_the_agent_is_asked_once_typing_has_paused(app: QApplication, editor: Editor) -> None:
    def asked() -> list[dict[str, Any]]:
        app.processEvents()
        return editor.checks()

    QTest.keyClicks(editor.fields()[0], "xyz")
    assert asked() == []
    wait_until(asked, "the question", CHECK_AFTER_MS / 1000 + 5)
    assert editor.checks() == [{"event": "check", **AS_SET, "ranges": [f"{MON}xyz"]}]


def test_a_fault_stands_beside_its_row_and_takes_the_cursor_on_save(editor: Editor) -> None:
    editor.push("Save")
    editor.window.told({"faults": {"holidays": {DAY: "that is a Friday"}}})
    assert "that is a Friday" in editor.words()
    assert editor.window.focusWidget() is editor.fields()[1]
    assert [field.text() for field in editor.fields()] == [MON, DAY]


def test_hours_that_could_not_be_kept_say_why(editor: Editor) -> None:
    editor.push("Save")
    editor.window.told({"sentence": "the file is read-only"})
    assert "the file is read-only" in editor.words()
    QTest.keyClicks(editor.fields()[0], "x")
    assert "the file is read-only" not in editor.words()


def test_no_hours_at_all_are_not_saved(editor: Editor) -> None:
    editor.push("Remove")
    editor.push("Save")
    assert editor.said == []
    assert "Add the hours you work, or choose any time." in editor.words()


def test_cancel_says_nothing_of_hours(editor: Editor) -> None:
    editor.push("Cancel")
    assert editor.said == [{"event": "ended"}]


def test_from_the_keyboard_alone(desktop: Desktop, person: Person) -> None:
    told = {"v": 1, "mode": "always", "ranges": [], "holidays": []}
    with WindowProcess(desktop, "hours", told) as window:
        window.is_ready()
        wait_until(lambda: focused(desktop.display) == "Work hours", "the focus")
        person.press(XK.XK_Tab)  # from the choice to "Add hours"
        person.press(XK.XK_space)
        person.type("sat 9")
        person.press(XK.XK_Return)
        said = window.says()
        assert said == {"event": "chosen", "mode": "schedule", "ranges": ["sat 9"], "holidays": []}
        window.tell({"faults": {"ranges": {"sat 9": "say when it ends"}, "holidays": {}}})
        person.press(XK.XK_Escape)
        window.ends()
