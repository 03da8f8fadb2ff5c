from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support import day_brief
from tests.support.pointing import leave, point_at
from tray_agent.ui.look import Look, contrast
from tray_agent.ui.today.day_marks import sitting
from tray_agent.ui.today.today_brief import Day
from tray_agent.ui.today.week_words import WeekBar, bars
from tray_agent.ui.today.weeks_chart import WeeksChart

WEEKS = bars(msgspec.convert(day_brief.day(), Day).weeks)


@pytest.fixture
def chart(app: QApplication) -> WeeksChart:
    chart = WeeksChart()
    chart.show_weeks(WEEKS, 8)
    chart.resize(720, chart.sizeHint().height())
    chart.show()
    return chart


@pytest.fixture
def pointed(chart: WeeksChart) -> list[WeekBar | None]:
    told: list[WeekBar | None] = []
    chart.pointed.connect(told.append)
    return told


def test_bars_are_as_high_as_their_figures(chart: WeeksChart) -> None:
    for row, name in enumerate(("sitting_h", "breaks")):
        low, high = (chart.bar_of(number, row).height() / getattr(WEEKS[number], name) for number in (0, 10))
        assert low == pytest.approx(high)
    assert chart.bar_of(3, 0).height() == 0


def test_a_bar_is_drawn_where_its_week_is(chart: WeeksChart) -> None:
    look, image = Look.of(chart.palette()), chart.grab().toImage()
    for row, colour in ((0, sitting(look)), (1, look.accent)):
        assert image.pixelColor(chart.bar_of(0, row).center().toPoint()) == colour
        gap = QPoint(chart.bar_of(3, row).center().toPoint().x(), chart.bar_of(0, row).center().toPoint().y())
        assert image.pixelColor(gap) != colour


def test_a_full_bar_reaches_the_aim(chart: WeeksChart) -> None:
    ground, level = Look.of(chart.palette()).ground, round(chart.bar_of(11, 1).top())
    image, width = chart.grab().toImage(), round(chart.bar_of(0, 1).right())
    dashes = [
        max(contrast(image.pixelColor(x, y), ground) for y in (level - 1, level)) > 3 for x in range(width)
    ]
    assert width / 2 < sum(dashes) < width


def test_the_oldest_week_is_where_reading_begins(chart: WeeksChart) -> None:
    assert chart.bar_of(0, 0).center().x() < 60
    chart.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert chart.bar_of(0, 0).center().x() > 660


def test_arrows_walk_the_weeks(chart: WeeksChart, pointed: list[WeekBar | None]) -> None:
    for key, number in (
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_End, 11),
        (Qt.Key.Key_Right, 11),
        (Qt.Key.Key_Left, 10),
    ):
        QTest.keyClick(chart, key)
        assert pointed[-1] == WEEKS[number]
        assert chart.accessibleDescription() == WEEKS[number].sentence
    chart.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert pointed[-1] == WEEKS[11]


def test_the_pointer_tells_its_week(chart: WeeksChart, pointed: list[WeekBar | None]) -> None:
    point_at(chart, QPoint(90, 20))
    assert pointed[-1] == WEEKS[1]


def test_other_keys_are_not_taken(chart: WeeksChart, pointed: list[WeekBar | None]) -> None:
    QTest.keyClick(chart, Qt.Key.Key_A)
    assert pointed == []


def test_no_week_at_all_can_be_drawn(chart: WeeksChart, pointed: list[WeekBar | None]) -> None:
    QTest.keyClick(chart, Qt.Key.Key_End)
    chart.show_weeks([], 8)
    leave(chart)
    assert pointed[-1] is None
    assert not chart.grab().isNull()
