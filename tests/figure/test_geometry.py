from __future__ import annotations

import math

import pytest

from tray_agent.figure import geometry as g


def test_directions_grow_from_down_over_forward_to_up() -> None:
    for angle, point in ((0, (0, -1)), (90, (1, 0)), (180, (0, 1)), (-90, (-1, 0))):
        assert g.moved((0, 0), angle, 1) == pytest.approx(point)
        assert g.angle_to((0, 0), point) % 360 == pytest.approx(angle % 360)


def test_the_front_of_a_hanging_limb_is_forward() -> None:
    assert g.moved((0, 0), 0, 2, 1) == pytest.approx((1, -2))
    assert g.placed(((2, 1),), (5, 5), 0)[0] == pytest.approx((6, 3))


def test_a_smooth_line_goes_through_its_points() -> None:
    corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))
    assert set(corners) <= set(g.smooth(corners))
    opened = g.smooth(corners, closed=False)
    assert (opened[0], opened[-1]) == (corners[0], corners[-1])


def test_a_capsule_keeps_its_thickness_at_both_ends() -> None:
    outline = g.capsule((0, 0), (1, 0), 0.2, 0.1)
    assert min(math.dist(point, (0, 0)) for point in outline) == pytest.approx(0.2)
    assert max(x for x, _ in outline) == pytest.approx(1.1, abs=0.01)
    assert min(x for x, _ in outline) == pytest.approx(-0.2, abs=0.01)


def test_a_capsule_shorter_than_it_is_thick_is_a_disc() -> None:
    assert g.capsule((0, 0), (0.05, 0), 0.2, 0.1) == g.disc((0, 0), 0.2)
    assert g.capsule((0, 0), (0.05, 0), 0.1, 0.2) == g.disc((0.05, 0), 0.2)


def test_a_rounded_rectangle_stays_inside_itself() -> None:
    outline = g.rounded(0, 0, 2, 1, 9)
    assert min(x for x, _ in outline) == pytest.approx(0)
    assert max(y for _, y in outline) == pytest.approx(1)
    assert (0, 0) not in outline


def test_curves_begin_and_end_where_they_should() -> None:
    ends = (0.0, 0.0), (3.0, 1.0)
    assert g.bezier(ends[0], (1, 1), (2, 2), ends[1], 0) == ends[0]
    assert g.bezier(ends[0], (1, 1), (2, 2), ends[1], 1) == ends[1]
    assert g.between(ends[0], ends[1], 0.5) == (1.5, 0.5)
