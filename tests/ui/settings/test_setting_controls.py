from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.support import setting_briefs
from tests.support.waiting import wait_until
from tray_agent.ui.settings.setting_controls import PAUSE_MS, Control, Number, OnOff, Pick, Text

IDLE = "activity.idle_threshold_s"

pytestmark = pytest.mark.usefixtures("app")


def heard(control: Control) -> list[Any]:
    """What the control tells from now on."""
    told: list[Any] = []
    control.chosen.connect(told.append)
    return told


def number() -> Number:
    made = Number(setting_briefs.entry(IDLE))
    made.show_value(150)
    return made


def test_a_switch_tells_at_once() -> None:
    control = OnOff()
    control.show_value(True)
    told = heard(control)
    QTest.keyClick(control.target(), Qt.Key.Key_Space)
    assert told == [False]


def test_a_choice_tells_its_value_at_once() -> None:
    control = Pick(setting_briefs.entry("insistence"))
    control.show_value("notify")
    told = heard(control)
    QTest.keyClick(control.target(), Qt.Key.Key_Down)
    assert told == ["window"]


def test_a_value_that_is_no_choice_is_shown_as_it_is() -> None:
    control = Pick(setting_briefs.entry("language"))
    control.show_value("tlh")
    assert control.value() == "tlh"


def test_a_number_is_told_once_typing_has_paused(app: QApplication) -> None:
    control = number()
    told = heard(control)
    QTest.keyClick(control.target(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(control.target(), "300")
    assert control.busy() and told == []

    def said() -> list[Any]:
        app.processEvents()
        return told

    wait_until(said, "the number", PAUSE_MS / 1000 + 5)
    assert told == [300] and not control.busy()


def test_a_number_out_of_bounds_stays_as_it_was_typed() -> None:
    control = number()
    told = heard(control)
    QTest.keyClick(control.target(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(control.target(), "20")
    QTest.keyClick(control.target(), Qt.Key.Key_Return)
    assert told == [20]
    assert control.value() == 20


@pytest.mark.parametrize(("start", "key", "ends"), [(595, "Up", 600), (600, "Up", 600), (95, "Down", 90)])
def test_steps_stay_within_the_bounds(start: int, key: str, ends: int) -> None:
    control = number()
    control.show_value(start)
    QTest.keyClick(control.target(), Qt.Key[f"Key_{key}"])
    assert control.value() == ends


def test_the_buttons_step() -> None:
    control = number()
    told = heard(control)
    less, more = control.findChildren(QPushButton)
    more.click()
    more.click()
    less.click()
    control.flush()
    assert told == [160]
    assert less.accessibleName() == "Still seated without input for: less"
    assert more.accessibleName() == "Still seated without input for: more"


def test_a_text_is_told_when_it_is_finished() -> None:
    control = Text()
    control.show_value("")
    told = heard(control)
    QTest.keyClicks(control.target(), "de")
    assert control.busy() and told == []
    QTest.keyClick(control.target(), Qt.Key.Key_Return)
    control.flush()
    assert told == ["de"]


@pytest.mark.parametrize(
    "make",
    [OnOff, Text, number, lambda: Pick(setting_briefs.entry("insistence"))],
    ids=["switch", "text", "number", "choice"],
)
def test_each_has_its_words_for_the_ear(make: Callable[[], Control]) -> None:
    control = make()
    control.describe("A title", "What it does.")
    target = control.target()
    assert (target.accessibleName(), target.accessibleDescription()) == ("A title", "What it does.")
    assert target.focusPolicy() & Qt.FocusPolicy.TabFocus
