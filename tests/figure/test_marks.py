from __future__ import annotations

import pytest

from tray_agent.figure.body import Anchor, settle
from tray_agent.figure.geometry import disc
from tray_agent.figure.marks import Mark, striped
from tray_agent.figure.pose import Pose
from tray_agent.figure.shapes import Role

BODY = settle(Pose(), Anchor("near_foot"))


def test_an_arrow_goes_from_start_to_end_beside_its_place() -> None:
    arrow = Mark("up", "arrow", "hip", (0.1, 0.0), (0.1, 0.2))
    shaft, head, _ = arrow.shapes(BODY, 1.0)
    assert shaft.parts[0][0] == pytest.approx((0.1, 0.53))
    assert max(head.parts[0], key=lambda point: point[1]) == pytest.approx((0.1, 0.73))
    assert shaft.width > 0


def test_a_bent_arrow_bows_to_its_left() -> None:
    straight, bent = (
        Mark("up", "arrow", "hip", end=(0, 0.2), bend=bend).shapes(BODY, 1.0)[0].parts[0] for bend in (0, 0.3)
    )
    assert max(abs(x) for x, _ in straight) < 0.001
    assert min(x for x, _ in bent) < -0.02


def test_a_pressed_point_is_a_dot_in_a_ring() -> None:
    ring, dot = Mark("heel", "press", "near_heel").shapes(BODY, 0.5)
    assert ring.role is dot.role is Role.PRESSED
    assert ring.strength == dot.strength == 0.5
    assert ring.width > 0 == dot.width


def test_stripes_stay_inside_their_patch() -> None:
    patch = disc((0, 0), 0.06)
    _, stripes = striped(patch)
    assert len(stripes.parts) >= 4
    reach = max((x * x + y * y) ** 0.5 for part in stripes.parts for x, y in part) + stripes.width / 2
    assert reach <= 0.06
