import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel

from tests.support.briefs import LEFT, LIFTS, RIGHT
from tray_agent.ui.breaks.brief import Step
from tray_agent.ui.breaks.step_page import StepPage

pytestmark = pytest.mark.usefixtures("app")


def step(fields: dict[str, object]) -> Step:
    return msgspec.convert(fields, Step)


def page_of(fields: dict[str, object]) -> StepPage:
    page = StepPage()
    page.show_step(step(fields))
    return page


def words(page: StepPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel)]


def test_everything_to_do_is_in_words() -> None:
    shown, left = words(page_of(LEFT)), step(LEFT)
    for expected in (*left.text, *left.cues, *left.cautions, "What helps: desk or wall", "Source: ACSM 2021"):
        assert expected in shown


def test_what_there_is_not_has_no_heading() -> None:
    shown = words(page_of({**LEFT, "cues": [], "cautions": [], "equipment": [], "source": ""}))
    assert shown == ["1", "Stand beside the desk.", "2", "Step one leg back.", "3", "Stay there and breathe."]


def test_a_screen_reader_has_the_whole_text() -> None:
    assert (
        page_of(LEFT).accessibleDescription()
        == "Stand beside the desk. Step one leg back. Stay there and breathe."
    )


def test_markup_in_a_text_stays_text() -> None:
    page = page_of({**LEFT, "text": ["<b>bold</b>"]})
    label = next(each for each in page.findChildren(QLabel) if "bold" in each.text())
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_another_exercise_replaces_the_page_the_other_side_does_not() -> None:
    page = page_of(LEFT)
    before = page.widget()
    page.show_step(step(RIGHT))
    assert page.widget() is before
    page.show_step(step({**LIFTS, "text": ["Lift."]}))
    assert "Lift." in words(page)
    assert "Step one leg back." not in words(page)


def test_larger_type_is_written_at_once() -> None:
    page = page_of(LEFT)
    before = page.findChildren(QLabel)[0].font().pointSizeF()
    page.write(2.0)
    assert page.findChildren(QLabel)[0].font().pointSizeF() == pytest.approx(2 * before)


def test_only_keys_that_scroll_are_taken() -> None:
    page = page_of(LEFT)
    for key, taken in ((Qt.Key.Key_Down, True), (Qt.Key.Key_Left, False), (Qt.Key.Key_Space, False)):
        press = QKeyEvent(QEvent.Type.KeyPress, key.value, Qt.KeyboardModifier.NoModifier)
        page.keyPressEvent(press)
        assert press.isAccepted() is taken
