from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tray_agent.ui.look import scheme_palette
from tray_agent.ui.page import Page


class Made:
    """A page with a title, a line and a button that closes it."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []
        self.page = Page("Title", self.said.append)
        self.page.heading("Title")
        self.page.line("A line.")
        self.close = self.page.add_close()


@pytest.fixture
def made(app: QApplication) -> Made:
    return Made()


def test_it_says_ready_once_it_has_painted(app: QApplication, made: Made) -> None:
    made.page.appear()
    assert made.said == []
    for _turn in range(20):
        app.processEvents()
    made.page.repaint()
    app.processEvents()
    assert made.said == [{"event": "ready"}]
    made.page.hide()


def test_however_it_is_closed_it_says_so_once(made: Made) -> None:
    made.close.click()
    made.page.leave()
    assert made.said == [{"event": "ended"}]


def test_escape_closes(made: Made) -> None:
    QTest.keyClick(made.page, Qt.Key.Key_A)
    assert made.said == []
    QTest.keyClick(made.page, Qt.Key.Key_Escape)
    assert made.said == [{"event": "ended"}]


def test_the_first_heading_is_the_title_and_the_largest(made: Made) -> None:
    made.page.heading("Section")
    sizes = {label.text(): label.font().pointSizeF() for label in made.page.findChildren(QLabel)}
    assert sizes["Title"] > sizes["Section"] > sizes["A line."]
    assert made.page.windowTitle() == "Title"


def test_it_is_as_high_as_its_words_but_never_higher_than_the_screen(app: QApplication, made: Made) -> None:
    made.page.appear()
    low = made.page.height()
    made.page.hide()
    for number in range(100):
        made.page.line(f"{number}")
    made.page.appear()
    assert low < made.page.height() <= app.primaryScreen().availableGeometry().height()
    assert made.close.isVisible()
    made.page.hide()


def test_it_follows_the_desktop_from_light_to_dark(app: QApplication, made: Made) -> None:
    before, own = made.page.styleSheet(), app.palette()
    dark = own.window().color().lightness() > 128
    app.setPalette(scheme_palette("dark" if dark else "light"))
    app.processEvents()
    try:
        assert made.page.styleSheet() != before
    finally:
        app.setPalette(own)


def test_its_buttons_are_reached_by_tab(made: Made) -> None:
    assert all(each.focusPolicy() & Qt.FocusPolicy.TabFocus for each in made.page.findChildren(QPushButton))
