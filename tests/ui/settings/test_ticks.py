from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tray_agent.ui.look import Look, scheme_palette
from tray_agent.ui.settings.ticks import AROUND, MARK, Choice, TickBox

LEFT = Qt.MouseButton.LeftButton


def accented(box: TickBox | Choice, x: int) -> bool:
    """Whether the mark's colour stands near `x`, in the middle of the height."""
    image = box.grab().toImage()
    accent = Look.of(box.palette()).accent
    places = [QPoint(x + step, box.height() // 2 - 5) for step in range(-3, 4)]
    return any(image.pixelColor(place) == QColor(accent) for place in places)


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("kind", [TickBox, Choice])
def test_ticked_can_be_seen_in_light_and_dark(
    app: QApplication, kind: type[TickBox | Choice], dark: bool
) -> None:
    box = kind("None of these apply")
    box.setPalette(scheme_palette("dark" if dark else "light"))
    box.resize(box.sizeHint())
    middle = AROUND + MARK // 2
    assert not accented(box, middle)
    box.setChecked(True)
    assert accented(box, middle)


def test_the_mark_stands_where_lines_begin(app: QApplication) -> None:
    box = TickBox("None of these apply")
    box.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    box.setChecked(True)
    box.resize(box.sizeHint())
    assert accented(box, box.width() - AROUND - MARK // 2)
    assert not accented(box, AROUND + MARK // 2)


@pytest.mark.parametrize("kind", [TickBox, Choice])
def test_words_and_space_bar_tick(app: QApplication, kind: type[TickBox | Choice]) -> None:
    box = kind("R&D only")
    box.resize(box.sizeHint())
    assert (box.accessibleName(), box.text()) == ("R&D only", "R&&D only")
    QTest.mouseClick(box, LEFT, pos=QPoint(box.width() - 8, box.height() // 2))
    assert box.isChecked()
    other = kind("Other")
    QTest.keyClick(other, Qt.Key.Key_Space)
    assert other.isChecked()
