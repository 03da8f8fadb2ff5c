"""Everything in the picture that is not the body: what it stands on, holds and leans against."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from tray_agent.figure.geometry import Point, capsule, disc, placed, rounded, smooth
from tray_agent.figure.marks import Placed
from tray_agent.figure.shapes import Role, Shape

RIM = 0.004
_SEAMLESS = 0.04
BACKREST = 0.256
"""How far a chair's back rises above its seat."""


class Thing(StrEnum):
    """What a prop is."""

    WALL = "wall"
    CHAIR = "chair"
    DESK = "desk"
    BENCH = "bench"
    CUSHION = "cushion"
    MAT = "mat"
    RUG = "rug"
    STOOL = "stool"
    BALL = "ball"
    HELPER = "helper"


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing `at` a place: the middle of its top, a wall's face, a ball's middle, a hand's fingertips.

    `size` is its length, or a ball's radius, in body heights; 0 takes the usual one.  What goes `on` a place
    of the body lies over it and moves with it.  `back`: a chair's back stands on its left (-1) or right (1).
    """

    thing: Thing
    at: Point = (0.0, 0.0)
    size: float = 0.0
    on: str = ""
    back: Literal[-1, 1] = -1

    def surface(self) -> tuple[str, float]:
        """The axis and place of what a body rests on: a wall's face is at an x, all else at a y."""
        return ("x", self.at[0]) if self.thing is Thing.WALL else ("y", self.at[1])

    def beside(self, body: Placed) -> Prop:
        """The same where its place of the body is now."""
        x, y = body.point(self.on)
        return replace(self, at=(x + self.at[0], y + self.at[1]))

    def shapes(self) -> tuple[Shape, ...]:
        """The prop as shapes, from back to front."""
        return _DRAWN[self.thing](self)


def floor(left: float, right: float) -> tuple[Shape, ...]:
    """The line everything stands on."""
    return (Shape(Role.FLOOR, (((left, -0.004), (right, -0.004)),), width=0.008),)


def _wall(prop: Prop) -> tuple[Shape, ...]:
    x = prop.at[0]
    height = prop.size or 1.12
    return (
        Shape(Role.PROP, (rounded(x, 0.0, x + 0.075, height, 0.006),), halo=RIM),
        Shape(Role.PROP_EDGE, (((x + 0.003, 0.0), (x + 0.003, height)),), width=0.006),
        Shape(Role.PROP_EDGE, (rounded(x - 0.008, 0.0, x + 0.008, 0.045, 0.004),)),
    )


def _chair(prop: Prop) -> tuple[Shape, ...]:
    x, y = prop.at
    half = (prop.size or 0.25) / 2
    legs = (
        capsule((x - half + 0.018, y - 0.02), (x - half + 0.002, 0.010), 0.011, 0.010),
        capsule((x + half - 0.018, y - 0.02), (x + half - 0.002, 0.010), 0.011, 0.010),
    )
    foot = x + prop.back * (half - 0.012)
    top = foot + prop.back * 0.030
    middle = foot + prop.back * 0.018
    return (
        Shape(Role.PROP_EDGE, legs),
        Shape(Role.PROP_EDGE, (capsule((foot, y - 0.02), (top, y + 0.24), 0.010, 0.010),)),
        Shape(Role.PROP, (capsule((middle, y + 0.13), (top, y + BACKREST - 0.016), 0.016, 0.016),), halo=RIM),
        Shape(Role.PROP, (rounded(x - half, y - 0.036, x + half, y, 0.014),), halo=RIM),
    )


def _desk(prop: Prop) -> tuple[Shape, ...]:
    x, y = prop.at
    half = (prop.size or 0.34) / 2
    legs = (
        rounded(x - half + 0.025, 0.0, x - half + 0.050, y - 0.02, 0.004),
        rounded(x + half - 0.050, 0.0, x + half - 0.025, y - 0.02, 0.004),
    )
    return (
        Shape(Role.PROP_EDGE, legs),
        Shape(Role.PROP, (rounded(x - half, y - 0.034, x + half, y, 0.010),), halo=RIM),
    )


