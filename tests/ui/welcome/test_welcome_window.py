from __future__ import annotations

from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QApplication, QLabel
from Xlib import XK

from tests.support.desktop import Desktop
from tests.support.person import Person
from tests.support.waiting import wait_until
from tests.support.window_process import WindowProcess, focused
from tray_agent.ui.welcome.welcome_window import WelcomeBrief, WelcomeWindow

GENTLE = {"title": "Gentle", "lines": ["After 60 min"], "values": {"intensity": "gentle"}, "breaks": 5}
STANDARD = {
    "title": "Standard",
    "lines": ["After 45 min"],
    "values": {"intensity": "standard"},
    "chosen": True,
    "breaks": 8,
}
NINE = {"hours.mode": "schedule", "hours.ranges": ["mon-fri 09:00-17:00"]}
BRIEF: dict[str, Any] = {
    "v": 1,
    "does": ["It asks for a break."],
    "never": ["It reads no key."],
    "intensity": {"title": "How much?", "line": "As you like.", "options": [GENTLE, STANDARD]},
    "hours": {
        "title": "When?",
        "line": "Hours.",
        "options": [
            {"title": "Nine to five", "lines": [], "values": NINE},
            {"title": "Any time", "lines": [], "values": {"hours.mode": "always"}, "chosen": True},
        ],
    },
    "floor": {
        "title": "Floor?",
        "line": "A check first.",
        "options": [
            {
                "title": "Yes",
                "lines": ["The check is next."],
                "values": {"exercises.floor": True},
                "safety": True,
            },
            {"title": "No", "lines": [], "values": {"exercises.floor": False}, "chosen": True},
        ],
    },
    "where": ["In the panel."],
}
LAST = 3


class Welcomed:
    """The window, and what it said."""

    def __init__(self, **other: Any) -> None:
        self.said: list[dict[str, Any]] = []
        brief = msgspec.convert({**BRIEF, **other}, WelcomeBrief)
        self.window = WelcomeWindow(brief, self.said.append)
        self.window.resize(760, 520)
        self.window.show()

    def card(self, title: str) -> Any:
        groups = (self.window._intensity, self.window._hours, self.window._floor)
        return next(card for group in groups for card in group.cards if card.text() == title)

    def finish(self) -> dict[str, Any]:
        for _page in range(LAST):
            self.window.next.click()
        assert self.window.next.text() == "Start"
        self.window.next.click()
        return self.said[-1]

    def words(self) -> str:
        return "\n".join(label.text() for label in self.window.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def welcomed(app: QApplication) -> Welcomed:
    return Welcomed()


def test_the_first_page_says_what_it_does_and_never_does(welcomed: Welcomed) -> None:
    for line in ("Welcome to Tray Agent", "It asks for a break.", "It reads no key."):
        assert line in welcomed.words()
    assert not welcomed.window.back.isVisible()
    assert welcomed.window.skip.isVisible()


def test_the_pages_lead_from_one_to_the_next_and_back(welcomed: Welcomed) -> None:
    seen = []
    for _page in range(LAST):
        welcomed.window.next.click()
        seen.append(
            next(line for line in ("How much?", "When?", "In the panel.") if line in welcomed.words())
        )
    assert seen == ["How much?", "When?", "In the panel."]
    welcomed.window.back.click()
    assert "Floor?" in welcomed.words()
    assert welcomed.window._stepper.accessibleName() == "Page 3 of 4"


def test_start_hands_over_what_is_chosen(welcomed: Welcomed) -> None:
    for title in ("Gentle", "Nine to five", "Yes"):
        welcomed.card(title).click()
    values = {"intensity": "gentle", **NINE, "exercises.floor": True}
    assert welcomed.finish() == {"event": "chosen", "values": values, "safety": True}
    assert welcomed.window.isVisible()


def test_what_was_in_force_is_chosen_to_begin_with(welcomed: Welcomed) -> None:
    values = {"intensity": "standard", "hours.mode": "always", "exercises.floor": False}
    assert welcomed.finish() == {"event": "chosen", "values": values, "safety": False}


@pytest.mark.parametrize("page", range(LAST + 1))
def test_it_can_be_skipped_at_any_moment(welcomed: Welcomed, page: int) -> None:
    for _page in range(page):
        welcomed.window.next.click()
    welcomed.card("Gentle").click()
    welcomed.window.skip.click()
    assert welcomed.said[-1] == {"event": "ended"}
    assert not any(message["event"] == "chosen" for message in welcomed.said)


@pytest.mark.usefixtures("app")
def test_a_choice_that_is_fixed_shows_why_and_is_not_handed_over() -> None:
    welcomed = Welcomed(intensity={**BRIEF["intensity"], "fixed": "Your organisation decides this."})
    welcomed.window.next.click()
    assert "Your organisation decides this." in welcomed.words()
    welcomed.card("Gentle").click()
    assert welcomed.card("Standard").isChecked()
    welcomed.window.back.click()
    assert "intensity" not in welcomed.finish()["values"]


def test_choices_that_could_not_be_kept_say_why(welcomed: Welcomed) -> None:
    welcomed.finish()
    welcomed.window.told({"sentence": "the disk is full"})
    assert "the disk is full" in welcomed.words()
    welcomed.window.back.click()
    assert "the disk is full" not in welcomed.words()


@pytest.mark.usefixtures("app")
def test_pictures_leave_their_room_to_the_words_in_a_low_window() -> None:
    welcomed = Welcomed()
    picture = welcomed.window._pictures[0]
    assert picture.isVisible()
    welcomed.window.resize(642, 346)
    QApplication.processEvents()
    assert not picture.isVisible()
    assert len(Welcomed(stands=False, tray=False).window._pictures) == 1


def test_it_fits_a_small_screen(welcomed: Welcomed) -> None:
    welcomed.window.resize(642, 346)
    QApplication.processEvents()
    assert (welcomed.window.width(), welcomed.window.height()) == (642, 346)


def test_from_the_keyboard_alone(desktop: Desktop, person: Person) -> None:
    with WindowProcess(desktop, "welcome", BRIEF) as window:
        window.is_ready()
        wait_until(lambda: focused(desktop.display) == "Welcome to Tray Agent", "the focus")
        for _page in range(LAST + 1):
            person.press(XK.XK_Return)
        assert window.says()["event"] == "chosen"
        window.tell({"do": "close"})
        window.ends()
