import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from tray_agent.core.model import Side
from tray_agent.ui.drawn import Dial, SideMark, Track
from tray_agent.ui.look import Look, scheme_palette

pytestmark = pytest.mark.usefixtures("app")

LOOK = Look.of(scheme_palette(dark=False))


def drawn(widget: QWidget, width: int, height: int) -> QImage:
    widget.resize(width, height)
    return widget.grab().toImage()


def accent_at(image: QImage, x: int, y: int) -> bool:
    return near(image.pixelColor(QPoint(x, y)), LOOK.accent)


def near(one: QColor, other: QColor) -> bool:
    return (
        abs(one.red() - other.red()) + abs(one.green() - other.green()) + abs(one.blue() - other.blue()) < 30
    )


def test_the_ring_empties() -> None:
    dial = Dial(LOOK)
    dial.show_state(1.0, None, "30", "seconds left")
    assert accent_at(drawn(dial, 200, 200), 195, 100)
    dial.show_state(0.5, None, "15", "seconds left")
    half = drawn(dial, 200, 200)
    assert accent_at(half, 4, 100)
    assert not accent_at(half, 195, 100)


def test_the_ring_is_read_aloud_in_words() -> None:
    dial = Dial(LOOK)
    dial.show_state(0.5, 0.2, "3", "of 10")
    assert dial.accessibleName() == "3 of 10"


def test_a_rep_goes_round_inside_the_ring() -> None:
    dial = Dial(LOOK)
    dial.show_state(0.0, 0.0, "", "")
    without = drawn(dial, 200, 200)
    dial.show_state(0.0, 1.0, "", "")
    assert drawn(dial, 200, 200) != without


def test_the_track_fills_in_reading_direction() -> None:
    track = Track(LOOK, [30.0, 30.0])
    track.show_state(1, 0.0)
    image = drawn(track, 200, 6)
    assert accent_at(image, 50, 3)
    assert not accent_at(image, 150, 3)
    track.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    image = drawn(track, 200, 6)
    assert accent_at(image, 150, 3)
    assert not accent_at(image, 50, 3)


def test_left_is_left_in_every_direction() -> None:
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        for side, inside, outside in ((Side.LEFT, 9, 25), (Side.RIGHT, 25, 9)):
            mark = SideMark(LOOK, side)
            mark.setLayoutDirection(direction)
            image = drawn(mark, 34, 26)
            assert accent_at(image, inside, 8)
            assert not accent_at(image, outside, 8)
