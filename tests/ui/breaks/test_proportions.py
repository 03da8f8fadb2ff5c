import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication

from tray_agent.ui.breaks.proportions import FULL_H, FULL_W, LARGEST_TYPE, USUAL, Proportions, place


def test_the_usual_window_is_as_it_was_drawn() -> None:
    usual = Proportions.of(USUAL)
    assert (usual.type, usual.compact) == (1.0, False)


def test_type_and_lengths_grow_with_the_window_up_to_a_limit() -> None:
    large, largest = Proportions.of(USUAL * 2), Proportions.of(USUAL * 9)
    assert (large.type, large.dial) == (2.0, 2 * Proportions.of(USUAL).dial)
    assert largest.type == LARGEST_TYPE


@pytest.mark.parametrize("size", [QSize(642, 345), QSize(1920, 400), QSize(600, 900)])
def test_a_small_window_gives_up_what_can_be_spared(size: QSize) -> None:
    small = Proportions.of(size)
    assert small.compact
    assert small.margin < Proportions.of(USUAL).margin


def test_a_hairs_breadth_changes_nothing() -> None:
    assert Proportions.of(USUAL) == Proportions.of(USUAL - QSize(1, 1))


@pytest.mark.usefixtures("app")
def test_the_window_goes_in_the_middle_and_leaves_room_for_its_frame() -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    where = place()
    assert isinstance(where, QRect)
    assert room.contains(where)
    assert abs(where.center().x() - room.center().x()) <= 1
    assert abs(where.center().y() - room.center().y()) <= 1
    assert where.width() <= room.width() * FULL_W
    assert where.height() <= room.height() * FULL_H
