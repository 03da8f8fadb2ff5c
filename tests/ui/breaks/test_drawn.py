import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QWidget

from tray_agent.core.model import Side
from tray_agent.ui.breaks.drawn import Dial, SideMark, Track
from tray_agent.ui.look import Look, scheme_palette

pytestmark = pytest.mark.usefixtures("app")

LOOK = Look.of(scheme_palette("light"))


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
    assert accent_at(drawn(dial, 200, 200), 193, 100)
    dial.show_state(0.5, None, "15", "seconds left")
    half = drawn(dial, 200, 200)
    assert accent_at(half, 6, 100)
    assert not accent_at(half, 193, 100)


def test_figure_and_caption_stand_in_the_ring() -> None:
    dial = Dial(LOOK)
    dial.show_state(0.0, None, "", "")
    empty = drawn(dial, 200, 200)
    dial.show_state(0.0, None, "30", "")
    figure = drawn(dial, 200, 200)
    dial.show_state(0.0, None, "30", "seconds left, in many long words")
    assert empty != figure != drawn(dial, 200, 200)


def test_a_rep_goes_round_inside_the_ring() -> None:
    dial = Dial(LOOK)
    dial.show_state(0.0, 0.0, "", "")
    without = drawn(dial, 200, 200)
    dial.show_state(0.0, 1.0, "", "")
    assert drawn(dial, 200, 200) != without


def test_pictures_are_pictures_to_a_screen_reader() -> None:
    for picture in (Dial(LOOK), SideMark(LOOK)):
        face = QAccessible.queryAccessibleInterface(picture)
        assert face.role() is QAccessible.Role.Graphic


def test_other_colours_are_taken_at_once() -> None:
    mark = SideMark(LOOK)
    light = drawn(mark, 34, 26)
    mark.dye(Look.of(scheme_palette("dark")))
    assert drawn(mark, 34, 26) != light


def test_the_track_fills_in_reading_direction() -> None:
    track = Track(LOOK)
    track.show_steps([30.0, 30.0], {0})
    image = drawn(track, 200, 6)
    assert accent_at(image, 50, 3)
    assert not accent_at(image, 150, 3)
    track.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    image = drawn(track, 200, 6)
    assert accent_at(image, 150, 3)
    assert not accent_at(image, 50, 3)


def test_a_skipped_step_stays_empty_on_the_track() -> None:
    track = Track(LOOK)
    track.show_steps([30.0, 30.0], {1})
    image = drawn(track, 200, 6)
    assert accent_at(image, 150, 3)
    assert not accent_at(image, 50, 3)
    track.show_state(0, 0.5)
    image = drawn(track, 200, 6)
    assert accent_at(image, 25, 3)
    assert not accent_at(image, 75, 3)


def test_the_track_counts_whole_steps_for_a_screen_reader() -> None:
    track = Track(LOOK)
    track.show_steps([30.0, 30.0, 60.0], {0, 2})
    assert (track.value(), track.maximum()) == (2, 3)


def test_left_is_left_in_every_direction() -> None:
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        for side, inside, outside in ((Side.LEFT, 9, 25), (Side.RIGHT, 25, 9)):
            mark = SideMark(LOOK, side)
            mark.setLayoutDirection(direction)
            image = drawn(mark, 34, 26)
            assert accent_at(image, inside, 8)
            assert not accent_at(image, outside, 8)
