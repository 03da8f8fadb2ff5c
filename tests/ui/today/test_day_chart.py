from __future__ import annotations

from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support import day_brief
from tests.support.day_brief import at
from tests.support.pointing import leave, point_at
from tray_agent.ui.look import Look
from tray_agent.ui.today.day_chart import BAND, CALLS, GAP, MARKS, DayChart
from tray_agent.ui.today.day_marks import sitting
from tray_agent.ui.today.day_words import Happening, happenings
from tray_agent.ui.today.today_brief import Day

IN_BAND = round(MARKS + BAND / 2)


class Drawn:
    """The demonstration day, 800 pixels wide, and what was pointed at and picked."""

    def __init__(self) -> None:
        self.chart = DayChart()
        self.shows()
        self.chart.resize(800, self.chart.sizeHint().height())
        self.pointed: list[Happening | None] = []
        self.picked: list[Happening] = []
        self.chart.pointed.connect(self.pointed.append)
        self.chart.picked.connect(lambda span, _at: self.picked.append(span))
        self.chart.show()

    def shows(self, **changed: Any) -> None:
        day = msgspec.convert(day_brief.day(**changed), Day)
        self.chart.show_happenings(happenings(day), day.now_s)

    def colour(self, clock: str, y: int = IN_BAND) -> QColor:
        image: QImage = self.chart.grab().toImage()
        return image.pixelColor(round(self.chart.where(at(clock))), y)

    def where(self, clock: str, y: float = IN_BAND) -> QPoint:
        return QPoint(round(self.chart.where(at(clock))), round(y))

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.chart, key)

    def current(self) -> str:
        return "" if self.chart.current is None else self.chart.current.cells[0]


@pytest.fixture
def drawn(app: QApplication) -> Drawn:
    return Drawn()


def test_a_span_has_its_colour_where_the_time_says(drawn: Drawn) -> None:
    look = Look.of(drawn.chart.palette())
    for clock in ("08:45", "11:50", "15:40"):
        assert drawn.colour(clock) == sitting(look)
    for clock in ("08:15", "09:21", "11:15", "12:30", "14:41"):
        assert drawn.colour(clock) != sitting(look)
    standing = {drawn.colour(f"11:{minute:02}").name() for minute in range(2, 28)}
    assert look.accent.name() in standing


def test_calls_lie_below_the_postures(drawn: Drawn) -> None:
    look, y = Look.of(drawn.chart.palette()), round(MARKS + BAND + GAP + CALLS / 2)
    on = {drawn.colour(f"09:{minute}", y).name() for minute in range(35, 55)}
    off = {drawn.colour(f"11:{minute}", y).name() for minute in range(10, 40)}
    assert look.ink.name() in on
    assert look.ink.name() not in off


def test_now_is_a_line_through_it_all(drawn: Drawn) -> None:
    below = round(MARKS + BAND + GAP / 2)
    assert drawn.colour("15:52", below) == Look.of(drawn.chart.palette()).ink
    drawn.shows(now_s=None)
    assert drawn.colour("15:52", below) != Look.of(drawn.chart.palette()).ink


def test_time_runs_in_reading_direction(drawn: Drawn) -> None:
    assert drawn.where("09:00").x() < drawn.where("15:00").x()
    left_to_right = drawn.where("09:00").x()
    drawn.chart.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert drawn.where("09:00").x() == pytest.approx(800 - left_to_right, abs=1)
    assert drawn.colour("08:45") == sitting(Look.of(drawn.chart.palette()))
    assert drawn.colour("08:15") != sitting(Look.of(drawn.chart.palette()))


def test_what_is_at_a_point(drawn: Drawn) -> None:
    def at_point(clock: str, y: float) -> str:
        here = drawn.chart.at(QPointF(drawn.where(clock, y)))
        return "" if here is None else here.look

    assert at_point("11:15", IN_BAND) == "standing"
    assert at_point("09:45", MARKS + BAND + GAP + 3) == "call"
    assert at_point("11:20", MARKS + BAND + GAP + 3) == ""
    assert at_point("09:17", 8) == "started"
    assert at_point("08:45", 8) == ""
    assert at_point("08:10", IN_BAND) == ""


