from __future__ import annotations

from tray_agent.figure.shapes import Drawing, Frame, Role, Shape, mapped

LINE = Shape(Role.ARROW, (((1.0, 2.0), (3.0, 4.0)),), width=0.2, halo=0.1)


def test_a_mirror_twice_is_the_same() -> None:
    drawing = Drawing((LINE,), Frame(-1, 0, 4, 5))
    mirrored = drawing.mirrored()
    assert mirrored.shapes[0].parts == (((-1.0, 2.0), (-3.0, 4.0)),)
    assert mirrored.frame == Frame(-4, 0, 1, 5)
    assert mirrored.mirrored() == drawing


def test_a_mapped_shape_keeps_its_proportions() -> None:
    half = mapped(LINE, (1.0, 0.0), 0.5, 0.5)
    assert half.parts == (((1.5, 1.0), (2.5, 2.0)),)
    assert (half.width, half.halo) == (0.1, 0.05)


def test_a_frame_knows_what_it_holds() -> None:
    frame = Frame(-1, 0, 4, 5)
    assert (frame.width, frame.height) == (5, 5)
    assert frame.holds((-1, 5))
    assert not frame.holds((-1.1, 1))
