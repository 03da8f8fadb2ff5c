"""What a drawing is made of: filled outlines and strokes, each with the role it plays.

A painter gives each role its colours; nothing here knows any.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from tray_agent.figure.geometry import Outline, Point


class Role(StrEnum):
    """What a shape stands for."""

    SKIN = "skin"
    HAIR = "hair"
    FEATURE = "feature"
    SHADE = "shade"
    TOP = "top"
    BOTTOM = "bottom"
    BAND = "band"
    SHOE = "shoe"
    SOLE = "sole"
    WORKING = "working"
    MUSCLE = "muscle"
    STRIPE = "stripe"
    PRESSED = "pressed"
    ARROW = "arrow"
    FLOOR = "floor"
    MAT = "mat"
    PROP = "prop"
    PROP_EDGE = "prop_edge"
    CUSHION = "cushion"
    BALL = "ball"
    HELPER = "helper"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Shape:
    """Outlines of one role, filled together; with a `width` they are strokes with round ends.

    `far`: it belongs to the side away from the viewer and is painted paler.  `halo`: it is set off from
    what lies under it by a rim this wide.  `strength` from 0 to 1 fades it in.
    """

    role: Role
    parts: tuple[Outline, ...]
    width: float = 0.0
    far: bool = False
    halo: float = 0.0
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle a drawing is fitted by; the same over a whole motion, so that nothing jumps."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right, in body heights."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top, in body heights."""
        return self.top - self.bottom

    def holds(self, point: Point) -> bool:
        """Whether the point lies in it."""
        return self.left <= point[0] <= self.right and self.bottom <= point[1] <= self.top


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes from back to front, and the frame to fit them by; y grows upwards."""

    shapes: tuple[Shape, ...]
    frame: Frame

    def mirrored(self) -> Drawing:
        """The same with left and right exchanged."""
        frame = Frame(-self.frame.right, self.frame.bottom, -self.frame.left, self.frame.top)
        return Drawing(tuple(mapped(shape, (0.0, 0.0), -1.0, 1.0) for shape in self.shapes), frame)


def mapped(shape: Shape, origin: Point, across: float, up: float) -> Shape:
    """The shape scaled by `across` and `up` and moved by `origin`."""
    x, y = origin
    parts = tuple(tuple((x + px * across, y + py * up) for px, py in part) for part in shape.parts)
    return replace(shape, parts=parts, width=shape.width * up, halo=shape.halo * up)
