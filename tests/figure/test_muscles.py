from __future__ import annotations

import pytest

from tray_agent.figure.body import Anchor, settle
from tray_agent.figure.muscles import Muscle, patch
from tray_agent.figure.pose import Half, Pose

STANDING = settle(Pose(), Anchor("near_foot"))


def middle(muscle: Muscle, pose: Pose | None = None) -> tuple[float, float]:
    body = settle(pose, Anchor("hip", STANDING.hip)) if pose else STANDING
    outline = patch(body, muscle)
    return sum(x for x, _ in outline) / len(outline), sum(y for _, y in outline) / len(outline)


def test_muscles_lie_where_they_are() -> None:
    hip = STANDING.hip
    assert middle(Muscle.BUTTOCK)[0] < hip[0] - 0.03
    assert middle(Muscle.HIP_FRONT)[0] > hip[0] + 0.02
    assert middle(Muscle.THIGH_FRONT)[1] < hip[1] - 0.05


def test_what_crosses_the_hip_follows_pelvis_and_thigh() -> None:
    tilted = middle(Muscle.HIP_FRONT, Pose(pelvis=-12))
    lifted = middle(Muscle.HIP_FRONT, Pose(near=Half(hip=60)))
    assert tilted != pytest.approx(middle(Muscle.HIP_FRONT), abs=1e-4)
    assert lifted[0] > middle(Muscle.HIP_FRONT)[0]
    assert middle(Muscle.BUTTOCK, Pose(near=Half(hip=60))) == pytest.approx(middle(Muscle.BUTTOCK))


def test_a_deep_bend_does_not_fold_the_patch() -> None:
    body = settle(Pose(near=Half(hip=120, knee=120)), Anchor("hip"))
    outline = patch(body, Muscle.HIP_FRONT)
    area = (
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(outline, [*outline[1:], outline[0]], strict=True)) / 2
    )
    assert abs(area) > 0.003
