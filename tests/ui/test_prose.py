import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from tray_agent.ui.look import Look, scheme_palette
from tray_agent.ui.prose import AIR, Prose, Section

pytestmark = pytest.mark.usefixtures("app")

SECTIONS = (
    Section(("You have been sitting <b>for</b> 40 min.",)),
    Section(("A call.", "Lunch."), "Held by", True),
)


def prose() -> Prose:
    made = Prose()
    made.write(SECTIONS)
    return made


def test_every_line_is_there_as_it_was_written() -> None:
    lines = ["You have been sitting <b>for</b> 40 min.", "Held by", "A call.", "Lunch."]
    assert prose().toPlainText().splitlines() == lines


def test_headings_are_bold_and_points_are_a_list() -> None:
    made = prose()
    blocks = [made.document().findBlockByNumber(number) for number in range(4)]
    assert [block.textList() is not None for block in blocks] == [False, False, True, True]
    bold = [block.begin().fragment().charFormat().fontWeight() > QFont.Weight.Normal for block in blocks]
    assert bold == [False, True, False, False]


def test_it_can_be_copied_but_not_changed(app: QApplication) -> None:
    made = prose()
    assert made.isReadOnly()
    made.selectAll()
    made.copy()
    assert app.clipboard().text().splitlines()[1] == "Held by"


def test_tab_goes_on_to_the_buttons() -> None:
    assert prose().tabChangesFocus()


def test_writing_again_replaces_what_stood_there() -> None:
    made = prose()
    made.write((Section(("Standing.",)),))
    assert made.toPlainText() == "Standing."


def test_less_width_needs_more_height() -> None:
    made = prose()
    assert made.height_for(120) > made.height_for(600) > 3 * made.fontMetrics().height()


def test_right_to_left_begins_on_the_right(app: QApplication) -> None:
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    made = prose()
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    block = made.document().firstBlock()
    assert block.blockFormat().alignment() & Qt.AlignmentFlag.AlignRight
    assert made.viewportMargins().left() == AIR


SIGNS = Section(
    ("fever", "numbness"), "Get help", True, ("Fieber", "Taubheit"), "Holen Sie Hilfe", "Source: NHS", True
)


def test_each_line_has_its_other_language_below_it_and_the_source_comes_last() -> None:
    made = Prose()
    made.write((SIGNS,))
    lines = [line for line in made.toPlainText().splitlines() if line]
    assert lines == ["Get help", "Holen Sie Hilfe", "fever", "Fieber", "numbness", "Taubheit", "Source: NHS"]


def test_what_is_urgent_is_framed_and_nothing_else() -> None:
    made = Prose()
    made.write((*SECTIONS, SIGNS, SECTIONS[0]))
    (frame,) = made.document().rootFrame().childFrames()
    assert frame.frameFormat().border() > 0
    assert "numbness" in frame.firstCursorPosition().block().document().toPlainText()
    first = frame.firstCursorPosition()
    first.setPosition(frame.lastPosition(), first.MoveMode.KeepAnchor)
    assert first.selectedText().startswith("Get help")
    assert "sitting" not in first.selectedText()


def test_english_reads_from_the_left_below_a_text_that_does_not(app: QApplication) -> None:
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    made = Prose()
    made.write((Section(("أ",), english=("a fever.",)),))
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    theirs, ours = (made.document().findBlockByNumber(number) for number in (0, 1))
    assert theirs.textDirection() is Qt.LayoutDirection.RightToLeft
    assert ours.textDirection() is Qt.LayoutDirection.LeftToRight


def test_frames_follow_the_desktop_from_light_to_dark_and_the_reader_stays(app: QApplication) -> None:
    made = Prose()
    made.setPalette(scheme_palette("light"))
    made.write((SIGNS, Section(tuple(f"{n}" for n in range(80)))))
    made.resize(300, 100)
    made.show()
    app.processEvents()
    made.verticalScrollBar().setValue(200)
    made.setPalette(scheme_palette("dark"))
    (frame,) = made.document().rootFrame().childFrames()
    assert frame.frameFormat().borderBrush().color() == Look.of(scheme_palette("dark")).fault
    assert made.verticalScrollBar().value() == 200
