"""Where the joints of a body are: angles become places, and pinned hands and feet stay put.

Segment lengths after Drillis and Contini, in body heights.  The ankle joint lies above the sole, so that
a foot turns where a foot turns; `shank` + `SOLE` is the height of the knee.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from tray_agent.figure.geometry import Point, angle_to, distance, moved
from tray_agent.figure.pose import Half, Pin, Pose

THIGH = 0.245
SHANK = 0.245
SOLE = 0.04
BALL = 0.075
HEEL = 0.035
TRUNK = 0.288
UPPER_ARM = 0.186
FOREARM = 0.150
PALM = 0.017
FINGERS = 0.078
HEAD = 0.118

# A pelvis tilts by ten degrees and it matters; drawn half as much again, it is also seen.
TILT_SHOWN = 1.5

# How thick the body is, from the joint to what it rests on.
KNEE_PAD = 0.040
ELBOW_PAD = 0.026
BACK = 0.056
SEAT = 0.074
SKULL = 0.066


@dataclass(frozen=True, slots=True)
class Limbs:
    """Joints of one half and the directions of its segments."""

    knee: Point
    ankle: Point
    elbow: Point
    wrist: Point
    thigh: float
    shank: float
    foot: float
    upper: float
    fore: float
    hand: float


@dataclass(frozen=True, slots=True)
class Body:
    """A placed body; `trunk` and `head` are leans from upright, `pelvis` is that of the pelvis itself."""

    hip: Point
    shoulder: Point
    skull: Point
    trunk: float
    pelvis: float
    head: float
    near: Limbs
    far: Limbs

    def point(self, name: str) -> Point:
        """A named place on the skin or in a joint, such as `near_knee`; `KeyError` if there is none."""
        half, _, part = name.partition("_")
        if half not in {"near", "far"}:
            return self._middle(name)
        limbs = self.near if half == "near" else self.far
        match part:
            case "foot":
                return moved(limbs.ankle, limbs.foot, 0.0, -SOLE)
            case "toe":
                return moved(limbs.ankle, limbs.foot, BALL, -SOLE)
            case "heel":
                return moved(limbs.ankle, limbs.foot, -HEEL, -SOLE)
            case "instep":
                return moved(limbs.ankle, limbs.foot, BALL, 0.005)
            case "knee":
                return limbs.knee[0], limbs.knee[1] - KNEE_PAD
            case "elbow":
                return limbs.elbow[0], limbs.elbow[1] - ELBOW_PAD
            case "hand":
                return moved(limbs.wrist, limbs.hand, 0.0, -PALM)
            case "fingers":
                return moved(limbs.wrist, limbs.hand, FINGERS)
            case "patella":
                return limbs.knee
            case "ankle":
                return limbs.ankle
            case "wrist":
                return limbs.wrist
            case _:
                raise KeyError(name)

    def _middle(self, name: str) -> Point:
        match name:
            case "ground":
                return self.hip[0], min(self.point(sole)[1] for sole in _SOLES)
            case "hip":
                return self.hip
            case "seat":
                return self.hip[0], self.hip[1] - SEAT
            case "shoulder":
                return self.shoulder
            case "back":
                return self.shoulder[0], self.shoulder[1] - BACK
            case "head":
                return self.skull
            case "skull":
                return moved(self.skull, -self.head, 0.0, -SKULL)
            case _:
                raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The one point of a body that stays put, and its place; `ground` is level with the lower sole."""

    point: str
    at: Point = (0.0, 0.0)


def settle(pose: Pose, anchor: Anchor) -> Body:
    """The body in this pose, resting on its anchor and reaching its pins as far as its limbs go."""
    free = _free(pose)
    x, y = free.point(anchor.point)
    body = _shifted(free, anchor.at[0] - x, anchor.at[1] - y)
    # Hands may hold a knee or an ankle, so feet come first.
    for name in sorted(pose.pins, key=lambda name: name.endswith(_HANDS)):
        body = _reach(body, name, pose.pins[name])
    return body


_HANDS = ("hand", "fingers")
_SOLES = ("near_toe", "near_heel", "far_toe", "far_heel")


def settled(pose: Pose, anchor: Anchor) -> Pose:
    """The same pose with the angles its pins lead to, so that it can go on from there unpinned."""
    if not pose.pins:
        return pose
    body = settle(pose, anchor)
    return replace(pose, near=_angles(body, body.near, pose.near), far=_angles(body, body.far, pose.far))


def _angles(body: Body, limbs: Limbs, old: Half) -> Half:
    return Half(
        _near(limbs.thigh + body.trunk, old.hip),
        limbs.thigh - limbs.shank,
        _near(limbs.foot - limbs.shank - 90, old.ankle),
        _near(limbs.upper + body.trunk, old.shoulder),
        limbs.fore - limbs.upper,
        _near(limbs.hand - limbs.fore, old.hand),
    )


