import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tray_agent.ui.today.charted import Charted


@pytest.fixture
def charted(app: QApplication) -> Charted:
    chart = QLabel("chart")
    chart.setAccessibleName("The day")
    made = Charted(chart, [QLabel("legend")])
    made.suggest("Look closer.")
    made.show_table(False)
    made.show()
    return made


def shown(charted: Charted) -> set[str]:
    labels = {label.text() for label in charted.findChildren(QLabel) if label.isVisible()}
    return labels | ({"table"} if charted.table.isVisible() else set())


def test_the_table_takes_the_picture_s_place_and_gives_it_back(charted: Charted) -> None:
    assert shown(charted) == {"chart", "legend", "Look closer."}
    charted.toggle.click()
    assert shown(charted) == {"table", "Look closer."}
    assert charted.toggle.accessibleName() == "As a picture"
    charted.toggle.click()
    assert shown(charted) == {"chart", "legend", "Look closer."}
    assert charted.toggle.accessibleName() == "As a table"


def test_the_table_has_the_chart_s_name(charted: Charted) -> None:
    assert charted.table.accessibleName() == "The day"


def test_what_is_pointed_at_stands_below(charted: Charted) -> None:
    charted.tell("09:00 to 10:00: Sitting")
    charted.suggest("Look closer.")
    assert charted.told.text() == "09:00 to 10:00: Sitting"
    charted.tell("")
    assert charted.told.text() == "Look closer."
