from __future__ import annotations

import pytest

from tray_agent.figure import front
from tray_agent.figure.muscles import Muscle
from tray_agent.figure.shapes import Role

POINTS = {
    "hip": (0.06, 0.1),
    "knee": (0.26, 0.15),
    "ankle": (0.08, 0.05),
    "toe": (0.03, 0.03),
    "shoulder": (0.12, 0.38),
    "elbow": (0.2, 0.23),
    "wrist": (0.13, 0.11),
    "head": (0.0, 0.5),
}
BODY = front.FlatBody(POINTS)


def test_one_half_stands_for_both() -> None:
    assert BODY.point("far_knee") == (0.26, 0.15)
    assert BODY.point("near_knee") == (-0.26, 0.15)
    assert BODY.middle("hip") == pytest.approx((0.0, 0.1))
    assert front.FlatBody({**POINTS, "near_knee": (-0.3, 0.0)}).point("near_knee") == (-0.3, 0.0)
    with pytest.raises(KeyError):
        BODY.point("near_tail")


def test_a_symmetric_body_is_drawn_symmetric() -> None:
    shapes = front.shapes(BODY, ("near", "far"), ())
    xs = [x for shape in shapes for part in shape.parts for x, _ in part]
    assert max(xs) == pytest.approx(-min(xs), abs=0.002)


def test_only_the_working_leg_is_highlighted() -> None:
    working = [s for s in front.shapes(BODY, ("near",), ()) if s.role is Role.WORKING]
    assert working
    assert all(sum(x for x, _ in s.parts[0]) < 0 for s in working), "the figure's right is on our left"


def test_muscles_are_striped() -> None:
    for muscle, patches in ((Muscle.INNER_THIGH, 2), (Muscle.FLANK, 1)):
        shapes = front.shapes(BODY, (), (muscle,))
        assert sum(s.role is Role.MUSCLE for s in shapes) == patches
        assert sum(s.role is Role.STRIPE for s in shapes) == patches


def test_the_spine_bends_with_the_shoulders() -> None:
    leaning = front.FlatBody({**POINTS, "near_shoulder": (-0.03, 0.41), "far_shoulder": (0.19, 0.34)})
    assert leaning.spine(0) == pytest.approx((0, 0.1))
    assert leaning.spine(1) == pytest.approx((0.08, 0.375))
    assert leaning.spine(1.2)[0] > leaning.spine(1)[0], "the neck goes on the way the trunk leans"
    assert BODY.spine(1.2)[1] > BODY.spine(1)[1]
