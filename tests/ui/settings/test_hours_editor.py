from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QTime
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tray_agent.ui.settings.hours_editor import HoursEditor
from tray_agent.ui.settings.setting_brief import Fault

DESK = {"text": "Mon-fri 8:00-12:00", "days": [0, 1, 2, 3, 4], "start_min": 480, "end_min": 720}
NIGHT = {"text": "sat 22:00-06:00", "days": [5], "start_min": 1320, "end_min": 360}


class Editor:
    def __init__(self, *rows: dict[str, Any]) -> None:
        self.editor = HoursEditor()
        self.editor.show_value(list(rows))
        self.told: list[list[dict[str, Any]]] = []
        self.editor.chosen.connect(self.told.append)
        self.editor.show()

    def words(self, row: int) -> list[str]:
        labels = self.editor.rows[row].findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible() and label.text()]

    def push(self, label: str) -> None:
        buttons = self.editor.findChildren(QPushButton)
        next(each for each in buttons if each.text() == label and each.isVisible()).click()


@pytest.fixture
def editor(app: QApplication) -> Editor:
    return Editor(DESK, NIGHT)


def test_ranges_are_shown_with_their_days_and_times(editor: Editor) -> None:
    desk = editor.editor.rows[0]
    assert [push.isChecked() for push in desk.days] == [True] * 5 + [False] * 2
    assert (desk.start.text(), desk.end.text()) == ("08:00", "12:00")


def test_what_nobody_touched_keeps_its_text(editor: Editor) -> None:
    texts = [row["text"] for row in editor.editor.value()]
    assert texts == ["Mon-fri 8:00-12:00", "sat 22:00-06:00"]


def test_a_night_says_that_it_ends_on_the_next_day(editor: Editor) -> None:
    assert "until 06:00 on the next day" in editor.words(1)
    assert "until 06:00 on the next day" not in " ".join(editor.words(0))
    editor.editor.rows[1].end.setTime(QTime(0, 0))
    assert "until midnight" in editor.words(1)


def test_a_day_is_told_at_once_and_only_its_range_is_written_anew(editor: Editor) -> None:
    editor.editor.rows[0].days[4].click()
    ((desk, night),) = editor.told
    assert (desk["text"], desk["days"]) == (None, (0, 1, 2, 3))
    assert night["text"] == "sat 22:00-06:00"


def test_a_time_is_told_when_it_is_left(editor: Editor) -> None:
    editor.editor.rows[0].end.setTime(QTime(12, 30))
    assert editor.editor.busy() and editor.told == []
    editor.editor.flush()
    assert editor.told[0][0]["end_min"] == 12 * 60 + 30


def test_another_range_follows_the_last_one(app: QApplication) -> None:
    editor = Editor(DESK)
    editor.push("Add hours")
    ((_, fresh),) = editor.told
    assert (fresh["days"], fresh["start_min"], fresh["end_min"]) == ((0, 1, 2, 3, 4), 13 * 60, 17 * 60)


def test_the_first_range_is_a_morning(app: QApplication) -> None:
    editor = Editor()
    editor.push("Add hours")
    assert editor.told[0][0]["start_min"] == 8 * 60


def test_a_removed_range_is_gone_and_the_focus_stays(editor: Editor) -> None:
    editor.push("Remove")
    ((night,),) = editor.told
    assert night["text"] == "sat 22:00-06:00"
    assert editor.editor.focusWidget() is editor.editor.rows[0].remove


def test_the_ear_hears_which_range_it_is(editor: Editor) -> None:
    desk = editor.editor.rows[0]
    assert desk.remove.accessibleName() == "Remove 08:00 to 12:00"
    assert [push.accessibleName() for push in desk.days][:2] == ["Monday", "Tuesday"]


def test_a_fault_stands_at_its_range_and_goes_with_a_good_value(editor: Editor) -> None:
    editor.editor.show_faults([Fault(1, "Choose at least one day.")])
    assert "Choose at least one day." in editor.words(1)
    assert editor.editor.rows[1].days[0].accessibleDescription() == "Choose at least one day."
    editor.editor.show_value([DESK, NIGHT])
    assert "Choose at least one day." not in editor.words(1)


def test_what_somebody_else_wrote_replaces_the_rows(editor: Editor) -> None:
    first = editor.editor.rows[0]
    editor.editor.show_value([NIGHT])
    assert editor.editor.rows == [first]
    assert editor.editor.value()[0]["text"] == "sat 22:00-06:00"


def test_days_take_two_lines_where_one_has_no_room(app: QApplication) -> None:
    editor = Editor(DESK)
    row = editor.editor.rows[0]

    def lines() -> int:
        app.processEvents()
        return len({push.y() for push in row.days})

    editor.editor.resize(900, 300)
    assert lines() == 1
    editor.editor.resize(360, 300)
    assert lines() == 2
