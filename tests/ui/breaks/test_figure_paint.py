from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from tray_agent.core.model import Side
from tray_agent.figure.drawing import draw
from tray_agent.figure.geometry import disc
from tray_agent.figure.shapes import Drawing, Form, Frame, Limb, Role, Shape
from tray_agent.shell import figures
from tray_agent.ui.breaks import figure_paint
from tray_agent.ui.breaks.figure_paint import Colours, paint, transform
from tray_agent.ui.look import Look, scheme_palette


def painted(drawing: Drawing, look: Look, size: int = 200) -> QImage:
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(look.card)
    painter = QPainter(image)
    paint(drawing, painter, QRectF(image.rect()), Colours.of(look))
    painter.end()
    return image


def differing(one: QImage, other: QImage) -> int:
    return sum(
        abs(QColor(one.pixel(x, y)).lightness() - QColor(other.pixel(x, y)).lightness()) > 40
        for x in range(0, 200, 3)
        for y in range(0, 200, 3)
    )


@pytest.fixture(params=["light", "dark", "high_contrast"])
def look(request: pytest.FixtureRequest, app: QApplication) -> Look:
    return Look.of(scheme_palette(request.param))


def test_the_frame_is_fitted_into_the_middle() -> None:
    fit = transform(Frame(-1, 0, 1, 1), QRectF(0, 0, 100, 100))
    assert fit.map(QPointF(-1, 0.5)) == QPointF(0, 50)
    assert fit.map(QPointF(0, 1)) == QPointF(50, 25)


def test_each_role_has_its_colour(look: Look) -> None:
    for role in (Role.WORKING, Role.SKIN, Role.ARROW):
        shape = Shape(role, (disc((0, 0), 0.5),))
        image = painted(Drawing((shape,), Frame(-1, -1, 1, 1)), look)
        assert image.pixelColor(100, 100) == Colours.of(look).fill(shape)
        assert image.pixelColor(2, 2) == look.card


def test_a_rim_lies_outside_and_a_faint_shape_lets_the_ground_through(look: Look) -> None:
    ringed = Shape(Role.TOP, (disc((0, 0), 0.5),), halo=0.1)
    image = painted(Drawing((ringed,), Frame(-1, -1, 1, 1)), look)
    assert image.pixelColor(155, 100) == Colours.of(look).rim(ringed)
    faint = Shape(Role.WORKING, (disc((0, 0), 0.5),), strength=0.5)
    half = painted(Drawing((faint,), Frame(-1, -1, 1, 1)), look).pixelColor(100, 100)
    full = Colours.of(look).fill(faint)
    assert abs(half.green() - (full.green() + look.card.green()) / 2) <= 2


def test_a_form_is_prepared_once_for_every_drawing(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    thigh = Form.of(disc((0, 0), 0.4), disc((0.3, 0), 0.3))
    frame = Frame(-1, -1, 1, 1)
    straight, turned = (
        Drawing((Shape(Role.TOP, (thigh.put((0.1, 0.0), angle),), halo=0.1),), frame) for angle in (90, 0)
    )
    first = painted(straight, look)
    monkeypatch.setattr(figure_paint, "_paths", None)
    assert painted(straight, look) == first
    assert painted(turned, look) != first


def test_a_form_looks_as_its_outlines_do(look: Look) -> None:
    piece = Form.of(disc((0, 0), 0.4), disc((0.3, 0), 0.3)[::-1]).put((0.1, 0.0), 30.0)
    frame = Frame(-1, -1, 1, 1)
    form, outlines = (
        painted(Drawing((Shape(Role.TOP, pieces, halo=0.1),), frame), look)
        for pieces in ((piece,), piece.outlines)
    )
    assert differing(form, outlines) == 0


def test_a_limb_looks_as_its_outline_does(look: Look) -> None:
    limb, frame = Limb((-0.4, -0.2), (0.4, 0.3), 0.3, 0.2), Frame(-1, -1, 1, 1)
    thick, outlined = (
        painted(Drawing((Shape(Role.TOP, pieces, halo=0.1),), frame), look)
        for pieces in ((limb,), limb.outlines)
    )
    assert differing(thick, outlined) < 40


def test_left_is_the_mirror_image_of_right(look: Look) -> None:
    figure = figures.load("low_lunge")
    pose = figure.motion.stills[-1]
    right, left = (painted(draw(pose, figure.scene, side=side), look) for side in (Side.RIGHT, Side.LEFT))
    assert right != left
    turned = left.flipped(Qt.Orientation.Horizontal)
    assert differing(right, turned) < 60


def test_high_contrast_paints_outlines_on_the_ground(app: QApplication) -> None:
    look = Look.of(scheme_palette("high_contrast"))
    colours = Colours.of(look)
    thigh = Shape(Role.BOTTOM, ())
    assert colours.fill(thigh) == look.card
    assert colours.rim(thigh) == look.ink
    assert colours.fill(Shape(Role.WORKING, ())) == look.accent
