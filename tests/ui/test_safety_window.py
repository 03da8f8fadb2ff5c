from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from Xlib import XK

from tests.support.desktop import Desktop
from tests.support.person import Person
from tests.support.waiting import wait_until
from tests.support.window_process import WindowProcess, focused
from tray_agent.ui.safety_window import SafetyBrief, SafetyWindow
from tray_agent.ui.ticks import TickBox

TITLE = SafetyBrief(v=1, cleared=False).title


class Asked:
    """The window, and what it said."""

    def __init__(self, *, cleared: bool) -> None:
        self.said: list[dict[str, Any]] = []
        self.window = SafetyWindow(SafetyBrief(v=1, cleared=cleared), self.said.append)
        self.box = self.window.findChildren(TickBox)[0]

    def push(self, label: str) -> None:
        next(each for each in self.window.findChildren(QPushButton) if each.text() == label).click()


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("after", [True, False])
def test_the_box_shows_the_last_answer_and_save_tells_the_new_one(
    app: QApplication, before: bool, after: bool
) -> None:
    asked = Asked(cleared=before)
    assert asked.box.isChecked() == before
    asked.box.setChecked(after)
    asked.push("Save")
    assert asked.said == [{"event": "ended", "cleared": after}]


@pytest.mark.usefixtures("app")
def test_not_now_is_no_answer() -> None:
    asked = Asked(cleared=False)
    asked.box.click()
    asked.push("Not now")
    assert asked.said == [{"event": "ended"}]


@pytest.mark.usefixtures("app")
def test_it_says_what_to_know_first() -> None:
    asked = Asked(cleared=False)
    text = asked.window.prose.toPlainText()
    for word in ("doctor or physiotherapist", "surgery", "hernia", "osteoporosis", "pregnancy", "blood clot"):
        assert word in text
    assert "untick" not in text


@pytest.mark.usefixtures("app")
def test_an_answer_can_be_taken_back() -> None:
    asked = Asked(cleared=True)
    assert "untick the box and save" in asked.window.prose.toPlainText()


def test_from_the_keyboard_alone(desktop: Desktop, person: Person) -> None:
    with WindowProcess(desktop, "safety", {"v": 1, "cleared": False}) as window:
        window.is_ready()
        wait_until(lambda: focused(desktop.display) == TITLE, "the focus")
        person.press(XK.XK_Tab)  # from the text to the box
        person.press(XK.XK_space)
        person.press(XK.XK_Tab)
        person.press(XK.XK_Tab)
        person.press(XK.XK_Return)
        window.ends(cleared=True)
