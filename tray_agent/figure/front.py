"""A body seen from the front, or lying and seen from above: places of joints instead of angles.

A joint named without a half stands for both, mirrored; `near_` and `far_` come first.  The near half, the
one that works, is the figure's own right and so on the viewer's left.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from tray_agent.figure.geometry import (
    Outline,
    Point,
    angle_to,
    between,
    bezier,
    disc,
    distance,
    moved,
    placed,
    smooth,
)
from tray_agent.figure.marks import striped
from tray_agent.figure.muscles import Muscle
from tray_agent.figure.shapes import Limb, Role, Shape

RIM = 0.007

_TORSO = (
    (0.20, 0.086),
    (0.42, 0.080),
    (0.62, 0.088),
    (0.80, 0.106),
    (0.93, 0.118),
    (1.04, 0.124),
    (1.115, 0.104),
    (1.165, 0.056),
    (1.185, 0.030),
)
_HIPS = ((-0.10, 0.046), (-0.03, 0.086), (0.06, 0.100), (0.16, 0.095), (0.27, 0.086))
_BAND = ((0.235, 0.0895), (0.275, 0.0865))
_CHEEK = ((0.0, -0.068), (0.026, -0.058), (0.043, -0.030), (0.049, 0.010), (0.042, 0.045), (0.020, 0.064))
_CAP = ((0.050, -0.004), (0.055, 0.030), (0.044, 0.062), (0.018, 0.078))
_FRINGE = ((0.041, 0.022), (0.020, 0.036), (0.0, 0.040))


_FACE = smooth((*_CHEEK, *((-x, y) for x, y in reversed(_CHEEK[1:]))), 4)
_HAIR = smooth(
    (*_CAP, *((-x, y) for x, y in reversed(_CAP)), *((-x, y) for x, y in _FRINGE[:2]), *reversed(_FRINGE)), 4
)
_EYES = (disc((-0.018, -0.002), 0.0055, 1.3), disc((0.018, -0.002), 0.0055, 1.3))
_EARS = (disc((-0.049, -0.006), 0.011, 1.4), disc((0.049, -0.006), 0.011, 1.4))


@dataclass(frozen=True)
class FlatBody:
    """Places of joints as they are seen."""

    points: Mapping[str, Point]

    def point(self, name: str) -> Point:
        """A named joint, mirrored where both halves are alike; `KeyError` if there is none."""
        if name in self.points:
            return self.points[name]
        half, _, joint = name.partition("_")
        if half not in {"near", "far"} or joint not in self.points:
            raise KeyError(name)
        x, y = self.points[joint]
        return (-x, y) if half == "near" else (x, y)

    def middle(self, joint: str) -> Point:
        """Half way between the two of a joint."""
        return between(self.point(f"near_{joint}"), self.point(f"far_{joint}"), 0.5)

    def spine(self, t: float) -> Point:
        """The middle of the trunk, from hips (0) to shoulders (1), and straight on beyond."""
        low, above, below, high, up = self._curve
        if t > 1:
            return moved(high, up, distance(low, high) * (t - 1))
        return bezier(low, above, below, high, t)

    @cached_property
    def _curve(self) -> tuple[Point, Point, Point, Point, float]:
        """The four points of the spine's curve, and where up is between the shoulders."""
        low, high = self.middle("hip"), self.middle("shoulder")
        up = angle_to(self.point("near_shoulder"), self.point("far_shoulder")) + 90
        reach = distance(low, high)
        return low, (low[0], low[1] + reach * 0.35), moved(high, up, -reach * 0.3), high, up


def shapes(body: FlatBody, working: Collection[str], muscles: Collection[Muscle]) -> tuple[Shape, ...]:
    """All of a body that looks at the viewer; `working` halves have their leg highlighted."""
    legs = (
        shape
        for half in ("far", "near")
        for shape in (
            *_leg(body, half, Role.WORKING if half in working else Role.BOTTOM),
            *(striped(_inner_thigh(body, half)) if Muscle.INNER_THIGH in muscles else ()),
        )
    )
    return (
        *_trunk(body),
        *(striped(_flank(body)) if Muscle.FLANK in muscles else ()),
        *_head(body),
        *legs,
        *_arm(body, "far"),
        *_arm(body, "near"),
    )


def _inner_thigh(body: FlatBody, half: str) -> Outline:
    """The patch of an adductor, from the groin along the thigh."""
    hip, knee = body.point(f"{half}_hip"), body.point(f"{half}_knee")
    side = 1.0 if half == "near" else -1.0
    along = angle_to(hip, knee)
    reach = ((0.12, 0.0), (0.45, 0.004), (0.82, 0.006), (0.80, 0.026), (0.45, 0.040), (0.14, 0.036))
    length = ((hip[0] - knee[0]) ** 2 + (hip[1] - knee[1]) ** 2) ** 0.5
    return smooth([moved(hip, along, forth * length, across * side) for forth, across in reach], 4)


