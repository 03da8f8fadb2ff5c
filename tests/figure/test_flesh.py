from __future__ import annotations

import math

import pytest

from tray_agent.figure import flesh
from tray_agent.figure.body import Anchor, settle
from tray_agent.figure.pose import Half, Pin, Pose
from tray_agent.figure.shapes import Role, Shape

STANDING = settle(Pose(), Anchor("near_foot"))


def span(shapes: tuple[Shape, ...], role: Role, axis: int) -> float:
    values = [point[axis] for shape in shapes if shape.role is role for part in shape.parts for point in part]
    return max(values) - min(values)


def lowest(shapes: tuple[Shape, ...]) -> float:
    return min(y for shape in shapes for part in shape.parts for _, y in part)


def test_a_leg_has_volume_and_stands_on_the_floor() -> None:
    leg = flesh.leg(STANDING, STANDING.near, Role.WORKING)
    assert span(leg, Role.WORKING, 0) > 0.1, "a thigh, not a stick"
    assert lowest(leg) == pytest.approx(0, abs=0.003)
    assert {shape.role for shape in leg} >= {Role.SKIN, Role.SHOE, Role.SOLE, Role.WORKING}


def test_the_far_side_is_told_apart() -> None:
    assert all(s.far for s in flesh.arm(STANDING, STANDING.far, far=True))
    assert not any(s.far for s in flesh.arm(STANDING, STANDING.near))


@pytest.mark.parametrize("knee", [0, 60, 130])
def test_no_limb_comes_off(knee: float) -> None:
    body = settle(Pose(near=Half(hip=30, knee=knee)), Anchor("hip"))
    trousers = next(s for s in flesh.leg(body, body.near, Role.BOTTOM) if s.role is Role.BOTTOM)
    thigh, disc, shank = trousers.parts
    for part in (thigh, shank):
        assert min(math.dist(point, body.near.knee) for point in part) < 0.045
    assert min(math.dist(point, body.near.knee) for point in disc) > 0.03


def test_toes_lie_on_the_floor_when_the_heel_is_up() -> None:
    body = settle(Pose(pins={"near_toe": Pin((0.0, 0.0), turn=45.0)}), Anchor("hip", (0.1, 0.48)))
    sole = next(s for s in flesh.leg(body, body.near, Role.BOTTOM) if s.role is Role.SOLE)
    toes = sole.parts[1]
    assert min(y for _, y in toes) == pytest.approx(0, abs=0.003)
    assert max(y for _, y in toes) < 0.012
    raised = settle(Pose(near=Half(ankle=-45)), Anchor("hip", (0, 1.0)))
    sole = next(s for s in flesh.leg(raised, raised.near, Role.BOTTOM) if s.role is Role.SOLE)
    ys = [y for _, y in sole.parts[1]]
    assert max(ys) - min(ys) > 0.015, "in the air nothing bends them"


def test_the_waistband_goes_with_the_pelvis() -> None:
    tucked = settle(Pose(pelvis=-12), Anchor("near_foot"))
    bands = [
        next(s for s in flesh.trunk(body) if s.role is Role.BAND).parts[0] for body in (STANDING, tucked)
    ]
    fronts = [band[0][1] - band[3][1] for band in bands]
    assert fronts[1] > fronts[0] + 0.02


def test_the_face_looks_forward() -> None:
    head = flesh.head(STANDING)
    hair = [x for s in head if s.role is Role.HAIR for x, _ in s.parts[0]]
    eye = next(s for s in head if s.role is Role.FEATURE).parts[0][0][0]
    assert eye > STANDING.skull[0] > sum(hair) / len(hair)


def test_the_spine_runs_from_hip_to_shoulder() -> None:
    curve = flesh.spine(STANDING)
    assert (curve[0], curve[-1]) == (STANDING.hip, STANDING.shoulder)
    assert STANDING.hip[1] < curve[1][1] < curve[2][1] < STANDING.shoulder[1]
