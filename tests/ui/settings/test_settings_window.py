from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from Xlib import XK

from tests.support import setting_briefs
from tests.support.desktop import Desktop
from tests.support.person import Person
from tests.support.waiting import wait_until
from tests.support.window_process import WindowProcess, focused
from tray_agent.shell import setting_values, setting_words
from tray_agent.ui.look import scheme_palette
from tray_agent.ui.settings.settings_window import SettingsWindow

IDLE = "activity.idle_threshold_s"


class Shown:
    """The window on a page, and what it said."""

    def __init__(self, page: str = "", focus: str = "", **values: Any) -> None:
        named = {key.replace("__", "."): value for key, value in values.items()}
        self.said: list[dict[str, Any]] = []
        brief = setting_briefs.typed(setting_briefs.brief(named, page=page, focus=focus))
        self.window = SettingsWindow(brief, self.said.append)
        self.window.appear()
        self.window.resize(900, 640)

    def keys(self) -> list[str]:
        """The settings that are shown."""
        return [key for key, field in self.window.fields.items() if field.isVisible()]

    def push(self, label: str) -> None:
        buttons = self.window.findChildren(QPushButton)
        next(each for each in buttons if each.text() == label and each.isVisible()).click()

    def words(self) -> list[str]:
        return [label.text() for label in self.window.findChildren(QLabel) if label.isVisible()]

    def said_but_ready(self) -> list[dict[str, Any]]:
        return [message for message in self.said if message["event"] != "ready"]


@pytest.fixture
def shown(app: QApplication) -> Shown:
    return Shown()


@pytest.fixture(autouse=True)
def nothing_stays_open(app: QApplication) -> Iterator[None]:
    """Every window that lives on would be painted anew with each change of colours."""
    yield
    for window in app.topLevelWidgets():
        if isinstance(window, SettingsWindow):
            window.deleteLater()
            # Only its own: what other tests have left behind goes in its own time.
            app.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def on_page(group: str) -> list[str]:
    return [key for key in setting_values.TYPES if setting_words.group(key) == group]


def test_each_setting_stands_on_its_page(shown: Shown) -> None:
    seen: list[str] = []
    for row, group in enumerate(setting_words.groups()):
        shown.window.list.setCurrentRow(row)
        assert shown.keys() == on_page(group)
        seen += shown.keys()
    assert sorted(seen) == sorted(setting_values.TYPES)


def test_it_opens_on_the_page_it_was_asked_for(app: QApplication) -> None:
    shown = Shown("quiet")
    assert shown.keys() == on_page("quiet")
    assert shown.window.list.currentItem().text() == "Quiet"


def test_it_opens_with_a_setting_in_hand(app: QApplication) -> None:
    shown = Shown("appearance", "appearance.scheme")
    target = shown.window.fields["appearance.scheme"].control.target()
    assert shown.window.focusWidget() is target


def test_a_change_is_told_at_once_and_the_answer_shown(shown: Shown) -> None:
    shown.window.list.setCurrentRow(list(setting_words.groups()).index("quiet"))
    call = shown.window.fields["quiet.call"].control
    QTest.keyClick(call.target(), Qt.Key.Key_Space)
    assert shown.said_but_ready() == [{"event": "set", "key": "quiet.call", "value": False}]
    shown.window.told(setting_briefs.state("quiet.call", False))
    shown.push("Reset to: On")
    assert shown.said_but_ready()[-1] == {"event": "reset", "key": "quiet.call"}


def test_a_fault_is_shown_beside_its_field(app: QApplication) -> None:
    shown = Shown("activity")
    shown.window.told({"do": "fault", "key": IDLE, "sentence": "Too short.", "faults": []})
    assert "Too short." in shown.words()


def test_what_somebody_else_changed_is_shown(shown: Shown) -> None:
    shown.window.told(setting_briefs.state("hours.mode", "always"))
    assert shown.window.fields["hours.mode"].control.value() == "always"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("floor", {"exercises.floor", "exercises.office_clothes"}),
        ("FULL", {"quiet.fullscreen", "insistence"}),
        ("notification", {"insistence"}),  # a choice
        ("deutsch", {"language"}),
        ("quiet call", {"quiet.call"}),  # the page and the title
    ],
)
def test_search_finds_titles_help_choices_and_pages(shown: Shown, typed: str, found: set[str]) -> None:
    QTest.keyClicks(shown.window.search, typed)
    assert found <= set(shown.keys())
    assert len(shown.keys()) < 8


def test_search_says_when_nothing_matches_to_eyes_and_ears(shown: Shown) -> None:
    QTest.keyClicks(shown.window.search, "zebra")
    sentence = 'Nothing matches "zebra".'
    assert shown.keys() == []
    assert sentence in shown.words()
    assert shown.window.search.accessibleDescription() == sentence
    assert not shown.window.list.selectedItems()


def test_escape_ends_the_search_and_then_the_window(shown: Shown) -> None:
    QTest.keyClicks(shown.window.search, "zebra")
    QTest.keyClick(shown.window, Qt.Key.Key_Escape)
    assert shown.keys() == on_page("hours")
    assert shown.window.isVisible()
    QTest.keyClick(shown.window, Qt.Key.Key_Escape)
    assert shown.said[-1] == {"event": "ended"}


def test_turning_to_a_page_ends_the_search(shown: Shown) -> None:
    QTest.keyClicks(shown.window.search, "language")
    shown.window.list.setCurrentRow(1)
    assert (shown.window.search.text(), shown.keys()) == ("", on_page("movement"))


