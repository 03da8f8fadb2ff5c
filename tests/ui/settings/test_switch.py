from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tray_agent.ui.look import Look
from tray_agent.ui.settings.switch import ChoiceBox, Switch


def accents(widget: QWidget) -> list[int]:
    """The columns in which the accent colour is seen."""
    widget.resize(widget.sizeHint())
    picture: QImage = widget.grab().toImage()
    accent = Look.of(widget.palette()).accent
    size = picture.size()
    return [
        x
        for x in range(size.width())
        if any(near(picture.pixelColor(x, y), accent) for y in range(size.height()))
    ]


def near(one: QColor, other: QColor) -> bool:
    return (
        abs(one.red() - other.red()) + abs(one.green() - other.green()) + abs(one.blue() - other.blue()) < 12
    )


def knob(switch: Switch) -> float:
    """Where the middle of the knob is, as a share of the width."""
    switch.resize(switch.sizeHint())
    return switch._knob(switch.rect().toRectF(), switch.isChecked()).center().x() / switch.width()


def test_a_click_and_the_space_bar_turn_it(app: QApplication) -> None:
    switch = Switch()
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert switch.isChecked()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert not switch.isChecked()


def test_on_is_told_by_place_and_by_colour(app: QApplication) -> None:
    switch = Switch()
    assert knob(switch) < 0.5 and not accents(switch)
    switch.setChecked(True)
    assert knob(switch) > 0.5 and accents(switch)


def test_right_to_left_the_knob_is_on_the_other_side(app: QApplication) -> None:
    switch = Switch()
    switch.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert knob(switch) > 0.5
    switch.setChecked(True)
    assert knob(switch) < 0.5


def test_what_cannot_be_turned_has_no_accent(app: QApplication) -> None:
    switch = Switch()
    switch.setChecked(True)
    switch.setEnabled(False)
    assert not accents(switch)


def test_the_box_has_room_for_its_longest_choice(app: QApplication) -> None:
    box = ChoiceBox()
    box.addItems(["A", "A choice with quite a few words"])
    words = box.fontMetrics().horizontalAdvance("A choice with quite a few words")
    assert box.sizeHint().width() > words
    assert box.minimumSizeHint().width() < words


def test_arrows_choose_and_the_wheel_does_not(app: QApplication) -> None:
    box = ChoiceBox()
    box.addItems(["one", "two"])
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    assert turn.type() is QEvent.Type.Wheel
    QApplication.sendEvent(box, turn)
    assert box.currentText() == "one"
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == "two"