def _bench(prop: Prop) -> tuple[Shape, ...]:
    x, y = prop.at
    half = (prop.size or 0.62) / 2
    legs = tuple(
        capsule((x + side * (half - 0.06), y - 0.05), (x + side * (half - 0.04), 0.012), 0.014, 0.012)
        for side in (-1, 1)
    )
    return (
        Shape(Role.PROP_EDGE, legs),
        Shape(Role.PROP, (rounded(x - half, y - 0.060, x + half, y, 0.018),), halo=RIM),
    )


def _cushion(prop: Prop) -> tuple[Shape, ...]:
    x, y = prop.at
    half = (prop.size or 0.17) / 2
    pillow = smooth(
        (
            (x - half, y * 0.5),
            (x - half * 0.8, y * 0.96),
            (x, y),
            (x + half * 0.8, y * 0.96),
            (x + half, y * 0.5),
            (x + half * 0.85, 0.001),
            (x - half * 0.85, 0.001),
        )
    )
    return (Shape(Role.CUSHION, (pillow,), halo=0.006),)


def _mat(prop: Prop) -> tuple[Shape, ...]:
    x, y = prop.at
    half = (prop.size or 1.1) / 2
    return (Shape(Role.MAT, (rounded(x - half, 0.0, x + half, y, 0.007),)),)


def _rug(prop: Prop) -> tuple[Shape, ...]:
    x, y = prop.at
    half = (prop.size or 0.9) / 2
    across = half * 0.8
    inner = half - 0.03, across - 0.03
    edge = rounded(x - inner[1], y - inner[0], x + inner[1], y + inner[0], 0.03)
    return (
        Shape(Role.MAT, (rounded(x - across, y - half, x + across, y + half, 0.045),), halo=0.004),
        Shape(Role.PROP_EDGE, ((*edge, edge[0]),), width=0.004, strength=0.35),
    )


def _stool(prop: Prop) -> tuple[Shape, ...]:
    """A chair from the front."""
    x, y = prop.at
    half = (prop.size or 0.30) / 2
    legs = tuple(
        capsule((x + side * (half - 0.03), y), (x + side * (half - 0.015), 0.010), 0.011, 0.010)
        for side in (-1, 1)
    )
    rest = rounded(x - half + 0.01, y + 0.11, x + half - 0.01, y + BACKREST, 0.03)
    posts = tuple(
        capsule((x + side * (half - 0.04), y), (x + side * (half - 0.03), y + 0.2), 0.010, 0.010)
        for side in (-1, 1)
    )
    return (
        Shape(Role.PROP_EDGE, (*legs, *posts)),
        Shape(Role.PROP, (rest, rounded(x - half, y - 0.036, x + half, y, 0.014)), halo=RIM),
    )


def _ball(prop: Prop) -> tuple[Shape, ...]:
    x, y = prop.at
    radius = prop.size or 0.07
    seam = tuple(
        (x + radius * a, y + radius * b) for a, b in ((-0.72, 0.60), (-0.2, 0.22), (0.35, 0.18), (0.95, 0.2))
    )
    shapes = (Shape(Role.BALL, (disc(prop.at, radius),), halo=0.006),)
    return (
        shapes
        if radius < _SEAMLESS
        else (*shapes, Shape(Role.PROP_EDGE, (smooth(seam, closed=False),), width=0.006))
    )


def _helper(prop: Prop) -> tuple[Shape, ...]:
    x, y = prop.at
    wrist, elbow = (x + 0.070, y + 0.045), (x + 0.20, y + 0.15)
    hand = placed(
        smooth(
            ((-0.01, 0.016), (0.05, 0.020), (0.092, 0.008), (0.085, -0.012), (0.04, -0.016), (-0.01, -0.014)),
            4,
        ),
        wrist,
        -58.0,
    )
    return (
        Shape(Role.HELPER, (capsule(wrist, elbow, 0.017, 0.027), hand), halo=0.006),
        Shape(Role.TOP, (capsule((x + 0.145, y + 0.106), (x + 0.25, y + 0.20), 0.032, 0.040),), halo=0.006),
    )


_DRAWN = {
    Thing.WALL: _wall,
    Thing.CHAIR: _chair,
    Thing.DESK: _desk,
    Thing.BENCH: _bench,
    Thing.CUSHION: _cushion,
    Thing.MAT: _mat,
    Thing.RUG: _rug,
    Thing.STOOL: _stool,
    Thing.BALL: _ball,
    Thing.HELPER: _helper,
}
