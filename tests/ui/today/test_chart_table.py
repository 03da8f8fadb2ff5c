import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tray_agent.ui.today.chart_table import MOST_ROWS, ChartTable

pytestmark = pytest.mark.usefixtures("app")

TITLES = ("From", "What")
ROWS = [("09:00", "Sitting"), ("10:00", "Away"), ("10:10", "Sitting")]


@pytest.fixture
def table() -> ChartTable:
    table = ChartTable("The day")
    table.fill(TITLES, ROWS)
    return table


def test_it_holds_what_it_was_given(table: ChartTable) -> None:
    assert table.texts() == ROWS
    heads = [table.horizontalHeaderItem(column) for column in range(table.columnCount())]
    assert tuple(head.text() for head in heads if head) == TITLES
    assert table.accessibleName() == "The day"


def test_enter_enters_the_row(table: ChartTable) -> None:
    entered: list[int] = []
    table.entered.connect(entered.append)
    QTest.keyClick(table, Qt.Key.Key_Return)
    table.setCurrentCell(1, 0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Enter)
    assert entered == [1, 2]


def test_filled_anew_it_keeps_its_place(table: ChartTable) -> None:
    table.setCurrentCell(2, 0)
    table.fill(TITLES, [*ROWS, ("11:00", "Away")])
    assert table.currentRow() == 2
    table.fill(TITLES, ROWS[:1])
    assert table.texts() == ROWS[:1]


def test_it_is_as_high_as_its_rows_up_to_a_point(table: ChartTable) -> None:
    low = table.height()
    table.fill(TITLES, ROWS * 4)
    full = table.height()
    table.fill(TITLES, ROWS * 8)
    assert low < full == table.height()
    assert MOST_ROWS == 12


def test_nothing_in_it_can_be_changed(table: ChartTable) -> None:
    assert not table.editTriggers().value
    assert not table.tabKeyNavigation()