def test_arrows_walk_from_span_to_span(drawn: Drawn) -> None:
    for key, there in (
        (Qt.Key.Key_Home, "08:32"),
        (Qt.Key.Key_Right, "09:18"),
        (Qt.Key.Key_Right, "09:24"),
        (Qt.Key.Key_Left, "09:18"),
        (Qt.Key.Key_End, "15:26"),
        (Qt.Key.Key_Right, "15:26"),
    ):
        drawn.press(key)
        assert drawn.current() == there
    assert drawn.pointed[-1] is drawn.chart.current
    assert drawn.chart.accessibleDescription() == "15:26 to 15:52: Sitting, about 25 min"


def test_arrows_go_where_they_point(drawn: Drawn) -> None:
    drawn.chart.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    drawn.press(Qt.Key.Key_Home)
    drawn.press(Qt.Key.Key_Left)
    assert drawn.current() == "09:18"
    drawn.press(Qt.Key.Key_Right)
    assert drawn.current() == "08:32"


def test_whoever_begins_with_an_arrow_begins_at_an_end(drawn: Drawn) -> None:
    drawn.press(Qt.Key.Key_Left)
    assert drawn.current() == "15:26"


def test_enter_and_a_click_pick_a_span(drawn: Drawn) -> None:
    drawn.press(Qt.Key.Key_Return)
    assert drawn.picked == []
    drawn.press(Qt.Key.Key_Home)
    drawn.press(Qt.Key.Key_Return)
    QTest.mouseClick(drawn.chart, Qt.MouseButton.LeftButton, pos=drawn.where("12:30"))
    QTest.mouseClick(drawn.chart, Qt.MouseButton.LeftButton, pos=drawn.where("09:17", 8))
    assert [span.cells[0] for span in drawn.picked] == ["08:32", "12:14"]
    assert drawn.current() == "12:14"


def test_the_pointer_tells_what_it_is_at(drawn: Drawn) -> None:
    point_at(drawn.chart, drawn.where("11:15"))
    point_at(drawn.chart, drawn.where("09:17", 8))
    point_at(drawn.chart, drawn.where("08:45", 8))
    leave(drawn.chart)
    assert [each.look if each else "" for each in drawn.pointed] == ["standing", "started", "", ""]


def test_a_newer_day_keeps_the_keyboard_where_it_was(drawn: Drawn) -> None:
    drawn.press(Qt.Key.Key_Home)
    drawn.press(Qt.Key.Key_Right)
    later = [*day_brief.day()["spans"]]
    later[1] = {**later[1], "to_s": at("09:23")}
    drawn.shows(spans=later)
    assert drawn.current() == "09:18"
    assert "09:23" in drawn.chart.accessibleDescription()
    drawn.shows(spans=[])
    assert drawn.current() == ""


def test_a_running_day_shows_what_is_to_come(drawn: Drawn) -> None:
    first = day_brief.day()["spans"][:1]
    drawn.shows(spans=first, calls=[], prompts=[], now_s=at("09:18"))
    assert drawn.where("16:00").x() <= 800
    drawn.shows(spans=first, calls=[], prompts=[], now_s=None)
    assert drawn.where("16:00").x() > 800


def test_other_keys_are_not_lost(drawn: Drawn) -> None:
    drawn.press(Qt.Key.Key_Tab)
    drawn.press(Qt.Key.Key_A)
    assert drawn.current() == ""


def test_it_has_a_name(drawn: Drawn) -> None:
    assert drawn.chart.accessibleName() == "The day as a timeline"
    assert drawn.chart.minimumSizeHint().width() < drawn.chart.sizeHint().width()
