from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tray_agent.ui.look import Look, scheme_palette
from tray_agent.ui.welcome.welcome_picture import HEIGHT, WIDTH, Scene, WelcomePicture

Painted = Literal["light", "dark", "high_contrast"]
SIZE = round(WIDTH), round(HEIGHT)


@pytest.fixture
def right_to_left(app: QApplication) -> Iterator[None]:
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def drawn(scene: Scene, chosen: int = 0, scheme: Painted = "light") -> QImage:
    picture = WelcomePicture(scene, (5, 8, 12))
    picture.setPalette(scheme_palette(scheme))
    picture.choose(chosen)
    picture.resize(*SIZE)
    return picture.grab().toImage()


def accented(image: QImage, scheme: Painted = "light") -> list[QPoint]:
    accent = Look.of(scheme_palette(scheme)).accent
    places = (QPoint(x, y) for x in range(image.width()) for y in range(0, image.height(), 2))
    return [place for place in places if image.pixelColor(place) == accent]


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("scheme", ["light", "dark", "high_contrast"])
@pytest.mark.parametrize("scene", Scene)
def test_every_scene_is_drawn_in_every_scheme(scene: Scene, scheme: Painted) -> None:
    assert len(accented(drawn(scene, scheme=scheme), scheme)) > 100


@pytest.mark.usefixtures("app")
def test_who_has_got_up_stands_at_the_end() -> None:
    assert sum(place.x() > WIDTH * 0.6 for place in accented(drawn(Scene.GET_UP))) > 300


@pytest.mark.usefixtures("right_to_left")
def test_the_scene_turns_round_where_lines_begin_on_the_right() -> None:
    assert sum(place.x() < WIDTH * 0.4 for place in accented(drawn(Scene.GET_UP))) > 300


@pytest.mark.usefixtures("app")
def test_more_movement_is_a_wider_arc_and_the_chosen_one_stands_out() -> None:
    tops = [min(place.y() for place in accented(drawn(Scene.DAY, chosen))) for chosen in range(3)]
    assert tops == sorted(tops, reverse=True)
    assert len(set(tops)) == 3


@pytest.mark.usefixtures("app")
def test_it_is_not_cut_where_there_is_less_room() -> None:
    picture = WelcomePicture(Scene.GET_UP)
    picture.setPalette(scheme_palette("light"))
    picture.resize(300, SIZE[1])
    assert any(place.x() > 225 for place in accented(picture.grab().toImage()))
