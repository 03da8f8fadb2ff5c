import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.eventually import eventually
from tray_agent.ui.breaks.break_buttons import Act, Buttons, letter, plain, sheet
from tray_agent.ui.look import Look, scheme_palette

NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier


class Panel:
    """Two buttons, and what was pressed."""

    def __init__(self, *, awake: bool = True) -> None:
        self.pressed: list[str] = []
        stop = Act("&Stop", lambda: self.pressed.append("stop"), Qt.Key.Key_Escape, "Esc")
        hard = Act("Too &hard", lambda: self.pressed.append("hard"))
        done = Act("&Done", lambda: self.pressed.append("done"), Qt.Key.Key_Return, "Enter")
        self.buttons = Buttons((stop, hard), (done,))
        if awake:
            self.buttons._wake()

    def key(
        self, key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = NONE, *, again: bool = False
    ) -> bool:
        return self.buttons.key(QKeyEvent(QEvent.Type.KeyPress, key.value, modifiers, text, again))


def test_they_sleep_at_first_and_wake_by_themselves(app: QApplication) -> None:
    panel = Panel(awake=False)
    panel.buttons.sleep_awhile()
    assert not any(button.isEnabled() for button in panel.buttons.all)
    assert panel.key(Qt.Key.Key_Escape)
    panel.buttons.all[0].click()
    assert panel.pressed == []
    eventually(lambda: panel.buttons.awake, "the buttons to wake")
    assert all(button.isEnabled() for button in panel.buttons.all)
    panel.key(Qt.Key.Key_Escape)
    assert panel.pressed == ["stop"]


@pytest.mark.usefixtures("app")
def test_letters_work_alone_and_other_keys_too() -> None:
    panel = Panel()
    assert panel.key(Qt.Key.Key_H, "h")
    assert panel.key(Qt.Key.Key_D, "D", Qt.KeyboardModifier.ShiftModifier)
    assert panel.key(Qt.Key.Key_Escape)
    assert panel.pressed == ["hard", "done", "stop"]
    assert not panel.key(Qt.Key.Key_X, "x")
    assert not panel.key(Qt.Key.Key_H, "h", ALT)  # Qt's own way
    assert not panel.key(Qt.Key.Key_Tab, "\t")


@pytest.mark.usefixtures("app")
def test_both_enter_keys_are_one() -> None:
    panel = Panel()
    panel.key(Qt.Key.Key_Enter, "\r")
    assert panel.pressed == ["done"]


@pytest.mark.usefixtures("app")
def test_a_key_held_down_or_struck_twice_counts_once() -> None:
    panel = Panel()
    panel.key(Qt.Key.Key_Return)
    panel.key(Qt.Key.Key_Return, again=True)
    panel.key(Qt.Key.Key_Return)
    assert panel.pressed == ["done"]


@pytest.mark.usefixtures("app")
def test_a_focused_button_is_pressed_by_enter() -> None:
    panel = Panel()
    panel.buttons.show()
    panel.buttons.all[1].setFocus()
    QTest.keyClick(panel.buttons.all[1], Qt.Key.Key_Return)
    assert panel.pressed == ["hard"]
    panel.buttons.hide()


@pytest.mark.usefixtures("app")
def test_a_button_tells_its_keys() -> None:
    done = Panel().buttons.all[2]
    assert (done.accessibleName(), done.toolTip()) == ("Done", "Done: Enter · D")
    done.say("&Go on")
    assert (done.text(), done.accessibleName(), done.toolTip()) == ("&Go on", "Go on", "Go on: Enter · G")


@pytest.mark.usefixtures("app")
def test_what_is_put_to_sleep_stays_asleep() -> None:
    panel = Panel()
    panel.buttons.sleep()
    panel.key(Qt.Key.Key_Escape)
    assert (panel.pressed, panel.buttons.awake) == ([], False)


@pytest.mark.usefixtures("app")
def test_larger_type_makes_larger_buttons() -> None:
    buttons = Panel().buttons
    buttons.write(1.0)
    before = buttons.all[0].sizeHint().height()
    buttons.write(2.0)
    assert buttons.all[0].sizeHint().height() > before


def test_each_language_has_its_letters() -> None:
    assert (letter("Too &hard"), letter("休む(&P)"), letter("&Überspringen"), letter("R && D")) == (
        "h",
        "p",
        "ü",
        "",
    )
    assert (plain("Too &hard"), plain("R && D")) == ("Too hard", "R & D")


@pytest.mark.usefixtures("app")
def test_the_sheet_has_its_colours() -> None:
    look = Look.of(scheme_palette("light"))
    assert look.accent.name() in sheet(look)
    assert "{" in sheet(look)
    assert "{{" not in sheet(look)
