from __future__ import annotations

import pytest

from tray_agent.figure.shapes import Drawing, Form, Frame, Limb, Role, Shape, scaled

LINE = Shape(Role.ARROW, (((1.0, 2.0), (3.0, 4.0)),), width=0.2, halo=0.1)


def test_a_mirror_twice_is_the_same() -> None:
    drawing = Drawing((LINE,), Frame(-1, 0, 4, 5))
    mirrored = drawing.mirrored()
    assert mirrored.shapes[0].parts == (((-1.0, 2.0), (-3.0, 4.0)),)
    assert mirrored.frame == Frame(-4, 0, 1, 5)
    assert mirrored.mirrored() == drawing


def test_a_form_is_put_where_its_axes_point() -> None:
    form = Form.of(((2.0, 1.0), (0.0, 0.0)))
    down, forward = form.put((5.0, 5.0), 0.0), form.put((5.0, 5.0), 90.0)
    for piece, moved in ((down, (6, 3)), (forward, (7, 6))):
        assert piece.outlines[0][0] == pytest.approx(moved)
        assert piece.outlines[0][1] == piece.origin


def test_a_form_stays_itself_in_the_mirror() -> None:
    form = Form.of(((2.0, 1.0), (0.0, 3.0)))
    drawing = Drawing((Shape(Role.SHOE, (form.put((1.0, 2.0), 30.0),)),), Frame(-1, 0, 4, 5))
    (shape,) = drawing.mirrored().shapes
    assert [piece.form for piece in shape.pieces] == [form]  # type: ignore[union-attr]
    assert shape.parts[0] == tuple(pytest.approx((-x, y)) for x, y in drawing.shapes[0].parts[0])


def test_a_scaled_shape_keeps_its_proportions() -> None:
    half = scaled(LINE, (1.0, 0.0), 0.5)
    assert half.parts == (((1.5, 1.0), (2.5, 2.0)),)
    assert (half.width, half.halo) == (0.1, 0.05)


def test_a_limb_is_scaled_and_mirrored_as_its_outline_is() -> None:
    limb = Limb((0.0, 0.0), (1.0, 0.5), 0.3, 0.2)
    thick, thin = Shape(Role.SKIN, (limb,)), Shape(Role.SKIN, limb.outlines)
    for one, other in zip(
        scaled(thick, (1.0, 2.0), 0.5).parts[0], scaled(thin, (1.0, 2.0), 0.5).parts[0], strict=True
    ):
        assert one == pytest.approx(other)
    (mirrored,) = Drawing((thick,), Frame(-1, -1, 2, 2)).mirrored().shapes
    assert mirrored.pieces == (Limb((0.0, 0.0), (-1.0, 0.5), 0.3, 0.2),)


def test_a_frame_knows_what_it_holds() -> None:
    frame = Frame(-1, 0, 4, 5)
    assert (frame.width, frame.height) == (5, 5)
    assert frame.holds((-1, 5))
    assert not frame.holds((-1.1, 1))
