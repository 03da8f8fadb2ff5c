import pytest
from PySide6.QtWidgets import QApplication

from tray_agent.ui.prose import Section
from tray_agent.ui.prose_page import ProsePage

SHORT = (Section(("A line.",)),)
LONG = (Section(tuple(f"Line {number} of many." for number in range(12))),)


def page(sections: tuple[Section, ...]) -> ProsePage:
    made = ProsePage("Why?", sections, lambda _message: None)
    made.add_close()
    return made


def test_the_window_is_as_high_as_its_text(app: QApplication) -> None:
    heights = []
    for sections in (SHORT, LONG):
        made = page(sections)
        made.appear()
        app.processEvents()
        assert made.prose.verticalScrollBar().maximum() == 0
        heights.append(made.height())
        made.hide()
    assert heights[1] > heights[0] + 100


@pytest.mark.usefixtures("app")
def test_the_text_has_the_keys_and_a_name() -> None:
    made = page(SHORT)
    made.show()
    assert made.focusWidget() is made.prose
    assert made.prose.accessibleName() == "Why?"
