import pytest
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from tray_agent.ui.look import Look, contrast, scheme_palette
from tray_agent.ui.today import day_marks

pytestmark = pytest.mark.usefixtures("app")

FRAME = QRectF(2, 2, 46, 26)
FILLS = ("seated", "standing", "away", "unseen", "call", "breaks")


def look(scheme: str = "light") -> Look:
    return Look.of(scheme_palette(scheme))  # type: ignore[arg-type]


def filled(what: str, scheme: str = "light") -> QImage:
    image = QImage(50, 30, QImage.Format.Format_RGB32)
    image.fill(look(scheme).ground)
    painter = QPainter(image)
    day_marks.fill(painter, look(scheme), FRAME, what)
    painter.end()
    return image


def marked(outcome: str) -> QImage:
    image = QImage(30, 30, QImage.Format.Format_RGB32)
    image.fill(look().ground)
    painter = QPainter(image)
    day_marks.mark(painter, look(), QPointF(15, 15), outcome)
    painter.end()
    return image


def greys(image: QImage) -> bytes:
    """The picture as somebody sees it who sees no colours."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return bytes(grey.bits())


def test_postures_differ_without_their_colours() -> None:
    assert len({greys(filled(what)) for what in FILLS}) == len(FILLS)
    inside = QRect(10, 8, 32, 12)
    patterned = {what for what in FILLS if len(set(greys(filled(what).copy(inside)))) > 1}
    assert patterned == {"standing", "away", "call"}


def test_outcomes_differ_without_their_colours() -> None:
    assert len({greys(marked(outcome)) for outcome in day_marks.MARKS}) == len(day_marks.MARKS)


@pytest.mark.parametrize("scheme", ["light", "dark", "high_contrast"])
def test_sitting_stands_out_from_the_page(scheme: str) -> None:
    here = look(scheme)
    assert contrast(day_marks.sitting(here), here.ground) >= 3
    assert filled("seated", scheme).pixelColor(25, 15) == day_marks.sitting(here)


def test_now_is_a_line() -> None:
    image = filled("now")
    assert image.pixelColor(25, 15) == look().ink
    assert image.pixelColor(5, 15) == look().ground
