import msgspec
import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel

from tests.support.briefs import FIGURE, LEFT
from tray_agent.ui.breaks.break_buttons import Act
from tray_agent.ui.breaks.brief import Step
from tray_agent.ui.breaks.drawn import Dial
from tray_agent.ui.breaks.figure_view import FigureView
from tray_agent.ui.breaks.notice import Notice
from tray_agent.ui.breaks.proportions import USUAL
from tray_agent.ui.look import Look, scheme_palette

pytestmark = pytest.mark.usefixtures("app")

LOOK = Look.of(scheme_palette("light"))
STEP = msgspec.convert({**LEFT, "figure": FIGURE}, Step)


def notice(**more: object) -> Notice:
    made = Notice(LOOK, "That is it.", ["Carry on."], [Act("&Close", lambda: None)], **more)  # type: ignore[arg-type]
    made.fit(USUAL)
    return made


def test_its_words_are_seen_and_can_be_heard() -> None:
    said = notice()
    said.hint("Esc closes.")
    texts = [label.text() for label in said.findChildren(QLabel) if label.text()]
    assert texts == ["That is it.", "Carry on.", "Esc closes."]
    assert (said.words, said.accessibleName()) == ("That is it. Carry on.", "That is it.")
    assert said.accessibleDescription() == "Carry on."


def test_a_step_brings_its_figure_an_end_its_tick() -> None:
    assert not notice().findChildren(FigureView)
    assert notice(step=STEP).findChildren(FigureView)
    assert notice(ticked=True).findChildren(Dial)
    assert not notice().findChildren(Dial)


def test_type_goes_with_the_window() -> None:
    said = notice()
    heading = said.findChildren(QLabel)[0]
    before = heading.font().pointSizeF()
    said.fit(QSize(2 * USUAL.width(), 2 * USUAL.height()))
    assert heading.font().pointSizeF() == pytest.approx(2 * before)


def test_no_button_has_the_keys_at_first() -> None:
    said = notice()
    said.show()
    said.setFocus()
    assert not any(button.hasFocus() or button.isDefault() for button in said.buttons.all)
    said.hide()


def test_keys_go_to_its_buttons() -> None:
    pressed: list[str] = []
    said = Notice(LOOK, "", [], [Act("&Close", lambda: pressed.append("close"))])
    said.buttons._wake()
    assert said.key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_C.value, Qt.KeyboardModifier.NoModifier, "c"))
    assert pressed == ["close"]
    said.sleep_awhile()
    assert not said.buttons.awake


def test_other_colours_reach_its_pictures() -> None:
    said, dark = notice(step=STEP), Look.of(scheme_palette("dark"))
    said.dye(dark)
    assert said.findChildren(FigureView)[0].look is dark
