from __future__ import annotations

import pytest

from tray_agent.figure.pose import Half, Pin, Pose, blend


def test_every_angle_is_blended() -> None:
    one = Pose(0, 0, 0, Half(0, 0, 0, 0, 0, 0), Half(0, 0, 0, 0, 0, 0))
    other = Pose(10, 20, 30, Half(2, 4, 6, 8, 10, 12), Half(-2, -4, -6, -8, -10, -12))
    assert blend(one, other, 0.5) == Pose(5, 10, 15, Half(1, 2, 3, 4, 5, 6), Half(-1, -2, -3, -4, -5, -6))
    assert blend(one, other, 0) == one
    assert blend(one, other, 1) == other


def test_only_what_is_pinned_in_both_stays_pinned() -> None:
    one = Pose(pins={"near_foot": Pin((0, 0)), "far_hand": Pin(on="hip"), "near_hand": Pin((0, 1), turn=90)})
    other = Pose(pins={"near_foot": Pin((1, 0)), "far_hand": Pin((2, 2)), "near_hand": Pin((0, 2), turn=180)})
    assert blend(one, other, 0.5).pins == {
        "near_foot": Pin((0.5, 0)),
        "near_hand": Pin((0, 1.5), turn=135),
    }


def test_a_mark_of_one_pose_fades() -> None:
    assert blend(Pose(marks={"up": 1.0}), Pose(marks={"down": 1.0}), 0.25).marks == {
        "down": 0.25,
        "up": 0.75,
    }


def test_places_are_blended_too() -> None:
    assert blend(Pose(points={"knee": (0, 0)}), Pose(points={"knee": (1, 2)}), 0.5).points == {
        "knee": pytest.approx((0.5, 1.0))
    }
