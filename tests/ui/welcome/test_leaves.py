from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from tray_agent.ui.lettering import lettered
from tray_agent.ui.look import scheme_palette
from tray_agent.ui.welcome.leaves import Leaves, Tabs

SHORT, LONG = "A line.", "Many lines. " * 200


class Book(Leaves):
    def __init__(self, said: list[dict[str, Any]]) -> None:
        super().__init__("Book", said.append)
        for text in (SHORT, LONG):
            self.add_leaf(text).addWidget(lettered(self, text))
        self.add_close()
        self.turn_to(0)


@pytest.fixture
def book(app: QApplication) -> Book:
    made = Book([])
    made.resize(400, 300)
    made.show()
    app.processEvents()
    return made


def place(book: Book) -> int:
    return book.findChildren(QScrollArea)[0].verticalScrollBar().value()


def test_one_leaf_is_shown_at_a_time(book: Book) -> None:
    def shown() -> list[str]:
        return [leaf.accessibleName() for leaf in book._leaves if leaf.isVisible()]

    assert shown() == [SHORT]
    book.turn_to(1)
    assert (shown(), book.leaf) == ([LONG], 1)


def test_whoever_hears_the_window_hears_the_leaf(book: Book) -> None:
    assert book.accessibleDescription() == SHORT
    book.turn_to(1)
    assert book.accessibleDescription() == LONG
    empty = Leaves("Book", lambda _message: None)
    empty.add_leaf("Please read first")
    empty.turn_to(0)
    assert empty.accessibleDescription() == "Please read first"


def test_there_is_room_for_the_highest_so_that_no_button_moves(book: Book) -> None:
    high = book.wanted_height(400)
    book.turn_to(1)
    assert book.wanted_height(400) == high > 300
    assert book.wanted_height(800) < high
    assert book._leaves[1].isVisible()


def test_the_keys_scroll_and_a_new_leaf_begins_at_its_top(book: Book, app: QApplication) -> None:
    book.turn_to(1)
    app.processEvents()
    QTest.keyClick(book, Qt.Key.Key_PageDown)
    assert place(book) > 100
    QTest.keyClick(book, Qt.Key.Key_Home)
    assert place(book) == 0
    QTest.keyClick(book, Qt.Key.Key_End)
    book.turn_to(0)
    book.turn_to(1)
    assert place(book) == 0


def test_escape_still_closes() -> None:
    said: list[dict[str, Any]] = []
    closing = Book(said)
    closing.show()
    QTest.keyClick(closing, Qt.Key.Key_Escape)
    assert said == [{"event": "ended"}]


def test_the_arrow_keys_go_from_tab_to_tab(app: QApplication) -> None:
    tabs = Tabs(["Read & tick", "About you"])
    tabs.show()
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.currentIndex() == 1
    assert tabs.tabText(0) == "Read && tick"


def test_tabs_follow_the_desktop_from_light_to_dark(app: QApplication) -> None:
    before = QPalette(app.palette())
    tabs = Tabs(["Read", "About you"])
    sheets = set()
    for scheme in ("light", "dark"):
        app.setPalette(scheme_palette(scheme))
        app.processEvents()
        sheets.add(tabs.styleSheet())
    app.setPalette(before)
    assert len(sheets) == 2
