"""What a drawing is made of: filled outlines and strokes, each with the role it plays.

A painter gives each role its colours; nothing here knows any.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from tray_agent.figure.geometry import Outline, Point, axes, capsule


class Role(StrEnum):
    """What a shape stands for."""

    SKIN = "skin"
    HAIR = "hair"
    FEATURE = "feature"
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


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """Outlines that keep their form and are only put elsewhere, so that a painter can prepare them once.

    Their points are (forth, side); a form is equal to nothing but itself.
    """

    outlines: tuple[Outline, ...]

    @classmethod
    def of(cls, *outlines: Outline) -> Form:
        """These outlines as one form."""
        return cls(outlines)

    def put(self, origin: Point, angle: float) -> Piece:
        """The form at `origin`, turned to the direction `angle`."""
        return Piece(self, origin, *axes(angle))


@dataclass(frozen=True, slots=True)
class Piece:
    """A form in its place: where its origin lies and, as unit vectors, where its two axes point."""

    form: Form
    origin: Point
    forth: Point
    side: Point

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """Its points where they are now."""
        (x, y), (fx, fy), (sx, sy) = self.origin, self.forth, self.side
        return tuple(
            tuple((x + u * fx + v * sx, y + u * fy + v * sy) for u, v in outline)
            for outline in self.form.outlines
        )


@dataclass(frozen=True, slots=True)
class Limb:
    """A stretch with round ends: `first` thick (radius) at the start, `last` at the end."""

    start: Point
    end: Point
    first: float
    last: float

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """Its one outline."""
        return (capsule(self.start, self.end, self.first, self.last),)


Part = Piece | Limb | Outline


def outlines(part: Part) -> tuple[Outline, ...]:
    """A part of a shape, point by point."""
    return (part,) if isinstance(part, tuple) else part.outlines


@dataclass(frozen=True, slots=True)
class Shape:
    """Outlines of one role, filled together; with a `width` they are strokes with round ends.

    What is the same in every drawing but for its place is a piece; what bends is a limb or an outline.

    `far`: it belongs to the side away from the viewer and is painted paler.  `halo`: it is set off from
    what lies under it by a rim this wide.  `strength` from 0 to 1 fades it in, `shade` darkens it.
    """

    role: Role
    pieces: tuple[Part, ...]
    width: float = 0.0
    far: bool = False
    halo: float = 0.0
    strength: float = 1.0
    shade: float = 0.0

    @property
    def parts(self) -> tuple[Outline, ...]:
        """All its outlines, point by point."""
        return tuple(outline for part in self.pieces for outline in outlines(part))


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
        return Drawing(tuple(map(_mirrored, self.shapes)), frame)


def still(shape: Shape) -> Shape:
    """The shape as forms, for what stays where it is in every drawing."""
    pieces = tuple(Piece(Form.of(part), (0.0, 0.0), (1.0, 0.0), (0.0, 1.0)) for part in shape.parts)
    return replace(shape, pieces=pieces)


def scaled(shape: Shape, origin: Point, scale: float) -> Shape:
    """The shape made larger or smaller and moved by `origin`."""
    x, y = origin

    def put(point: Point) -> Point:
        return x + point[0] * scale, y + point[1] * scale

    pieces: list[Part] = []
    for part in shape.pieces:
        if isinstance(part, Limb):
            pieces.append(Limb(put(part.start), put(part.end), part.first * scale, part.last * scale))
        else:
            pieces += (tuple(map(put, outline)) for outline in outlines(part))
    return replace(shape, pieces=tuple(pieces), width=shape.width * scale, halo=shape.halo * scale)


def _mirrored(shape: Shape) -> Shape:
    return replace(shape, pieces=tuple(map(_turned, shape.pieces)))


def _turned(part: Part) -> Part:
    match part:
        case Piece():
            return Piece(part.form, _flip(part.origin), _flip(part.forth), _flip(part.side))
        case Limb():
            return Limb(_flip(part.start), _flip(part.end), part.first, part.last)
        case _:
            return tuple(map(_flip, part))


def _flip(point: Point) -> Point:
    return -point[0], point[1]
