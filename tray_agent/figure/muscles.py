"""Where the muscles at work lie on a body seen from the side."""

from __future__ import annotations

from enum import StrEnum

from tray_agent.figure.body import Body
from tray_agent.figure.flesh import at_lean
from tray_agent.figure.geometry import Outline, placed, smooth


class Muscle(StrEnum):
    """What is stretched or strengthened, striped in the picture."""

    HIP_FRONT = "hip_front"
    THIGH_FRONT = "thigh_front"
    BUTTOCK = "buttock"
    INNER_THIGH = "inner_thigh"
    FLANK = "flank"


# Along the near thigh: (how far down, towards the front); in the pelvis: (towards the front, up).
_THIGH_FRONT = smooth(
    ((0.02, 0.048), (0.09, 0.057), (0.20, 0.041), (0.19, 0.016), (0.10, 0.012), (0.03, 0.018))
)
_BUTTOCK = smooth(
    (
        (-0.030, 0.058),
        (-0.062, 0.046),
        (-0.074, 0.008),
        (-0.068, -0.030),
        (-0.044, -0.052),
        (-0.012, -0.030),
        (-0.008, 0.020),
    )
)
_GROIN = ((0.020, 0.070), (0.056, 0.072), (0.057, 0.030))
_FOLDS = 40.0
_BELOW_GROIN = ((0.05, 0.055), (0.13, 0.050), (0.135, 0.024), (0.05, 0.014))


def patch(body: Body, muscle: Muscle) -> Outline:
    """Where it lies on the near side; what crosses the hip follows pelvis and thigh alike."""
    if muscle is Muscle.BUTTOCK:
        return at_lean(_BUTTOCK, body.hip, body.pelvis)
    if muscle is Muscle.THIGH_FRONT:
        return _on_thigh(body, _THIGH_FRONT)
    # A groin folds away in a deep bend; the patch does not fold with it.
    lean = min(body.pelvis, _FOLDS - body.near.thigh)
    return smooth((*at_lean(_GROIN, body.hip, lean), *_on_thigh(body, _BELOW_GROIN)), 4)


def _on_thigh(body: Body, points: Outline) -> Outline:
    return placed(points, body.hip, body.near.thigh)