def test_a_click_on_the_page_one_came_from_ends_the_search_too(shown: Shown) -> None:
    QTest.keyClicks(shown.window.search, "language")
    pages = shown.window.list
    middle = pages.visualItemRect(pages.item(0)).center()
    QTest.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert (shown.window.search.text(), shown.keys()) == ("", on_page("hours"))


@pytest.mark.parametrize("key", [Qt.Key.Key_Slash, Qt.Key.Key_F])
def test_a_slash_and_control_f_search(shown: Shown, app: QApplication, key: Qt.Key) -> None:
    shown.window.activateWindow()
    app.processEvents()
    held = Qt.KeyboardModifier.ControlModifier if key is Qt.Key.Key_F else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(shown.window.list, key, held)
    assert shown.window.focusWidget() is shown.window.search


def test_a_slash_can_still_be_typed(shown: Shown, app: QApplication) -> None:
    shown.push("From a calendar file …")
    path = shown.window._holidays().take_over.path
    QTest.keyClicks(path, "/tmp")
    assert path.text() == "/tmp"


def test_what_was_typed_last_is_told_before_the_window_goes(app: QApplication) -> None:
    shown = Shown("activity")
    shown.window.fields[IDLE].take_focus()
    QTest.keyClick(shown.window.fields[IDLE].control.target(), Qt.Key.Key_Up)
    shown.window.leave()
    assert shown.said_but_ready() == [{"event": "set", "key": IDLE, "value": 160}, {"event": "ended"}]


def test_the_safety_check_and_the_file_are_at_hand(app: QApplication) -> None:
    shown = Shown("movement")
    shown.push("Safety check …")
    shown.push("Settings file …")
    assert shown.said_but_ready() == [{"event": "safety"}, {"event": "file"}]


def test_days_of_a_calendar_file_are_asked_for_and_shown(shown: Shown) -> None:
    shown.push("From a calendar file …")
    holidays = shown.window._holidays()
    holidays.take_over.path.setText("~/days.ics")
    QTest.keyClick(holidays.take_over.path, Qt.Key.Key_Return)
    assert shown.said_but_ready() == [{"event": "ics", "path": "~/days.ics"}]
    day = {"text": "2026-12-25", "weekday": 4, "name": "Christmas"}
    shown.window.told({"do": "days_off", "days": [day], "sentence": ""})
    shown.push("Add 1 day off")
    told = {"event": "set", "key": "hours.holidays", "value": ["2026-12-25"]}
    assert shown.said_but_ready()[-1] == told


def test_it_comes_to_the_front_on_another_page(shown: Shown) -> None:
    shown.window.told({"do": "front", "page": "privacy"})
    assert shown.keys() == on_page("privacy")
    assert shown.window.focusWidget() is shown.window.list
    shown.window.told({"do": "front", "page": ""})
    assert shown.keys() == on_page("privacy")


@pytest.fixture
def desktops_colours(app: QApplication) -> Iterator[None]:
    """What the window changes for itself is put back for the tests that follow."""
    style, palette = app.style().objectName(), app.palette()
    yield
    app.setStyle(style)
    app.setPalette(palette)


@pytest.mark.usefixtures("desktops_colours")
def test_other_colours_show_at_once(shown: Shown, app: QApplication) -> None:
    before = app.palette()
    shown.window.told(setting_briefs.state("appearance.scheme", "system"))
    assert app.palette() == before
    shown.window.told(setting_briefs.state("appearance.scheme", "dark"))
    ground = scheme_palette("dark").window().color()
    app.processEvents()
    assert app.palette().window().color() == ground
    assert ground.name() in shown.window.styleSheet()


def test_where_it_is_narrow_the_pages_are_a_box(shown: Shown, app: QApplication) -> None:
    assert shown.window.list.isVisible() and not shown.window.strip.isVisible()
    shown.window.resize(600, 340)
    app.processEvents()
    assert shown.window.strip.isVisible() and not shown.window.list.isVisible()
    assert shown.window.focusWidget() is shown.window.strip
    QTest.keyClick(shown.window.strip, Qt.Key.Key_Down)
    assert shown.keys() == on_page("movement")


@pytest.mark.parametrize("page", setting_words.groups())
def test_nothing_is_cut_off_on_a_small_screen(app: QApplication, page: str) -> None:
    shown = Shown(page, hours__holidays=["2026-12-24..2027-01-01"])
    shown.window.resize(683, 384)
    app.processEvents()
    assert shown.window.width() == 683
    assert shown.window.content.width() <= shown.window._scroller.viewport().width()


def test_tab_goes_through_the_page_as_it_is_read(shown: Shown, app: QApplication) -> None:
    shown.window.activateWindow()
    app.processEvents()
    shown.window.search.setFocus()
    reached: list[QWidget] = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget() or shown.window, Qt.Key.Key_Tab)
        reached.append(shown.window.focusWidget())
    mode, hours = (shown.window.fields[key].control for key in ("hours.mode", "hours.ranges"))
    assert reached[0] is shown.window.list
    assert reached[1] is mode.target()
    assert reached[2] is hours.target()


def test_from_the_keyboard_alone(desktop: Desktop, person: Person) -> None:
    with WindowProcess(desktop, "settings", setting_briefs.brief()) as window:
        window.is_ready()
        wait_until(lambda: focused(desktop.display) == "Settings", "the focus")
        person.press(XK.XK_slash)
        person.type("keep history")
        person.press(XK.XK_Tab)  # to the pages
        person.press(XK.XK_Tab)  # to the only setting that was found
        person.press(XK.XK_Tab)
        person.press(XK.XK_Up)
        told = window.says()
        assert (told["event"], told["key"]) == ("set", "history.retention_days")
        person.press(XK.XK_Escape)
        person.press(XK.XK_Escape)
        window.ends()
