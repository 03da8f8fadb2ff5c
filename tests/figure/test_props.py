from __future__ import annotations

import pytest

from tray_agent.figure.body import Anchor, settle
from tray_agent.figure.pose import Pose
from tray_agent.figure.props import Prop, Thing, floor
from tray_agent.figure.shapes import Role


def top(prop: Prop) -> float:
    shapes = [s for s in prop.shapes() if s.role is not Role.PROP_EDGE]
    return max(y for shape in shapes for part in shape.parts for _, y in part)


@pytest.mark.parametrize("thing", Thing)
def test_everything_can_be_drawn(thing: Thing) -> None:
    shapes = Prop(thing, (0.2, 0.4)).shapes()
    assert shapes
    assert all(len(part) >= 2 for shape in shapes for part in shape.parts)


@pytest.mark.parametrize("thing", [Thing.DESK, Thing.BENCH, Thing.MAT, Thing.CUSHION])
def test_what_bodies_rest_on_is_drawn_up_to_its_surface(thing: Thing) -> None:
    prop = Prop(thing, (0.0, 0.05))
    assert prop.surface() == ("y", 0.05)
    assert top(prop) == pytest.approx(0.05, abs=0.003)


def test_a_wall_is_leant_on_from_the_left() -> None:
    wall = Prop(Thing.WALL, (0.3, 0.0))
    assert wall.surface() == ("x", 0.3)
    face = min(x for part in wall.shapes()[0].parts for x, _ in part)
    assert face == pytest.approx(0.3)


def test_a_chair_stands_on_legs_and_has_its_back_where_told() -> None:
    for back in (-1, 1):
        chair = Prop(Thing.CHAIR, (0.0, 0.22), back=back)  # type: ignore[arg-type]
        points = [point for shape in chair.shapes() for part in shape.parts for point in part]
        assert min(y for _, y in points) == pytest.approx(0, abs=0.003)
        highest = max(points, key=lambda point: point[1])
        assert highest[0] * back > 0
        assert highest[1] == pytest.approx(0.22 + 0.256, abs=0.005)


def test_a_small_ball_has_no_seam() -> None:
    assert len(Prop(Thing.BALL, (0, 0.03), size=0.03).shapes()) == 1
    assert len(Prop(Thing.BALL, (0, 0.07), size=0.07).shapes()) == 2


def test_a_helper_goes_along_with_the_leg() -> None:
    body = settle(Pose(), Anchor("near_foot", (0.3, 0.0)))
    helper = Prop(Thing.HELPER, (0.02, 0.01), on="near_ankle").beside(body)
    assert helper.at == pytest.approx((0.32, 0.05))


def test_the_floor_is_the_line_under_everything() -> None:
    (line,) = floor(-1, 1)
    assert (line.role, line.parts[0][0][0], line.parts[0][1][0]) == (Role.FLOOR, -1, 1)
    assert line.parts[0][0][1] + line.width / 2 == pytest.approx(0)