def _near(angle: float, other: float) -> float:
    """The same angle, whole turns away, that lies nearest to the other."""
    return angle - 360 * round((angle - other) / 360)


def _free(pose: Pose) -> Body:
    hip = (0.0, 0.0)
    shoulder = moved(hip, 180 - pose.trunk, TRUNK)
    head = pose.trunk + pose.head
    skull = moved(moved(shoulder, 180 - pose.trunk, 0.035), 180 - head, HEAD - 0.035, -0.012)
    near, far = (_limbs(half, pose.trunk, hip, shoulder) for half in (pose.near, pose.far))
    pelvis = pose.trunk + TILT_SHOWN * pose.pelvis
    return Body(hip, shoulder, skull, pose.trunk, pelvis, head, near, far)


def _limbs(half: Half, trunk: float, hip: Point, shoulder: Point) -> Limbs:
    thigh = half.hip - trunk
    shank = thigh - half.knee
    upper = half.shoulder - trunk
    fore = upper + half.elbow
    knee, elbow = moved(hip, thigh, THIGH), moved(shoulder, upper, UPPER_ARM)
    return Limbs(
        knee,
        moved(knee, shank, SHANK),
        elbow,
        moved(elbow, fore, FOREARM),
        thigh,
        shank,
        shank + 90 + half.ankle,
        upper,
        fore,
        fore + half.hand,
    )


def _shifted(body: Body, dx: float, dy: float) -> Body:
    def shift(point: Point) -> Point:
        return point[0] + dx, point[1] + dy

    def limbs(of: Limbs) -> Limbs:
        knee, ankle, elbow, wrist = (shift(point) for point in (of.knee, of.ankle, of.elbow, of.wrist))
        return replace(of, knee=knee, ankle=ankle, elbow=elbow, wrist=wrist)

    return replace(
        body,
        hip=shift(body.hip),
        shoulder=shift(body.shoulder),
        skull=shift(body.skull),
        near=limbs(body.near),
        far=limbs(body.far),
    )


def _reach(body: Body, name: str, pin: Pin) -> Body:
    half, _, part = name.partition("_")
    limbs = body.near if half == "near" else body.far
    x, y = body.point(pin.on) if pin.on else (0.0, 0.0)
    target = x + pin.at[0], y + pin.at[1]
    limbs = _hand(body, limbs, part, target, pin) if part in _HANDS else _foot(body, limbs, part, target, pin)
    return replace(body, near=limbs) if half == "near" else replace(body, far=limbs)


def _foot(body: Body, limbs: Limbs, part: str, target: Point, pin: Pin) -> Limbs:
    foot = 90.0 if pin.turn is None and part == "foot" else limbs.foot if pin.turn is None else pin.turn
    forth = {"foot": 0.0, "toe": BALL, "heel": -HEEL}[part]
    goal = moved(target, foot, -forth, SOLE)
    first, second = _bend(body.hip, goal, THIGH, SHANK)
    thigh, shank = first + second[0], first - second[1]
    knee = moved(body.hip, thigh, THIGH)
    return replace(limbs, knee=knee, ankle=moved(knee, shank, SHANK), thigh=thigh, shank=shank, foot=foot)


def _hand(body: Body, limbs: Limbs, part: str, target: Point, pin: Pin) -> Limbs:
    goal = target
    if pin.turn is not None:
        goal = moved(target, pin.turn, *((0.0, PALM) if part == "hand" else (-FINGERS, 0.0)))
    first, second = _bend(body.shoulder, goal, UPPER_ARM, FOREARM)
    upper, fore = first - second[0], first + second[1]
    elbow = moved(body.shoulder, upper, UPPER_ARM)
    hand = fore + limbs.hand - limbs.fore if pin.turn is None else pin.turn
    return replace(limbs, elbow=elbow, wrist=moved(elbow, fore, FOREARM), upper=upper, fore=fore, hand=hand)


def _bend(root: Point, goal: Point, upper: float, lower: float) -> tuple[float, tuple[float, float]]:
    """The direction to the goal, and by how much the two segments lean off it."""
    reach = min(max(distance(root, goal), abs(upper - lower) + 1e-6), upper + lower - 1e-6)
    at_root = math.acos((upper**2 + reach**2 - lower**2) / (2 * upper * reach))
    at_goal = math.acos((lower**2 + reach**2 - upper**2) / (2 * lower * reach))
    return angle_to(root, goal), (math.degrees(at_root), math.degrees(at_goal))
