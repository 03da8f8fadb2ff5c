import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tray_agent.ui.lettering import BOLD, button, leading, lettered, literal

pytestmark = pytest.mark.usefixtures("app")


def test_words_stay_words_and_grow_with_the_persons_font() -> None:
    page = QWidget()
    label = lettered(page, "<b>R&D</b>", 2.0, BOLD, "soft")
    assert (label.text(), label.textFormat()) == ("<b>R&D</b>", Qt.TextFormat.PlainText)
    assert label.font().pointSizeF() == 2 * page.font().pointSizeF()
    assert (label.font().weight(), label.property("role"), label.wordWrap()) == (BOLD, "soft", True)


@pytest.mark.parametrize(
    ("direction", "side"),
    [
        (Qt.LayoutDirection.LeftToRight, Qt.AlignmentFlag.AlignLeft),
        (Qt.LayoutDirection.RightToLeft, Qt.AlignmentFlag.AlignRight),
    ],
)
def test_lines_begin_where_the_language_does(direction: Qt.LayoutDirection, side: Qt.AlignmentFlag) -> None:
    page = QWidget()
    page.setLayoutDirection(direction)
    assert leading(page) == side | Qt.AlignmentFlag.AlignAbsolute


def test_an_ampersand_is_shown_as_such() -> None:
    made = button("R&D", role="main")
    assert made.shortcut().isEmpty()
    assert (made.text(), made.accessibleName(), made.property("role")) == (literal("R&D"), "R&D", "main")
