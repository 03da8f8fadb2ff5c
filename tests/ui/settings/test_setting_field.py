from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from tests.support import setting_briefs
from tray_agent.shell import setting_values
from tray_agent.shell.origins import Level, Origin
from tray_agent.ui.settings.setting_brief import Fault, Refusal, State
from tray_agent.ui.settings.setting_field import Field

IDLE = "activity.idle_threshold_s"
DECIDED = Origin(Level.MANDATORY, "/etc", "Example Works", "help.example")
WRONG = "It must be a whole number from 90 to 600."


class Opener(QObject):
    """A mail program that notes what it was to open."""

    def __init__(self, opened: list[str]) -> None:
        super().__init__()
        self._opened = opened

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self._opened.append(url.toString())


class Shown:
    def __init__(self, key: str, value: Any = None, origin: Origin = setting_briefs.DEFAULT) -> None:
        self.key = key
        self.field = Field(setting_briefs.entry(key, value, origin))
        self.told: list[Any] = []
        self.field.chosen.connect(lambda key, value: self.told.append((key, value)))
        self.field.reset.connect(self.told.append)
        self.field.show()

    def becomes(self, value: Any, origin: Origin = setting_briefs.DEFAULT) -> None:
        self.field.show_state(msgspec.convert(setting_briefs.state(self.key, value, origin), State))

    def types(self, text: str) -> None:
        target = self.field.control.target()
        QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(target, text)

    def words(self) -> list[str]:
        return [label.text() for label in self.field.findChildren(QLabel) if label.isVisible()]

    def reset(self) -> list[QPushButton]:
        buttons = self.field.findChildren(QPushButton)
        return [each for each in buttons if each.text().startswith("Reset") and each.isVisible()]


@pytest.mark.parametrize("key", setting_values.TYPES)
def test_every_setting_has_its_words_and_a_control_with_a_name(app: QApplication, key: str) -> None:
    shown = Shown(key)
    entry = shown.field.entry
    assert {entry.title, entry.help} <= set(shown.words())
    if entry.type not in {"hours", "holidays"}:
        target = shown.field.control.target()
        assert (target.accessibleName(), target.accessibleDescription()) == (entry.title, entry.help)


def test_a_change_names_its_key(app: QApplication) -> None:
    shown = Shown("quiet.call")
    QTest.keyClick(shown.field.control.target(), Qt.Key.Key_Space)
    assert shown.told == [("quiet.call", False)]


def test_what_differs_from_the_default_can_be_reset(app: QApplication) -> None:
    shown = Shown(IDLE)
    assert shown.reset() == []
    shown.becomes(300)
    (reset,) = shown.reset()
    assert reset.text() == "Reset to: 150 seconds"
    assert reset.accessibleName() == "Still seated without input for: reset to 150 seconds"
    reset.click()
    assert shown.told == [IDLE]
    shown.becomes(150)
    assert shown.reset() == []


def test_a_fault_stands_beside_the_field_and_what_was_typed_stays(app: QApplication) -> None:
    shown = Shown(IDLE)
    shown.types("20")
    shown.field.control.flush()
    shown.field.refuse(Refusal(IDLE, WRONG))
    assert WRONG in shown.words()
    assert shown.field.control.value() == 20
    assert shown.field.control.target().accessibleDescription().startswith(WRONG)
    shown.becomes(150)
    assert WRONG not in shown.words()


def test_what_is_being_typed_is_not_overwritten(app: QApplication) -> None:
    shown = Shown(IDLE)
    shown.types("20")
    shown.becomes(300)
    assert shown.field.control.value() == 20


def test_faults_of_rows_go_to_their_rows(app: QApplication) -> None:
    shown = Shown("hours.ranges")
    shown.field.refuse(Refusal("hours.ranges", "", (Fault(0, "Choose at least one day."),)))
    assert "Choose at least one day." in shown.words()


def test_what_the_organisation_decided_is_grey_with_the_reason(app: QApplication) -> None:
    shown = Shown("hours.holidays", ["2026-12-25"], DECIDED)
    assert "Example Works has decided this." in shown.words()
    assert not any(field.isEnabled() for field in shown.field.control.findChildren(QLineEdit))
    assert shown.reset() == []
    shown.becomes(["2026-12-25"])
    assert shown.field.control.isEnabled() and shown.reset()


def test_whom_to_ask_is_a_click_away(app: QApplication) -> None:
    opened: list[str] = []
    opener = Opener(opened)
    # The stubs want bytes, the library a str.
    QDesktopServices.setUrlHandler("mailto", opener, "open")  # type: ignore[arg-type]
    address = "mailto:it@works.example?subject=a&body=" + "b" * 60
    shown = Shown("intensity", "gentle", replace(DECIDED, link=address))
    (link,) = (each for each in shown.field.findChildren(QPushButton) if each.text().startswith("mailto:"))
    assert link.text().endswith("…") and "&&" in link.text()
    link.click()
    QDesktopServices.unsetUrlHandler("mailto")
    assert opened == [address]
    shown.becomes("gentle")
    assert not link.isVisible()


def test_what_the_organisation_decides_meanwhile_overrules_what_is_typed(app: QApplication) -> None:
    shown = Shown(IDLE)
    shown.types("20")
    shown.becomes(300, DECIDED)
    assert shown.field.control.value() == 300
    assert not shown.field.control.isEnabled()
    told = shown.field.control.target().accessibleDescription()
    assert "Example Works has decided this." in told


def test_a_recommendation_is_named_and_can_be_changed(app: QApplication) -> None:
    shown = Shown("intensity", "gentle", Origin(Level.RECOMMENDED, organisation="Example Works"))
    assert "Example Works recommends this." in shown.words()
    assert shown.field.control.isEnabled()


@pytest.mark.parametrize(("narrow", "beside"), [(False, True), (True, False)])
def test_where_there_is_no_room_a_control_stands_below_its_words(
    app: QApplication, narrow: bool, beside: bool
) -> None:
    field = Shown("insistence").field
    field.resize(600, 120)
    field.arrange(narrow=narrow)
    app.processEvents()
    assert (field.control.y() < field.help.geometry().bottom()) is beside


def test_words_of_choices_are_found_too(app: QApplication) -> None:
    field = Shown("insistence").field
    assert field.matches(["fill", "screen"])
    assert field.matches(["ask"])
    assert not field.matches(["fill", "hours"])
