import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from tray_agent.ui.breaks.flow import Flow

pytestmark = pytest.mark.usefixtures("app")


def laid_out(width: int, *, mirrored: bool = False) -> tuple[QWidget, list[QPushButton], Flow]:
    buttons = [QPushButton(f"Button number {number}") for number in range(5)]
    flow = Flow(buttons[:2], buttons[2:])
    flow.setContentsMargins(0, 0, 0, 0)
    flow.setSpacing(10)
    page = QWidget()
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    page.setLayout(flow)
    page.resize(width, flow.heightForWidth(width))
    flow.setGeometry(page.rect())
    return page, buttons, flow


def test_where_there_is_room_the_groups_stand_at_both_ends() -> None:
    _page, buttons, _flow = laid_out(1200)
    assert len({button.y() for button in buttons}) == 1
    assert buttons[0].x() == 0
    assert buttons[4].geometry().right() == 1199
    assert buttons[2].x() - buttons[1].geometry().right() > 100


def test_it_breaks_before_it_cuts() -> None:
    for width in (500, 300, 150):
        page, buttons, flow = laid_out(width)
        for button in buttons:
            assert page.rect().contains(button.geometry())
            assert button.width() >= button.sizeHint().width()
        assert flow.heightForWidth(width) > flow.sizeHint().height()
        assert buttons[2].y() < buttons[0].y()


def test_it_is_mirrored_where_people_read_from_the_right() -> None:
    _page, buttons, _flow = laid_out(1200, mirrored=True)
    assert buttons[0].geometry().right() == 1199
    assert buttons[4].x() == 0


def test_what_is_hidden_takes_no_room() -> None:
    _page, buttons, flow = laid_out(1200)
    before = flow.sizeHint().width()
    buttons[1].hide()
    assert flow.sizeHint().width() < before


def test_it_can_be_taken_apart() -> None:
    _page, buttons, flow = laid_out(1200)
    assert flow.count() == 5
    taken = flow.takeAt(2)
    assert taken is not None
    assert taken.widget() is buttons[2]
    assert (flow.count(), flow.itemAt(4), flow.takeAt(4)) == (4, None, None)
    flow.addItem(taken)
    assert flow.count() == 5
