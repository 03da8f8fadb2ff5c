"""What a body does at one moment: joint angles, and hands and feet that rest on something.

Seen from the side a pose is angles; hands and feet named in `pins` are put where the pin says and knee
and elbow follow.  Seen from the front or from above a pose is the joints' own places, in `points`.
The near half of the body is the one that works.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tray_agent.figure.geometry import Point


@dataclass(frozen=True, slots=True)
class Half:
    """The limbs of one side, in degrees from standing to attention; bending and raising are positive.

    `hip` and `shoulder` are measured against the trunk, `knee`, `ankle` and `elbow` against the segment
    above; a pointed foot is negative, a `hand` bent towards the palm positive.
    """

    hip: float = 0.0
    knee: float = 0.0
    ankle: float = 0.0
    shoulder: float = 5.0
    elbow: float = 10.0
    hand: float = 10.0


@dataclass(frozen=True, slots=True)
class Pin:
    """Where a hand or a foot rests: a place, or an offset from the joint it holds `on` to.

    `turn` is the direction of fingers or toes; without it a foot lies flat and a hand follows its arm.
    """

    at: Point = (0.0, 0.0)
    on: str = ""
    turn: float | None = None


@dataclass(frozen=True, slots=True)
class Pose:
    """A whole body.

    `trunk` leans from upright (90 is face down, -90 on the back), `pelvis` tilts against the trunk
    (negative tucks the tail under), `head` nods against the trunk.  `marks` are the arrows and pressed points
    that show, with their strength from 0 to 1.
    """

    trunk: float = 0.0
    pelvis: float = 0.0
    head: float = 0.0
    near: Half = Half()
    far: Half = Half()
    pins: Mapping[str, Pin] = field(default_factory=dict)
    points: Mapping[str, Point] = field(default_factory=dict)
    marks: Mapping[str, float] = field(default_factory=dict)


def blend(one: Pose, other: Pose, share: float) -> Pose:
    """The pose `share` of the way from one to the other; what is pinned in both stays pinned."""

    def mix(a: float, b: float) -> float:
        return a + (b - a) * share

    def pair(a: Point, b: Point) -> Point:
        return mix(a[0], b[0]), mix(a[1], b[1])

    def half(a: Half, b: Half) -> Half:
        return Half(
            mix(a.hip, b.hip),
            mix(a.knee, b.knee),
            mix(a.ankle, b.ankle),
            mix(a.shoulder, b.shoulder),
            mix(a.elbow, b.elbow),
            mix(a.hand, b.hand),
        )

    def pin(a: Pin, b: Pin) -> Pin:
        turn = b.turn if a.turn is None or b.turn is None else mix(a.turn, b.turn)
        return Pin(pair(a.at, b.at), b.on, turn)

    pinned = {name: pin(one.pins[name], to) for name, to in other.pins.items() if _same(one, name, to)}
    names = sorted({*one.marks, *other.marks})
    points = {name: pair(one.points[name], to) for name, to in other.points.items()}
    return Pose(
        mix(one.trunk, other.trunk),
        mix(one.pelvis, other.pelvis),
        mix(one.head, other.head),
        half(one.near, other.near),
        half(one.far, other.far),
        pinned,
        points,
        {name: mix(one.marks.get(name, 0.0), other.marks.get(name, 0.0)) for name in names},
    )


def _same(one: Pose, name: str, to: Pin) -> bool:
    return name in one.pins and one.pins[name].on == to.on
