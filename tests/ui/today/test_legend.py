import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tray_agent.ui.look import Look
from tray_agent.ui.today.day_marks import sitting
from tray_agent.ui.today.legend import Legend

pytestmark = pytest.mark.usefixtures("app")

ENTRIES = [("seated", "Sitting"), ("standing", "Standing"), ("", "Prompts:"), ("started", "started")]


@pytest.fixture
def legend() -> Legend:
    legend = Legend()
    legend.show_entries(ENTRIES)
    legend.resize(400, legend.heightForWidth(400))
    return legend


def drawn(legend: Legend) -> QImage:
    return legend.grab().toImage()


def test_words_without_a_look_begin_a_line(legend: Legend) -> None:
    tops = [frame.top() for frame, _entry in legend._placed(400)]
    assert tops[0] == tops[1] < tops[2] == tops[3]


def test_a_narrow_one_takes_more_lines(legend: Legend) -> None:
    assert legend.hasHeightForWidth()
    assert legend.heightForWidth(90) > legend.heightForWidth(400)
    assert legend.sizeHint().height() == legend.heightForWidth(400)


def test_it_is_read_aloud(legend: Legend) -> None:
    assert legend.accessibleName() == "Sitting, Standing, Prompts:, started"


def test_it_is_read_from_where_reading_begins(legend: Legend) -> None:
    body = sitting(Look.of(legend.palette()))
    assert drawn(legend).pixelColor(11, 8) == body
    legend.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert drawn(legend).pixelColor(400 - 11, 8) == body
