"""Points, directions and outlines.

A direction is an angle in degrees from straight down, growing towards +x: 0 is down, 90 forward, 180 up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache

Point = tuple[float, float]
Outline = tuple[Point, ...]

_CIRCLE = tuple((math.cos(step * math.tau / 20), math.sin(step * math.tau / 20)) for step in range(20))


def axes(angle: float) -> tuple[Point, Point]:
    """The unit vectors of a direction and of its front (90 degrees further)."""
    turn = math.radians(angle)
    sin, cos = math.sin(turn), math.cos(turn)
    return (sin, -cos), (cos, sin)


def angle_to(start: Point, end: Point) -> float:
    """The direction from one point to another."""
    return math.degrees(math.atan2(end[0] - start[0], start[1] - end[1]))


def moved(point: Point, angle: float, forth: float, side: float = 0.0) -> Point:
    """`forth` along a direction, and `side` towards its front (90 degrees further)."""
    turn = math.radians(angle)
    sin, cos = math.sin(turn), math.cos(turn)
    return point[0] + forth * sin + side * cos, point[1] - forth * cos + side * sin


def placed(outline: Iterable[Point], origin: Point, angle: float) -> Outline:
    """A local outline, given as (forth, side), put at `origin` and turned to `angle`."""
    turn = math.radians(angle)
    sin, cos = math.sin(turn), math.cos(turn)
    x, y = origin
    return tuple((x + forth * sin + side * cos, y - forth * cos + side * sin) for forth, side in outline)


def between(one: Point, other: Point, share: float) -> Point:
    """The point `share` of the way from one to the other."""
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def distance(one: Point, other: Point) -> float:
    """How far two points lie apart."""
    return math.dist(one, other)


def disc(centre: Point, radius: float, flat: float = 1.0) -> Outline:
    """A circle, or an ellipse `flat` times as high as it is wide."""
    x, y = centre
    return tuple((x + radius * cos, y + radius * flat * sin) for cos, sin in _CIRCLE)


def capsule(start: Point, end: Point, first: float, last: float) -> Outline:
    """A limb with round ends: `first` thick (radius) at the start, `last` at the end."""
    length = distance(start, end)
    if length <= abs(first - last):
        return disc(start, first) if first > last else disc(end, last)
    axis = math.atan2(end[1] - start[1], end[0] - start[0])
    lean = math.acos((first - last) / length)
    return (
        *_arc(end, last, axis - lean, axis + lean),
        *_arc(start, first, axis + lean, axis + math.tau - lean),
    )


def _arc(centre: Point, radius: float, begin: float, end: float, steps: int = 7) -> Outline:
    turns = (begin + (end - begin) * step / steps for step in range(steps + 1))
    return tuple((centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn)) for turn in turns)


def rounded(left: float, bottom: float, right: float, top: float, radius: float) -> Outline:
    """A rectangle with round corners."""
    radius = min(radius, (right - left) / 2, (top - bottom) / 2)
    corners = (
        (right - radius, top - radius),
        (left + radius, top - radius),
        (left + radius, bottom + radius),
        (right - radius, bottom + radius),
    )
    quarter = math.pi / 2
    return tuple(
        point
        for number, corner in enumerate(corners)
        for point in _arc(corner, radius, number * quarter, (number + 1) * quarter, 5)
    )


def smooth(points: Sequence[Point], steps: int = 4, *, closed: bool = True) -> Outline:
    """A soft line through all points (Catmull-Rom)."""
    count = len(points)
    curve: list[Point] = []
    for number in range(count if closed else count - 1):
        if closed:
            a, b, c, d = (points[(number + offset) % count] for offset in (-1, 0, 1, 2))
        else:
            a, b, c, d = (points[min(max(number + offset, 0), count - 1)] for offset in (-1, 0, 1, 2))
        curve += (
            (
                wa * a[0] + wb * b[0] + wc * c[0] + wd * d[0],
                wa * a[1] + wb * b[1] + wc * c[1] + wd * d[1],
            )
            for wa, wb, wc, wd in _weights(steps)
        )
    return tuple(curve) if closed else (*curve, points[-1])


@cache
def _weights(steps: int) -> tuple[tuple[float, float, float, float], ...]:
    """How much each of four points in a row counts, on the way from the second to the third."""
    shares = [step / steps for step in range(steps)]
    return tuple(
        (
            (-(t**3) + 2 * t**2 - t) / 2,
            (3 * t**3 - 5 * t**2 + 2) / 2,
            (-3 * t**3 + 4 * t**2 + t) / 2,
            (t**3 - t**2) / 2,
        )
        for t in shares
    )


def bezier(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    """The point at `t` of a cubic curve."""
    u = 1 - t
    wa, wb, wc, wd = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
    return wa * a[0] + wb * b[0] + wc * c[0] + wd * d[0], wa * a[1] + wb * b[1] + wc * c[1] + wd * d[1]
