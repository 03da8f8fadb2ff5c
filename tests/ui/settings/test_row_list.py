from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from tray_agent.ui.settings.row_list import Row, RowList

MON, SAT = "mon 08:00-12:00", "sat 22:00-06:00"


@pytest.fixture
def rows(app: QApplication) -> RowList:
    made = RowList("Hours", "mon-fri 08:00-18:00", "Add hours")
    made.fill([MON, SAT])
    made.show()
    made.activateWindow()
    app.processEvents()
    return made


@pytest.fixture
def edits(rows: RowList) -> list[str]:
    heard: list[str] = []
    rows.edited.connect(lambda: heard.append("edited"))
    rows.entered.connect(lambda: heard.append("entered"))
    return heard


def fields(rows: RowList) -> list[QLineEdit]:
    return [row.field for row in shown(rows)]


def shown(rows: RowList) -> list[Row]:
    return [row for row in rows.findChildren(Row) if not row.isHidden()]


def push(rows: RowList, label: str) -> None:
    next(each for each in rows.findChildren(QPushButton) if each.text() == label and each.isVisible()).click()


def test_each_text_has_its_row_with_a_name_for_the_ear(rows: RowList) -> None:
    assert rows.texts() == [MON, SAT]
    assert {field.accessibleName() for field in fields(rows)} == {"Hours"}


def test_the_ear_hears_which_row_would_be_removed(rows: RowList) -> None:
    assert [row.remove.accessibleName() for row in shown(rows)] == [f"Remove {MON}", f"Remove {SAT}"]
    fields(rows)[0].setText("tue 08:00-12:00")
    assert shown(rows)[0].remove.accessibleName() == "Remove tue 08:00-12:00"


def test_a_new_row_is_empty_and_ready_to_type(rows: RowList, edits: list[str]) -> None:
    push(rows, "Add hours")
    assert rows.texts() == [MON, SAT]
    QTest.keyClicks(fields(rows)[2], "sun 9")
    assert fields(rows)[2].hasFocus()
    assert rows.texts() == [MON, SAT, "sun 9"]
    assert edits == ["edited"] * 5


def test_a_row_can_be_removed_and_the_focus_stays_in_the_list(rows: RowList, edits: list[str]) -> None:
    push(rows, "Remove")
    assert (rows.texts(), edits) == ([SAT], ["edited"])
    assert fields(rows)[0].hasFocus()
    push(rows, "Remove")
    assert rows.texts() == []


def test_enter_is_told(rows: RowList, edits: list[str]) -> None:
    QTest.keyClick(fields(rows)[0], Qt.Key.Key_Return)
    assert edits == ["entered"]


def test_a_fault_stands_at_its_row_until_it_is_edited(rows: RowList) -> None:
    rows.show_faults({SAT: "too late"})
    assert [row.fault for row in shown(rows)] == ["", "too late"]
    assert fields(rows)[1].accessibleDescription() == "too late"
    QTest.keyClicks(fields(rows)[1], "x")
    assert [row.fault for row in shown(rows)] == ["", ""]


def test_an_answer_about_what_stands_there_no_more_is_not_shown(rows: RowList) -> None:
    rows.show_faults({"mon 08": "not like mon-fri 08:00-18:00"})
    assert [row.fault for row in shown(rows)] == ["", ""]


def test_other_texts_take_the_place_of_those_that_stand_there(rows: RowList, edits: list[str]) -> None:
    rows.show_faults({SAT: "too late"})
    rows.show_texts(["tue 08:00-12:00"])
    assert (rows.texts(), [row.fault for row in shown(rows)], edits) == (["tue 08:00-12:00"], [""], [])


def test_the_same_texts_leave_the_rows_and_take_back_the_faults(rows: RowList) -> None:
    before = fields(rows)
    push(rows, "Add hours")
    rows.show_faults({SAT: "too late"})
    rows.show_texts([MON, SAT])
    assert fields(rows)[:2] == before
    assert [row.fault for row in shown(rows)] == ["", "", ""]


def test_the_focus_begins_in_the_first_row_or_at_the_button(rows: RowList) -> None:
    assert rows.target() is fields(rows)[0]
    rows.show_texts([])
    target = rows.target()
    assert isinstance(target, QPushButton) and target.text() == "Add hours"


def test_another_button_stands_beside_the_one_that_adds(rows: RowList, app: QApplication) -> None:
    more = QPushButton("From a file")
    rows.add_button(more)
    app.processEvents()
    add = next(each for each in rows.findChildren(QPushButton) if each.text() == "Add hours")
    assert more.y() == add.y() and more.x() > add.x()
