from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton

from tests.support.waiting import wait_until
from tray_agent.ui.settings import holidays_editor
from tray_agent.ui.settings.holidays_editor import HolidaysEditor
from tray_agent.ui.settings.setting_brief import DayFound, DaysFound, Fault
from tray_agent.ui.settings.setting_controls import PAUSE_MS
from tray_agent.ui.settings.ticks import TickBox

CHRISTMAS = DayFound("2026-12-25..2026-12-26", 4, "Christmas")
NEW_YEAR = DayFound("2027-01-01", 4, "New Year & more")
LEFT_OUT = "1 event has a time of day: left out."


class Editor:
    def __init__(self, *days: str, chosen: str = "") -> None:
        self.editor = HolidaysEditor(lambda _parent: chosen)
        self.editor.show_value(list(days))
        self.told: list[Any] = []
        self.asked: list[str] = []
        self.editor.chosen.connect(self.told.append)
        self.editor.asked.connect(self.asked.append)
        self.editor.show()

    def push(self, label: str) -> None:
        buttons = self.editor.findChildren(QPushButton)
        next(each for each in buttons if each.text() == label and each.isVisible()).click()

    def field(self, name: str) -> QLineEdit:
        fields = self.editor.findChildren(QLineEdit)
        return next(each for each in fields if each.accessibleName() == name and each.isVisible())

    def ticks(self) -> list[TickBox]:
        return [tick for tick in self.editor.findChildren(TickBox) if tick.isVisible()]

    def finds(self, *days: DayFound, sentence: str = "") -> None:
        self.push("From a calendar file …")
        self.editor.take_over.show_found(DaysFound(days, sentence))

    def words(self) -> list[str]:
        return [label.text() for label in self.editor.findChildren(QLabel) if label.isVisible()]


@pytest.fixture
def editor(app: QApplication) -> Editor:
    return Editor("2026-12-24")


def test_what_is_written_is_told_once_typing_has_paused(app: QApplication, editor: Editor) -> None:
    QTest.keyClicks(editor.field("Day off"), "..2026-12-31")
    assert editor.told == []

    def told() -> list[Any]:
        app.processEvents()
        return editor.told

    wait_until(told, "the days", PAUSE_MS / 1000 + 5)
    assert editor.told == [["2026-12-24..2026-12-31"]]


def test_a_fault_stands_at_its_row_and_nothing_is_lost(editor: Editor) -> None:
    QTest.keyClicks(editor.field("Day off"), "x")
    QTest.keyClick(editor.field("Day off"), Qt.Key.Key_Return)
    editor.editor.show_faults([Fault(0, "not a day")])
    assert "not a day" in editor.words()
    assert editor.field("Day off").text() == "2026-12-24x"


def test_a_file_is_asked_about_by_its_path(editor: Editor) -> None:
    editor.push("From a calendar file …")
    QTest.keyClicks(editor.field("Path of the file"), "~/days.ics")
    QTest.keyClick(editor.field("Path of the file"), Qt.Key.Key_Return)
    assert editor.asked == ["~/days.ics"]


@pytest.mark.parametrize(("chosen", "asked"), [("/tmp/days.ics", ["/tmp/days.ics"]), ("", [])])
def test_a_file_can_be_chosen(app: QApplication, chosen: str, asked: list[str]) -> None:
    editor = Editor(chosen=chosen)
    editor.push("From a calendar file …")
    editor.push("Choose …")
    assert editor.asked == asked


def test_the_desktop_is_asked_for_calendars(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(_parent: object, _title: str, _folder: str, kinds: str) -> tuple[str, str]:
        asked.append(kinds)
        return "/tmp/days.ics", kinds

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    assert holidays_editor.choose_file(HolidaysEditor()) == "/tmp/days.ics"
    assert "*.ics" in asked[0]


def test_what_was_found_is_shown_before_any_of_it_is_taken(editor: Editor) -> None:
    editor.finds(CHRISTMAS, NEW_YEAR, sentence=LEFT_OUT)
    names = [tick.accessibleName() for tick in editor.ticks()]
    assert names == [
        "Fri 2026-12-25 \N{EN DASH} 2026-12-26   Christmas",
        "Fri 2027-01-01   New Year & more",
    ]
    assert all(tick.isChecked() for tick in editor.ticks())
    assert LEFT_OUT in editor.words()
    assert editor.told == []


def test_only_what_is_ticked_is_taken_and_no_name_with_it(editor: Editor) -> None:
    editor.finds(CHRISTMAS, NEW_YEAR)
    editor.ticks()[1].click()
    editor.push("Add 1 day off")
    assert editor.told == [["2026-12-24", "2026-12-25..2026-12-26"]]
    assert editor.ticks() == []


def test_nothing_ticked_is_nothing_to_take(editor: Editor) -> None:
    editor.finds(NEW_YEAR)
    editor.ticks()[0].click()
    editor.push("Add 0 days off")
    assert editor.told == []


def test_cancel_takes_nothing_and_forgets_the_file(editor: Editor) -> None:
    editor.finds(NEW_YEAR)
    editor.push("Cancel")
    assert (editor.told, editor.ticks()) == ([], [])
    editor.push("From a calendar file …")
    assert editor.field("Path of the file").text() == ""


def test_a_file_that_cannot_be_read_says_so_to_eyes_and_ears(editor: Editor) -> None:
    editor.finds(sentence="There is no file x.")
    assert "There is no file x." in editor.words()
    assert editor.field("Path of the file").accessibleDescription() == "There is no file x."
