import pytest
from PySide6.QtWidgets import QApplication

from tray_agent.ui.look import Look
from tray_agent.ui.welcome.stepper import DOT, GAP, LONG, Stepper


@pytest.mark.usefixtures("app")
def test_it_says_in_words_how_far_along_one_is() -> None:
    stepper = Stepper(4)
    assert stepper.accessibleName() == "Page 1 of 4"
    stepper.show_step(2)
    assert stepper.accessibleName() == "Page 3 of 4"


def test_the_present_dot_is_drawn_out(app: QApplication) -> None:
    stepper = Stepper(3)
    accent = Look.of(stepper.palette()).accent
    drawn = []
    for step in range(3):
        stepper.show_step(step)
        app.processEvents()
        image = stepper.grab().toImage()
        middle = step * (DOT + GAP) + LONG - DOT // 2
        drawn.append(image.pixelColor(middle, image.height() // 2) == accent)
    assert drawn == [True, True, True]
    stepper.show_step(0)
    assert stepper.grab().toImage().pixelColor(stepper.width() - 5, 6) != accent
