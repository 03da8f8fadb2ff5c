import msgspec
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from tests.support.briefs import FIGURE
from tray_agent.core.model import Side
from tray_agent.figure.figure import Figure
from tray_agent.ui import film as film_module
from tray_agent.ui.figure_paint import Colours
from tray_agent.ui.film import Film
from tray_agent.ui.look import Look, scheme_palette

WHITE = QColor("#ffffff")


@pytest.fixture
def film(app: object) -> Film:
    return made(None)


def made(side: Side | None) -> Film:
    colours = Colours.of(Look.of(scheme_palette("light")))
    return Film(msgspec.convert(FIGURE, Figure), side, QSize(80, 90), colours, WHITE)


def test_a_frame_kept_is_the_frame_drawn(film: Film) -> None:
    assert not film.keeps(0.5)
    drawn = film.frame(0.5).copy()
    assert film.keeps(0.5)
    assert film.frame(0.5) == drawn
    assert drawn.size() == QSize(80, 90)
    assert drawn.pixelColor(0, 0) == WHITE


def test_another_moment_is_another_picture(film: Film) -> None:
    first = film.frame(0.0).copy()
    assert film.frame(1.0) != first
    assert film.frame(0.0) == first


def test_a_frame_is_drawn_once(film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    monkeypatch.setattr(film_module, "paint", lambda *what: drawn.append(what))
    for t in (0.0, 0.5, 0.0, 0.5, 0.0):
        film.frame(t)
    assert len(drawn) == 2


def test_there_is_an_end_to_what_it_keeps(film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film_module, "FRAMES_KEPT", 3)
    for number in range(6):
        film.frame(number / 10)
    assert len(film._kept) == 3


def test_the_left_side_is_the_mirror_of_the_right(app: object) -> None:
    left, right = made(Side.LEFT).frame(1.0).copy(), made(Side.RIGHT).frame(1.0).copy()
    assert left != right
