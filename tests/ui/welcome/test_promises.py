import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel

from tray_agent.ui.welcome.promises import Mark, Promises

GREY = QImage.Format.Format_Grayscale8
DOES, NEVER = ("It asks for a break.", "It may ease stiffness."), ("It reads no key.",)


def promises() -> Promises:
    return Promises("What it does", DOES, "What it never does", NEVER)


def label(shown: Promises, text: str) -> QLabel:
    return next(each for each in shown.findChildren(QLabel) if each.text() == text)


def laid_out(app: QApplication, width: int) -> Promises:
    shown = promises()
    shown.resize(width, 400)
    shown.show()
    app.processEvents()
    return shown


def test_every_line_has_its_mark(app: QApplication) -> None:
    shown = laid_out(app, 700)
    for line in (*DOES, *NEVER):
        assert label(shown, line).isVisible()
    assert len(shown.findChildren(Mark)) == 3


def test_a_tick_and_a_crossed_ring_differ_without_their_colour(app: QApplication) -> None:
    kept, broken = (Mark(kept=kept).grab().toImage().convertToFormat(GREY) for kept in (True, False))
    assert kept != broken


@pytest.mark.parametrize(("width", "beside"), [(700, True), (400, False)])
def test_the_lists_are_side_by_side_where_there_is_room(app: QApplication, width: int, beside: bool) -> None:
    shown = laid_out(app, width)
    does, never = label(shown, "What it does"), label(shown, "What it never does")
    assert (does.y() == never.y()) == beside
    assert (does.x() == never.x()) != beside
