"""What points at the body: arrows for directions, rings where it presses, stripes on the muscle at work."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, Protocol

from tray_agent.figure.geometry import Outline, Point, angle_to, bezier, disc, distance, moved
from tray_agent.figure.shapes import Role, Shape

_WIDTH = 0.016
_HEAD = 0.034
_RIM = 0.007
_STRIPE = 0.0075
_SPACING = 0.0185


class Placed(Protocol):
    """Anything with named places."""

    def point(self, name: str) -> Point:
        """The place of that name."""
        ...


@dataclass(frozen=True, slots=True)
class Mark:
    """An arrow from `start` to `end`, or a ring at `start`, both measured from the place it goes `on`.

    It shows as strongly as the pose says under its `name`.  `bend` bows an arrow to its left.
    """

    name: str
    kind: Literal["arrow", "press"]
    on: str
    start: Point = (0.0, 0.0)
    end: Point = (0.0, 0.0)
    bend: float = 0.0

    def shapes(self, body: Placed, strength: float) -> tuple[Shape, ...]:
        """The mark beside this body."""
        x, y = body.point(self.on)
        start = x + self.start[0], y + self.start[1]
        if self.kind == "press":
            return _ring(start, strength)
        return _arrow(start, (x + self.end[0], y + self.end[1]), self.bend, strength)


def striped(patch: Outline, angle: float = 35.0) -> tuple[Shape, ...]:
    """A muscle at work: seen by its colour, and by its stripes where colours are not."""
    return (
        Shape(Role.MUSCLE, (patch,), halo=0.005),
        Shape(Role.STRIPE, _stripes(patch, angle), width=_STRIPE),
    )


def _ring(centre: Point, strength: float) -> tuple[Shape, ...]:
    ring = disc(centre, 0.034)
    return (
        Shape(Role.PRESSED, ((*ring, ring[0]),), width=0.008, strength=strength),
        Shape(Role.PRESSED, (disc(centre, 0.016),), strength=strength),
    )


def _arrow(start: Point, end: Point, bend: float, strength: float) -> tuple[Shape, ...]:
    across = angle_to(start, end)
    reach = distance(start, end)
    one, other = (moved(start, across, reach * share, bend * reach) for share in (0.33, 0.67))
    tip = angle_to(other, end)
    neck = moved(end, tip, -_HEAD)
    shaft = tuple(bezier(start, one, other, neck, step / 12) for step in range(13))
    wings = (moved(neck, tip, -0.006, _HEAD * 0.86), end, moved(neck, tip, -0.006, -_HEAD * 0.86), neck)
    return (
        Shape(Role.ARROW, (shaft,), width=_WIDTH, halo=_RIM, strength=strength),
        Shape(Role.ARROW, (wings,), halo=_RIM, strength=strength),
        Shape(Role.ARROW, (shaft[-3:],), width=_WIDTH, strength=strength),
    )


def _stripes(patch: Outline, angle: float) -> tuple[Outline, ...]:
    sin, cos = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    turned = [(x * cos + y * sin, y * cos - x * sin) for x, y in patch]
    heights = [y for _, y in turned]
    low, high = min(heights), max(heights)
    count = max(1, round((high - low) / _SPACING))
    stripes: list[Outline] = []
    for number in range(count):
        y = low + (number + 0.5) * (high - low) / count
        ends = sorted(_crossings(turned, y))
        for left, right in zip(ends[::2], ends[1::2], strict=False):
            if right - left > 2.6 * _STRIPE:
                inner = (left + 1.1 * _STRIPE, right - 1.1 * _STRIPE)
                stripes.append(tuple((x * cos - y * sin, x * sin + y * cos) for x in inner))
    return tuple(stripes)


def _crossings(outline: list[Point], y: float) -> list[float]:
    following = [*outline[1:], outline[0]]
    return [
        x1 + (x2 - x1) * (y - y1) / (y2 - y1)
        for (x1, y1), (x2, y2) in zip(outline, following, strict=True)
        if (y1 <= y) != (y2 <= y)
    ]