def _flank(body: FlatBody) -> Outline:
    """The patch from the near hip up the side of the trunk, long when that leans away."""
    edge = [_beside(body, t, -width) for t, width in ((0.10, 0.090), (0.45, 0.076), (0.80, 0.095))]
    inner = [_beside(body, t, -width) for t, width in ((0.76, 0.058), (0.45, 0.038), (0.12, 0.046))]
    return smooth([*edge, *inner], 5)


def _beside(body: FlatBody, t: float, across: float) -> Point:
    return moved(body.spine(t), _lean(body, t), 0.0, -across)


def _lean(body: FlatBody, t: float) -> float:
    """Where the spine goes at `t`."""
    return angle_to(body.spine(t - 0.015), body.spine(t + 0.015))


def _tube(body: FlatBody, profile: tuple[tuple[float, float], ...]) -> Outline:
    """Both sides of the trunk, so wide at each place along the spine."""
    right, left = [], []
    for t, width in profile:
        middle, lean = body.spine(t), _lean(body, t)
        right.append(moved(middle, lean, 0.0, -width))
        left.append(moved(middle, lean, 0.0, width))
    return (*right, *reversed(left))


def _trunk(body: FlatBody) -> tuple[Shape, ...]:
    return (
        Shape(
            Role.TOP, (smooth(_tube(body, _TORSO), 3), _sleeve(body, "far"), _sleeve(body, "near")), halo=RIM
        ),
        Shape(Role.BOTTOM, (smooth(_tube(body, _HIPS), 3),), halo=RIM),
        Shape(Role.BAND, (_tube(body, _BAND),)),
    )


def _head(body: FlatBody) -> tuple[Shape, ...]:
    skull, chest = body.point("head"), body.spine(1.0)
    lean = 180 - angle_to(chest, skull)

    def put(outline: Outline) -> Outline:
        return placed(tuple((-y, x) for x, y in outline), skull, -lean)

    neck = Limb(between(chest, skull, 0.24), between(chest, skull, 0.7), 0.034, 0.027)
    return (
        Shape(Role.SKIN, (neck,), halo=RIM * 0.8),
        Shape(Role.SKIN, tuple(map(put, _EARS)), halo=RIM * 0.6),
        Shape(Role.SKIN, (put(_FACE),), halo=RIM * 0.8),
        Shape(Role.HAIR, (put(_HAIR),)),
        Shape(Role.FEATURE, tuple(map(put, _EYES))),
    )


def _leg(body: FlatBody, half: str, role: Role) -> tuple[Shape, ...]:
    hip, knee, ankle, toe = (body.point(f"{half}_{joint}") for joint in ("hip", "knee", "ankle", "toe"))
    cuff = between(knee, ankle, 0.82)
    return (
        Shape(Role.SKIN, (Limb(between(knee, ankle, 0.7), ankle, 0.023, 0.021),)),
        Shape(Role.SHOE, (Limb(ankle, toe, 0.030, 0.024),), halo=RIM),
        Shape(role, (Limb(hip, knee, 0.060, 0.043),), halo=RIM),
        Shape(role, (Limb(knee, cuff, 0.042, 0.031),), halo=RIM),
        Shape(role, (Limb(between(hip, knee, 0.86), knee, 0.040, 0.039),)),
    )


def _sleeve(body: FlatBody, half: str) -> Limb:
    shoulder, elbow = body.point(f"{half}_shoulder"), body.point(f"{half}_elbow")
    return Limb(shoulder, between(shoulder, elbow, 0.5), 0.036, 0.034)


def _arm(body: FlatBody, half: str) -> tuple[Shape, ...]:
    shoulder, elbow, wrist = (body.point(f"{half}_{joint}") for joint in ("shoulder", "elbow", "wrist"))
    hand = moved(wrist, angle_to(elbow, wrist), 0.05)
    bare = (
        Limb(between(shoulder, elbow, 0.5), elbow, 0.026, 0.021),
        Limb(elbow, wrist, 0.022, 0.015),
        Limb(wrist, hand, 0.016, 0.016),
    )
    # The sleeve once more: the shoulder of the bare arm ends inside it.
    return (Shape(Role.SKIN, bare, halo=RIM * 0.8), Shape(Role.TOP, (_sleeve(body, half),)))
