from __future__ import annotations

import math

import pytest

from tray_agent.figure import body as b
from tray_agent.figure.pose import Half, Pin, Pose

FEET = b.Anchor("near_foot")


def test_a_standing_body_is_one_body_high() -> None:
    body = b.settle(Pose(), FEET)
    assert body.hip == pytest.approx((0, 0.53))
    assert body.shoulder[1] == pytest.approx(0.818)
    assert body.skull[1] + b.SKULL == pytest.approx(1.0, abs=0.02)
    assert body.point("far_toe") == pytest.approx((b.BALL, 0))


def test_angles_bend_the_way_they_are_named() -> None:
    body = b.settle(Pose(near=Half(hip=90, knee=90, shoulder=90, elbow=90)), b.Anchor("hip"))
    assert body.near.knee == pytest.approx((b.THIGH, 0))
    assert body.near.ankle == pytest.approx((b.THIGH, -b.SHANK))
    assert body.near.elbow == pytest.approx((b.UPPER_ARM, b.TRUNK))
    assert body.near.wrist == pytest.approx((b.UPPER_ARM, b.TRUNK + b.FOREARM))


def test_a_leaning_trunk_takes_the_hips_angle_along() -> None:
    body = b.settle(Pose(trunk=30, near=Half(hip=30)), FEET)
    assert body.near.thigh == 0
    assert body.shoulder[0] - body.hip[0] == pytest.approx(b.TRUNK * 0.5)


def test_the_anchor_stays_put() -> None:
    for pose in (Pose(), Pose(trunk=40, near=Half(hip=80, knee=70))):
        body = b.settle(pose, b.Anchor("near_knee", (0.1, 0.03)))
        assert body.point("near_knee") == pytest.approx((0.1, 0.03))


def test_the_ground_is_under_the_lower_foot() -> None:
    body = b.settle(Pose(near=Half(hip=50), far=Half(knee=20)), b.Anchor("ground"))
    soles = [body.point(f"{half}_{part}")[1] for half in ("near", "far") for part in ("toe", "heel")]
    assert min(soles) == pytest.approx(0)


@pytest.mark.parametrize("part", ["foot", "toe", "heel"])
def test_a_pinned_foot_is_where_the_pin_is(part: str) -> None:
    pin = Pin((0.2, 0.0), turn=70.0)
    body = b.settle(Pose(pins={f"far_{part}": pin}, far=Half(hip=20, knee=30)), b.Anchor("hip", (0, 0.42)))
    assert body.point(f"far_{part}") == pytest.approx((0.2, 0.0))
    assert body.far.foot == 70
    assert body.far.thigh >= body.far.shank, "the knee bends forward"


def test_a_pinned_foot_lies_flat_unless_told() -> None:
    body = b.settle(Pose(pins={"far_foot": Pin((0.3, 0.0))}), b.Anchor("hip", (0, 0.4)))
    assert body.point("far_toe")[1] == pytest.approx(body.point("far_heel")[1])


def test_hands_reach_places_and_joints() -> None:
    pins = {"near_hand": Pin((0.25, 0.8), turn=180), "far_hand": Pin(on="hip", at=(0, 0.08))}
    body = b.settle(Pose(pins=pins), FEET)
    assert body.point("near_hand") == pytest.approx((0.25, 0.8))
    assert body.near.wrist[0] == pytest.approx(0.25 - b.PALM)
    assert body.far.wrist == pytest.approx((body.hip[0], body.hip[1] + 0.08))
    fingers = b.settle(Pose(pins={"near_fingers": Pin((0.1, 0.43), turn=20)}), FEET)
    assert fingers.point("near_fingers") == pytest.approx((0.1, 0.43))


def test_a_place_out_of_reach_is_reached_for() -> None:
    body = b.settle(Pose(pins={"near_hand": Pin((5.0, body_height := 0.818))}), FEET)
    assert body_height == pytest.approx(body.near.wrist[1], abs=0.01)
    assert math.dist(body.near.wrist, body.shoulder) == pytest.approx(b.UPPER_ARM + b.FOREARM, abs=1e-3)


def test_settled_angles_lead_to_the_same_body_unpinned() -> None:
    pose = Pose(
        trunk=12,
        near=Half(hip=15),
        far=Half(hip=100, knee=100),
        pins={"far_foot": Pin((0.3, 0.0)), "near_hand": Pin(on="hip", at=(0, 0.08))},
    )
    anchor = b.Anchor("hip", (0, 0.35))
    was = b.settle(pose, anchor)
    free = b.settled(pose, anchor)
    now = b.settle(Pose(free.trunk, free.pelvis, free.head, free.near, free.far), anchor)
    assert now.far.ankle == pytest.approx(was.far.ankle)
    assert now.near.wrist == pytest.approx(was.near.wrist)
    assert now.far.foot == pytest.approx(was.far.foot)


def test_unknown_places_are_refused() -> None:
    body = b.settle(Pose(), FEET)
    for name in ("near_nose", "tail"):
        with pytest.raises(KeyError):
            body.point(name)
