from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from Xlib import XK

from tests.support import day_brief
from tests.support.accessible import READS_ALOUD, Accessibility
from tests.support.day_brief import at
from tests.support.desktop import Desktop
from tests.support.person import Person
from tests.support.waiting import wait_until
from tests.support.window_process import WindowProcess, focused
from tray_agent.ui.incoming import read
from tray_agent.ui.look import Look
from tray_agent.ui.today.charted import Charted
from tray_agent.ui.today.day_marks import sitting
from tray_agent.ui.today.dose_bars import Bar
from tray_agent.ui.today.tiles import Tile
from tray_agent.ui.today.today_brief import TodayBrief
from tray_agent.ui.today.today_window import TodayWindow

CORRECTIONS = ["I was up", "I was sitting", "I was standing", "I was in a meeting"]


class Looked:
    """The window with the demonstration day, and what it said."""

    def __init__(self, **changed: Any) -> None:
        self.said: list[dict[str, Any]] = []
        self.path = "mine.json"
        brief = read(json.dumps(day_brief.brief(**changed)).encode(), TodayBrief)
        self.window = TodayWindow(brief, self.said.append, lambda _window: self.path)
        self.day, self.weeks = self.window.findChildren(Charted)
        self.window.show()

    def push(self, label: str) -> None:
        buttons = self.window.findChildren(QPushButton)
        next(each for each in buttons if each.text() == label and each.isVisible()).click()

    def words(self) -> list[str]:
        return [label.text() for label in self.window.findChildren(QLabel) if label.isVisible()]

    def menu(self) -> QMenu:
        return next(menu for menu in self.window.findChildren(QMenu) if menu.isVisible())

    def chooses(self, label: str) -> None:
        next(action for action in self.menu().actions() if action.text() == label).trigger()
        self.menu().close()


@pytest.fixture
def looked(app: QApplication) -> Looked:
    return Looked()


def test_the_figures_stand_beside_their_aims(looked: Looked) -> None:
    told = [tile.accessibleName() for tile in looked.window.findChildren(Tile)]
    assert told == [
        "Sitting, about 5 h 25 min",
        "Longest at a stretch, about 50 min, aim: up to 60 min",
        "Breaks, 7 of 8, 2 min or longer",
        "Standing at the desk, about 35 min",
    ]
    assert len(looked.window.findChildren(Bar)) == 3


def test_the_tables_say_what_the_charts_draw(looked: Looked) -> None:
    assert looked.day.table.texts() == [each.cells for each in looked.window.chart._all]
    assert looked.weeks.table.texts() == [week.cells for week in looked.window.weeks._weeks]
    assert (looked.day.table.rowCount(), looked.weeks.table.rowCount()) == (25, 12)


def test_the_chart_has_the_colours_of_its_window(looked: Looked) -> None:
    chart = looked.window.chart
    looked.window.resize(900, 700)
    QApplication.processEvents()
    seated = chart.frame_of(looked.window._all[0]).center().toPoint()
    assert chart.grab().toImage().pixelColor(seated) == sitting(Look.of(looked.window.palette()))


def test_a_click_on_a_span_offers_what_else_it_may_have_been(looked: Looked) -> None:
    chart = looked.window.chart
    where = chart.frame_of(looked.window._all[3]).center().toPoint()
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=where)
    sentence, _line, *offered = [action.text() for action in looked.menu().actions()]
    assert sentence == chart.current.sentence if chart.current else False
    assert offered == CORRECTIONS
    looked.chooses("I was in a meeting")
    assert looked.said == [{"event": "correct", "from": at("09:24"), "to": at("10:09"), "as": "meeting"}]


def test_enter_in_the_table_does_the_same(looked: Looked) -> None:
    looked.day.toggle.click()
    looked.day.table.setCurrentCell(0, 0)
    QTest.keyClick(looked.day.table, Qt.Key.Key_Return)
    looked.chooses("I was up")
    looked.day.table.setCurrentCell(1, 0)
    QTest.keyClick(looked.day.table, Qt.Key.Key_Return)  # a prompt is no time to have been anything
    assert looked.said == [{"event": "correct", "from": at("08:32"), "to": at("09:18"), "as": "up"}]


def test_what_is_past_cannot_be_put_right(app: QApplication) -> None:
    looked = Looked(correct_from_s=None, back=1, now_s=None)
    QTest.keyClick(looked.window.chart, Qt.Key.Key_Home)
    QTest.keyClick(looked.window.chart, Qt.Key.Key_Return)
    assert "Only today can be put right." in looked.words()
    assert "Yesterday" in looked.words()
    assert not any(words.startswith("Something wrong?") for words in looked.words())
    assert looked.said == []


