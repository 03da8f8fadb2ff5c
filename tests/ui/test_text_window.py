from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication
from Xlib import XK

from tests.support.desktop import Desktop
from tests.support.person import Person
from tests.support.waiting import wait_until
from tests.support.window_process import WindowProcess, focused
from tray_agent.ui.prose import Section
from tray_agent.ui.text_window import TextBrief, TextWindow

BRIEF = TextBrief(
    v=1, title="Why?", sections=(Section(("Sitting for 40 min.",)), Section(("A call.",), "Held by"))
)


def test_the_whole_brief_can_be_read(app: QApplication) -> None:
    window = TextWindow(BRIEF, lambda _message: None)
    assert window.windowTitle() == "Why?"
    assert window.prose.toPlainText().splitlines() == ["Sitting for 40 min.", "Held by", "A call."]


def test_newer_sections_take_the_place_of_the_old(app: QApplication) -> None:
    window = TextWindow(BRIEF, lambda _message: None)
    window.told({"sections": [{"lines": ["Standing."]}]})
    assert window.prose.toPlainText() == "Standing."


def test_escape_closes_it_and_enter_its_button(desktop: Desktop, person: Person) -> None:
    told: dict[str, Any] = {"v": 1, "title": "Why?", "sections": [{"lines": ["Sitting."]}]}
    for keys in ((XK.XK_Escape,), (XK.XK_Tab, XK.XK_Return)):
        with WindowProcess(desktop, "text", told) as window:
            window.is_ready()
            wait_until(lambda: focused(desktop.display) == "Why?", "the focus")
            for key in keys:
                person.press(key)
            window.ends()
