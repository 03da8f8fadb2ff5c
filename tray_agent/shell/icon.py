"""The tray icon's faces, drawn: one picture for each look, told apart by shape and not only by colour.

The tones are bright enough for a dark panel, and a thin dark rim holds them together on a light one.
Shapes are strokes in a square of side 1, drawn large and reduced.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from tray_agent.ports import Face

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

Colour = tuple[int, int, int, int]
Point = tuple[float, float]

OVERSAMPLING = 8
SIXTEENTHS = 16
TEAL: Colour = (22, 160, 140, 255)
ORANGE: Colour = (232, 96, 22, 255)
GREEN: Colour = (58, 164, 84, 255)
INDIGO: Colour = (124, 130, 236, 255)
SLATE: Colour = (128, 144, 162, 255)
WHITE: Colour = (255, 255, 255, 255)
RIM: Colour = (8, 22, 32, 95)
RIM_WIDTH = 0.025
RING_RADIUS, RING_WIDTH = 0.43, 0.105


def draw(face: Face, size: int) -> Image:
    """The face as an RGBA picture of `size` by `size` pixels; an unknown look is drawn as `unknown`."""
    return _picture(*_told_apart(face), size)


def name(face: Face) -> str:
    """What faces that look the same are called, such as `prompt` or `sitting-08`."""
    look, progress = _told_apart(face)
    return f"{look}-{progress:02}" if look == "sitting" else look


def _told_apart(face: Face) -> tuple[str, int]:
    look = face.look if face.look in _SHAPES else "unknown"
    progress = round(max(0.0, min(1.0, face.progress)) * SIXTEENTHS)
    return look, progress if look == "sitting" else 0


@lru_cache(maxsize=16)
def _picture(look: str, progress: int, size: int) -> Image:
    from PIL import Image, ImageDraw

    side = size * OVERSAMPLING
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    for grow, tone in ((RIM_WIDTH, RIM), (0.0, None)):
        _SHAPES[look](_Pen(ImageDraw.Draw(image), side, grow, tone), progress / SIXTEENTHS)
    return image.resize((size, size), Image.Resampling.BOX)


class _Pen:
    """Draws round strokes in a unit square, all `grow` wider and in one `tone` when it draws the rim."""

    def __init__(self, canvas: ImageDraw, side: int, grow: float, tone: Colour | None) -> None:
        self._canvas = canvas
        self._side = side
        self._grow = grow
        self._tone = tone

    def dot(self, centre: Point, radius: float, colour: Colour) -> None:
        """A filled circle."""
        self._canvas.ellipse(self._box(centre, radius + self._grow), fill=self._tone or colour)

    def stroke(self, points: list[Point], width: float, colour: Colour) -> None:
        """A line through the points with round ends and corners."""
        paint, thick = self._tone or colour, width + 2 * self._grow
        for start, end in pairwise(points):
            self._canvas.line([*self._at(start), *self._at(end)], fill=paint, width=round(thick * self._side))
        for point in points:
            self._canvas.ellipse(self._box(point, thick / 2), fill=paint)

    def arc(
        self, centre: Point, radius: float, turn: tuple[float, float], width: float, colour: Colour
    ) -> None:
        """Part of a circle, from one to another turn (0 is twelve o'clock, 1 all the way round)."""
        paint, thick = self._tone or colour, width + 2 * self._grow
        start, end = (360 * part - 90 for part in turn)
        outer = self._box(centre, radius + thick / 2)
        self._canvas.arc(outer, start, end, fill=paint, width=round(thick * self._side))

    def cut(self, centre: Point, radius: float) -> None:
        """Take a circle out of what was drawn so far."""
        self._canvas.ellipse(self._box(centre, radius - self._grow), fill=(0, 0, 0, 0))

    def _at(self, point: Point) -> Point:
        return point[0] * self._side, point[1] * self._side

    def _box(self, centre: Point, radius: float) -> list[float]:
        x, y = self._at(centre)
        reach = radius * self._side
        return [x - reach, y - reach, x + reach, y + reach]


def _around(turn: float, radius: float) -> Point:
    angle = 2 * math.pi * turn
    return 0.5 + radius * math.sin(angle), 0.5 - radius * math.cos(angle)


def _faint(colour: Colour, alpha: int) -> Colour:
    return (*colour[:3], alpha)


def _sitting(pen: _Pen, progress: float) -> None:
    pen.arc((0.5, 0.5), RING_RADIUS, (0, 1), RING_WIDTH, _faint(TEAL, 85))
    if progress > 0:
        pen.arc((0.5, 0.5), RING_RADIUS, (0, progress), RING_WIDTH, TEAL)
    pen.dot((0.43, 0.26), 0.1, TEAL)
    pen.stroke([(0.43, 0.47), (0.43, 0.61), (0.63, 0.61), (0.63, 0.76)], 0.115, TEAL)


def _prompt(pen: _Pen, _progress: float) -> None:
    pen.dot((0.5, 0.5), 0.48, ORANGE)
    pen.stroke([(0.5, 0.75), (0.5, 0.27)], 0.13, WHITE)
    pen.stroke([(0.28, 0.48), (0.5, 0.26), (0.72, 0.48)], 0.13, WHITE)


def _paused(pen: _Pen, _progress: float) -> None:
    for x in (0.3, 0.7):
        pen.stroke([(x, 0.22), (x, 0.78)], 0.2, SLATE)


def _standing(pen: _Pen, _progress: float) -> None:
    pen.dot((0.5, 0.15), 0.12, GREEN)
    pen.stroke([(0.29, 0.55), (0.33, 0.38), (0.67, 0.38), (0.71, 0.55)], 0.1, GREEN)
    pen.stroke([(0.5, 0.42), (0.5, 0.58)], 0.24, GREEN)
    for x in (0.43, 0.57):
        pen.stroke([(x, 0.6), (x, 0.93)], 0.11, GREEN)


def _quiet(pen: _Pen, _progress: float) -> None:
    pen.dot((0.46, 0.54), 0.42, INDIGO)
    pen.cut((0.68, 0.36), 0.35)


def _unknown(pen: _Pen, _progress: float) -> None:
    for dash in range(8):
        pen.arc((0.5, 0.5), RING_RADIUS, (dash / 8, dash / 8 + 0.075), 0.09, SLATE)
    pen.stroke([_around(turn / 40, 0.13) for turn in range(-10, 16)], 0.1, SLATE)
    pen.dot((0.5, 0.74), 0.06, SLATE)


_SHAPES: dict[str, Callable[[_Pen, float], None]] = {
    "sitting": _sitting,
    "prompt": _prompt,
    "paused": _paused,
    "standing": _standing,
    "quiet": _quiet,
    "unknown": _unknown,
}
