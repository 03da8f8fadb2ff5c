from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from tests.support.briefs import invitation as invitation_brief
from tray_agent.core.model import Do
from tray_agent.ui.breaks.break_buttons import ActButton
from tray_agent.ui.breaks.brief import Brief
from tray_agent.ui.breaks.cues import Cues
from tray_agent.ui.breaks.invitation import Invitation
from tray_agent.ui.look import Look, scheme_palette

pytestmark = pytest.mark.usefixtures("app")


class Asked:
    """An invitation, awake, and what was answered."""

    def __init__(self, *, snooze_min: int | None = 10, awake: bool = True) -> None:
        self.answers: list[Do] = []
        brief = msgspec.convert(invitation_brief(snooze_min=snooze_min), Brief)
        assert brief.ask is not None
        look = Look.of(scheme_palette("light"))
        self.page = Invitation(look, brief.ask, None, Cues(QWidget(), None, None), self.answers.append)
        if awake:
            self.page.buttons._wake()

    def button(self, name: str) -> ActButton:
        return next(button for button in self.page.buttons.all if button.accessibleName() == name)

    def key(self, key: Qt.Key, text: str = "") -> bool:
        return self.page.key(QKeyEvent(QEvent.Type.KeyPress, key.value, Qt.KeyboardModifier.NoModifier, text))


@pytest.mark.parametrize(
    ("answer", "do"),
    [
        (lambda asked: asked.button("Start").click(), Do.START),
        (lambda asked: asked.button("In 10 minutes").click(), Do.SNOOZE),
        (lambda asked: asked.button("Skip").click(), Do.SKIP),
        (lambda asked: asked.key(Qt.Key.Key_S, "s"), Do.START),
        (lambda asked: asked.key(Qt.Key.Key_Escape), Do.DISMISS),
    ],
)
def test_every_answer_is_given_once(answer: Callable[[Asked], object], do: Do) -> None:
    asked = Asked()
    answer(asked)
    answer(asked)
    asked.button("Skip").click()
    assert asked.answers == [do]


def test_enter_answers_nothing_by_itself() -> None:
    asked = Asked()
    assert not asked.key(Qt.Key.Key_Return)
    assert not any(button.isDefault() for button in asked.page.buttons.all)
    assert asked.answers == []


def test_asleep_it_hears_nothing() -> None:
    asked = Asked(awake=False)
    asked.key(Qt.Key.Key_Escape)
    asked.button("Start").click()
    assert asked.answers == []


def test_what_cannot_be_put_off_has_no_button_for_it() -> None:
    names = [button.accessibleName() for button in Asked(snooze_min=None).page.buttons.all]
    assert names == ["Start", "Skip"]


def test_it_is_said_aloud_when_it_can_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    Asked(awake=False).page.begin()
    assert said == ["You have been sitting for about 45 min. Hip-flexor stretch"]


def test_escape_is_told_of_where_it_means_that() -> None:
    asked = Asked()
    asked.page.tell_of_escape()
    assert "Esc means not now." in [label.text() for label in asked.page.findChildren(QLabel)]