def test_a_newer_day_takes_the_place(looked: Looked) -> None:
    totals = {**day_brief.day()["totals"], "breaks": 8}
    looked.window.told({"day": day_brief.day(totals=totals, spans=day_brief.day()["spans"][:2])})
    assert "8 of 8" in looked.words()
    assert looked.day.table.rowCount() == 2 + 2 + 8


def test_an_answer_stands_below_until_another_day(looked: Looked) -> None:
    looked.window.told({"sentence": "Noted."})
    assert "Noted." in looked.words()
    looked.window.told({"day": day_brief.day(date="2026-03-02", back=1)})
    assert "Noted." not in looked.words()


def test_days_before(looked: Looked) -> None:
    looked.push("Day before")
    looked.window.told({"day": day_brief.day(date="2026-02-24", back=7, now_s=None)})
    looked.push("Day after")
    looked.push("Day before")  # there is none
    assert looked.said == [{"event": "days", "back": 1}, {"event": "days", "back": 6}]
    assert "Tuesday, 24 February 2026" in looked.words()


def test_a_day_without_anybody_says_so(app: QApplication) -> None:
    looked = Looked(spans=[], prompts=[], calls=[], correct_from_s=None)
    assert "Nothing was seen of this day. Once you sit at the desk, it shows here." in looked.words()
    assert not looked.day.isVisible()
    assert looked.weeks.isVisible()
    weeks = [{**week, "days": 0} for week in day_brief.day()["weeks"]]
    looked.window.told({"day": day_brief.day(weeks=weeks)})
    assert "The weeks fill up as the days go by." in looked.words()
    assert (looked.day.isVisible(), looked.weeks.isVisible()) == (True, False)


def test_what_is_pointed_at_stands_below_its_chart(looked: Looked) -> None:
    QTest.keyClick(looked.window.chart, Qt.Key.Key_Home)
    assert looked.day.told.text() == "08:32 to 09:18: Sitting, about 45 min"
    QTest.keyClick(looked.window.weeks, Qt.Key.Key_Home)
    assert looked.weeks.told.text() == "Week of 15 Dec: 6.9 h of sitting and 3.2 breaks a day"


@pytest.mark.parametrize("runs", [True, False])
def test_whoever_hears_the_window_gets_tables(looked: Looked, runs: bool) -> None:
    looked.window._reader.runs = runs
    looked.window._reader.known.emit()
    assert looked.day.table.isVisible() is looked.weeks.table.isVisible() is runs


def test_a_copy_is_written_where_the_person_says(looked: Looked) -> None:
    looked.push("Save a copy …")
    looked.path = ""
    looked.push("Save a copy …")
    assert looked.said == [{"event": "export", "path": "mine.json"}]


def test_a_screen_reader_meets_charts_and_tables(desktop: Desktop, person: Person) -> None:
    with (
        Accessibility(desktop) as reader,
        reader.ear() as ear,
        WindowProcess(desktop, "today", day_brief.brief(), **READS_ALOUD) as window,
    ):
        window.is_ready()
        tree = reader.window("Today")
        chart = wait_until(lambda: tree.find("The day as a timeline", "graphic"), "the chart")
        assert chart is not None and chart.focusable
        for name in ("Day before", "As a table", "Save a copy …", "Close"):
            button = tree.find(name, "push button")
            assert button is not None and button.focusable
        wait_until(lambda: focused(desktop.display) == "Today", "the focus")
        for key in (XK.XK_Tab, XK.XK_Home):
            person.press(key)
        spoken = "08:32 to 09:18: Sitting, about 45 min"
        wait_until(lambda: spoken in [words for _at, words in ear.heard()], "the span to be read aloud")
        toggle = tree.find("As a table", "push button")
        assert toggle is not None
        toggle.press()
        wait_until(lambda: tree.find("The day as a timeline", "table"), "the table")
        assert tree.find("Away from the desk (screen locked)") is not None


def test_from_the_keyboard_alone(desktop: Desktop, person: Person) -> None:
    with WindowProcess(desktop, "today", day_brief.brief()) as window:
        window.is_ready()
        wait_until(lambda: focused(desktop.display) == "Today", "the focus")
        for key in (XK.XK_Tab, XK.XK_Home, XK.XK_Right, XK.XK_Return, XK.XK_Down, XK.XK_Return):
            person.press(key)
        assert window.says() == {"event": "correct", "from": at("09:18"), "to": at("09:24"), "as": "up"}
        window.tell({"sentence": "Noted."})
        window.tell({"do": "front"})
        person.press(XK.XK_Escape)
        window.ends()
