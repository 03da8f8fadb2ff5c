from __future__ import annotations

from typing import Any

import msgspec
import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from Xlib import XK

from tests.support.desktop import Desktop
from tests.support.person import Person
from tests.support.waiting import wait_until
from tests.support.window_process import WindowProcess, focused
from tray_agent.ui.welcome.cards import TickCard
from tray_agent.ui.welcome.safety_window import BODY, SafetyBrief, SafetyWindow

SECTIONS = [
    {"lines": ["Exercises on the floor stay off until you have read this."]},
    {
        "lines": ["osteoporosis", "a fresh injury"],
        "heading": "Bones",
        "points": True,
        "source": "Source: NHS",
    },
]
CONDITIONS = [
    {"id": "sore_knee", "title": "A sore knee", "line": "Leaves out kneeling.", "on": True},
    {"id": "pregnancy", "title": "Pregnant", "line": "The floor stays off.", "on": False, "bars": True},
]
BRIEF: dict[str, Any] = {
    "v": 1,
    "sections": SECTIONS,
    "cleared": False,
    "conditions": CONDITIONS,
    "hurt": [{"id": "half_kneel", "title": "Half-kneeling hip stretch"}],
}


class Asked:
    """The window, and what it said."""

    def __init__(self, **other: Any) -> None:
        self.said: list[dict[str, Any]] = []
        self.window = SafetyWindow(msgspec.convert({**BRIEF, **other}, SafetyBrief), self.said.append)
        self.window.show()

    def card(self, words: str) -> TickCard:
        return next(card for card in self.window.findChildren(TickCard) if words in card.text())

    def push(self, label: str) -> None:
        next(each for each in self.window.findChildren(QPushButton) if each.text() == label).click()


@pytest.fixture
def asked(app: QApplication) -> Asked:
    return Asked()


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("after", [True, False])
def test_the_box_shows_the_last_answer_and_save_tells_the_new_one(
    app: QApplication, before: bool, after: bool
) -> None:
    asked = Asked(cleared=before)
    box = asked.card("none of it applies")
    assert box.isChecked() == before
    box.setChecked(after)
    asked.push("Save")
    assert asked.said[-1] == {"event": "ended", "cleared": after, "conditions": ["sore_knee"], "again": []}


def test_closing_is_no_answer(asked: Asked) -> None:
    for card in asked.window.findChildren(TickCard):
        card.click()
    asked.push("Offer it again")
    asked.push("Close")
    assert asked.said[-1] == {"event": "ended"}


def test_what_is_ticked_about_the_body_is_told(asked: Asked) -> None:
    asked.card("A sore knee").click()
    asked.card("Pregnant").click()
    asked.push("Offer it again")
    asked.push("Save")
    assert asked.said[-1]["conditions"] == ["pregnancy"]
    assert asked.said[-1]["again"] == ["half_kneel"]


def test_nobody_can_say_that_none_applies_and_tick_one_of_the_list(asked: Asked) -> None:
    box = asked.card("none of it applies")
    box.click()
    asked.card("Pregnant").click()
    assert not box.isChecked()
    assert not box.isEnabled()
    assert "About your body" in box.accessibleDescription()
    asked.card("Pregnant").click()
    assert box.isEnabled()
    assert not box.accessibleDescription()


def test_the_list_is_there_to_read_and_names_its_source(asked: Asked) -> None:
    text = asked.window.prose.toPlainText()
    for words in ("stay off until", "osteoporosis", "a fresh injury", "Source: NHS"):
        assert words in text
    assert asked.window.prose.isVisible()


def test_the_other_leaf_is_a_tab_away_and_says_where_answers_are_kept(asked: Asked) -> None:
    assert not asked.card("A sore knee").isVisible()
    asked.window.tabs.setCurrentIndex(BODY)
    assert asked.card("A sore knee").isVisible()
    assert not asked.window.prose.isVisible()
    shown = [label.text() for label in asked.window.findChildren(QLabel) if label.isVisible()]
    assert any("stay on this computer" in text for text in shown)


def test_help_is_asked_for_and_the_window_stays(asked: Asked) -> None:
    asked.push("When to get help")
    assert asked.said[-1] == {"event": "help"}
    assert asked.window.isVisible()


def test_an_exercise_that_hurt_meanwhile_comes_to_the_list(asked: Asked) -> None:
    asked.window.told({"hurt": [*BRIEF["hurt"], {"id": "plank", "title": "Plank"}]})
    assert [row.exercise.id for row in asked.window.left_out.rows] == ["half_kneel", "plank"]


def test_the_box_stays_in_sight_on_a_small_screen(app: QApplication) -> None:
    long = [{"lines": [f"line {n}" for n in range(60)]}]
    asked = Asked(sections=long)
    asked.window.resize(642, 346)
    app.processEvents()
    box = asked.card("none of it applies")
    assert not box.visibleRegion().isEmpty()
    assert box.visibleRegion().boundingRect().height() == box.height()
    asked.window.prose.moveCursor(QTextCursor.MoveOperation.End)
    assert asked.window.prose.verticalScrollBar().value() > 0


def test_from_the_keyboard_alone(desktop: Desktop, person: Person) -> None:
    with WindowProcess(desktop, "safety", BRIEF) as window:
        window.is_ready()
        wait_until(lambda: focused(desktop.display) == "Safety check", "the focus")
        person.press(XK.XK_Tab)  # from the text to the box
        person.press(XK.XK_space)
        for _button in ("When to get help", "Close", "Save"):
            person.press(XK.XK_Tab)
        person.press(XK.XK_Return)
        window.ends(cleared=True, conditions=["sore_knee"], again=[])
