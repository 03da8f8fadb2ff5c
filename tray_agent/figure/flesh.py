"""The outlines of a body seen from the side: clothes, skin and hair over its joints.

Profiles run along a bone: (how far, thickness towards the front, thickness towards the back).  What does
not bend is a form made once, here, and only put in its place for each drawing.
"""

from __future__ import annotations

from tray_agent.figure.body import BALL, SOLE, THIGH, UPPER_ARM, Body, Limbs
from tray_agent.figure.geometry import Outline, Point, bezier, disc, moved, placed, smooth
from tray_agent.figure.shapes import Form, Piece, Role, Shape

Profile = tuple[tuple[float, float, float], ...]

RIM = 0.006
SHADE = 0.13
_SHADED_FROM = 0.62
"""So far towards the back of trunk and limbs there is light."""

_FLAT = 90.0
_TOUCH = 0.02


def _segment(profile: Profile) -> Outline:
    front = [(forth, side) for forth, side, _ in profile]
    back = [(forth, -side) for forth, _, side in reversed(profile)]
    return (*smooth(front, 3, closed=False), *smooth(back, 3, closed=False))


def _shade(profile: Profile) -> Form:
    """The hind third of a segment, where light does not reach."""
    back = [(forth, -side) for forth, _, side in profile]
    inner = [
        (forth, -side * (_SHADED_FROM if 0 < n < len(profile) - 1 else 0.9))
        for n, (forth, _, side) in enumerate(profile)
    ]
    return Form.of((*smooth(back, 3, closed=False), *smooth(inner[::-1], 3, closed=False)))


def _upright(*outlines: Outline) -> Form:
    """A form of the trunk or the head, its points given as (towards the front, up)."""
    return Form.of(*map(_risen, outlines))


def _risen(outline: Outline) -> Outline:
    return tuple((-up, front) for front, up in outline)


_THIGH_PROFILE = (
    (-0.03, 0.030, 0.034),
    (0.0, 0.052, 0.056),
    (0.06, 0.062, 0.062),
    (0.12, 0.058, 0.056),
    (0.19, 0.047, 0.043),
    (0.25, 0.041, 0.036),
)
_SHANK_PROFILE = (
    (-0.01, 0.040, 0.036),
    (0.05, 0.034, 0.046),
    (0.10, 0.030, 0.045),
    (0.16, 0.028, 0.034),
    (0.212, 0.030, 0.031),
)
_THIGH = Form.of(_segment(_THIGH_PROFILE), disc((THIGH, 0.0), 0.0385))
_SHANK = Form.of(_segment(_SHANK_PROFILE))
_THIGH_SHADE, _SHANK_SHADE = _shade(_THIGH_PROFILE[2:]), _shade(_SHANK_PROFILE[1:])
_ANKLE = Form.of(_segment(((0.18, 0.020, 0.021), (0.25, 0.020, 0.022))))
_SLEEVE = Form.of(
    _segment(((-0.022, 0.024, 0.022), (0.0, 0.036, 0.036), (0.05, 0.036, 0.035), (0.10, 0.035, 0.034)))
)
_UPPER = Form.of(
    _segment(((0.0, 0.026, 0.026), (0.08, 0.027, 0.027), (0.15, 0.023, 0.022), (0.19, 0.021, 0.020))),
    disc((UPPER_ARM, 0.0), 0.0205),
)
_FORE = Form.of(
    _segment(((-0.005, 0.020, 0.020), (0.04, 0.022, 0.024), (0.10, 0.018, 0.018), (0.155, 0.014, 0.014)))
)
_PALM = smooth(
    (
        (-0.008, 0.013),
        (0.02, 0.017),
        (0.048, 0.017),
        (0.076, 0.010),
        (0.082, 0.001),
        (0.074, -0.008),
        (0.045, -0.014),
        (0.01, -0.014),
    )
)
_THUMB = smooth(((0.005, 0.004), (0.03, 0.016), (0.052, 0.022), (0.054, 0.013), (0.035, 0.002)), 3)
_HAND = Form.of(_PALM, _THUMB)

_SHOE = Form.of(
    smooth(
        (
            (-0.040, -0.030),
            (-0.040, -0.008),
            (-0.028, 0.018),
            (0.0, 0.022),
            (0.026, 0.020),
            (0.046, 0.002),
            (BALL, -0.012),
            (BALL + 0.004, -0.034),
            (0.03, -0.036),
            (-0.030, -0.037),
        )
    )
)
_TOE = Form.of(
    smooth(((-0.012, 0.026), (0.012, 0.022), (0.030, 0.012), (0.037, 0.003), (0.020, 0.0), (-0.014, 0.0)))
)
_SOLE_HEEL = Form.of(((-0.040, -0.031), (BALL, -0.033), (BALL, -SOLE), (-0.034, -SOLE), (-0.039, -0.037)))
_SOLE_TOE = Form.of(((-0.002, 0.007), (0.037, 0.007), (0.034, 0.0), (-0.002, 0.0)))

# In the pelvis, chest and head (towards the front, up) from the hip, the spine and the middle of the skull.
_PELVIS = _upright(
    smooth(
        (
            (0.056, 0.108),
            (0.063, 0.060),
            (0.060, 0.010),
            (0.046, -0.040),
            (0.0, -0.064),
            (-0.046, -0.060),
            (-0.076, -0.030),
            (-0.081, 0.010),
            (-0.068, 0.055),
            (-0.054, 0.108),
        ),
        5,
    )
)
_BAND = _upright(((0.0575, 0.112), (0.0605, 0.092), (-0.0575, 0.092), (-0.0545, 0.112)))
_CHEST = (
    (0.20, 0.058, 0.058),
    (0.34, 0.058, 0.052),
    (0.50, 0.061, 0.051),
    (0.68, 0.067, 0.056),
    (0.84, 0.066, 0.061),
    (0.97, 0.050, 0.054),
    (1.07, 0.031, 0.036),
)
_FACE = _upright(
    smooth(
        (
            (0.050, 0.040),
            (0.056, 0.014),
            (0.057, 0.002),
            (0.070, -0.018),
            (0.058, -0.025),
            (0.058, -0.036),
            (0.052, -0.056),
            (0.030, -0.064),
            (0.0, -0.050),
            (-0.030, -0.045),
            (-0.055, -0.010),
            (-0.050, 0.035),
            (0.0, 0.062),
        )
    ),
    disc((-0.004, -0.030), 0.030),
)
_HAIR = _upright(
    smooth(
        (
            (0.056, 0.036),
            (0.044, 0.062),
            (0.006, 0.077),
            (-0.040, 0.064),
            (-0.066, 0.028),
            (-0.064, -0.016),
            (-0.046, -0.044),
            (-0.026, -0.046),
            (-0.020, -0.024),
            (-0.010, 0.006),
            (0.012, 0.016),
            (0.026, 0.034),
        )
    )
)
_EAR = _upright(disc((-0.004, -0.010), 0.0115, 1.35))
_EYE = _upright(disc((0.040, 0.002), 0.0052, 1.5))
_NAPE = Form.of(disc((0.0, 0.0), 0.032))


def at_lean(points: Outline, origin: Point, lean: float) -> Outline:
    """Points given as (towards the front, up), put at `origin` and leaning."""
    return placed(_risen(points), origin, -lean)


def leg(body: Body, limbs: Limbs, role: Role, *, far: bool = False) -> tuple[Shape, ...]:
    """Trouser leg, ankle and shoe; the toes bend where the ball of the foot is on the floor."""
    trousers = _THIGH.put(body.hip, limbs.thigh), _SHANK.put(limbs.knee, limbs.shank)
    shades = _THIGH_SHADE.put(body.hip, limbs.thigh), _SHANK_SHADE.put(limbs.knee, limbs.shank)
    ball = moved(limbs.ankle, limbs.foot, BALL, -SOLE)
    toes = limbs.foot + (_FLAT - limbs.foot) * _on_floor(ball[1], limbs.foot)
    shoe = _SHOE.put(limbs.ankle, limbs.foot), _TOE.put(ball, toes)
    sole = _SOLE_HEEL.put(limbs.ankle, limbs.foot), _SOLE_TOE.put(ball, toes)
    return (
        Shape(Role.SKIN, (_ANKLE.put(limbs.knee, limbs.shank),), far=far),
        Shape(Role.SHOE, shoe, far=far, halo=RIM * 0.6),
        Shape(Role.SOLE, sole, far=far),
        Shape(role, trousers, far=far, halo=RIM),
        Shape(role, shades, far=far, shade=SHADE),
    )


def _on_floor(ball: float, foot: float) -> float:
    """How much the floor bends the toes: nothing in the air, and nothing when the foot is flat or upright."""
    return min(max(1 - ball / _TOUCH, 0.0), 1.0) if 0 < foot < _FLAT else 0.0


def arm(body: Body, limbs: Limbs, *, far: bool = False) -> tuple[Shape, ...]:
    """Hand, bare arm and short sleeve."""
    bare = (
        _UPPER.put(body.shoulder, limbs.upper),
        _FORE.put(limbs.elbow, limbs.fore),
        _HAND.put(limbs.wrist, limbs.hand),
    )
    sleeve = _SLEEVE.put(body.shoulder, limbs.upper)
    return (
        Shape(Role.SKIN, bare, far=far, halo=RIM * 0.8),
        Shape(Role.TOP, (sleeve,), far=far, halo=RIM * 0.8),
    )


def trunk(body: Body) -> tuple[Shape, ...]:
    """Shirt, then trousers with a waistband that shows how the pelvis tilts."""
    shirt, shade = _chest(body)
    return (
        Shape(Role.TOP, (shirt,), halo=RIM),
        Shape(Role.TOP, (shade,), shade=SHADE * 0.7),
        Shape(Role.BOTTOM, (_PELVIS.put(body.hip, -body.pelvis),), halo=RIM),
        Shape(Role.BAND, (_BAND.put(body.hip, -body.pelvis),)),
    )


def head(body: Body) -> tuple[Shape, ...]:
    """Neck, face in profile, hair, ear and eye."""
    base = moved(body.shoulder, -body.trunk, -0.010, 0.0)
    throat = at_lean(((-0.004, -0.030),), body.skull, body.head)[0]
    neck: tuple[Piece | Outline, ...] = _NAPE.put(base, 0.0), _bridge(base, throat, 0.031)
    face, hair, ear, eye = (form.put(body.skull, -body.head) for form in (_FACE, _HAIR, _EAR, _EYE))
    return (
        Shape(Role.SKIN, (*neck, face), halo=RIM * 0.8),
        Shape(Role.HAIR, (hair,)),
        Shape(Role.SKIN, (ear,), halo=RIM * 0.5),
        Shape(Role.FEATURE, (eye,)),
    )


def spine(body: Body) -> tuple[Point, Point, Point, Point]:
    """The curve of the trunk's middle, from hip to shoulder: it leaves the pelvis as that tilts."""
    low = moved(body.hip, 180 - body.pelvis, 0.12)
    high = moved(body.shoulder, -body.trunk, 0.10)
    return body.hip, low, high, body.shoulder


def _chest(body: Body) -> tuple[Outline, Outline]:
    """The shirt, and the hind part of it that lies in shade."""
    curve = spine(body)
    front, inner, back = [], [], []
    for t, before, behind in _CHEST:
        x, y = bezier(*curve, t)
        (x1, y1), (x2, y2) = bezier(*curve, t - 0.02), bezier(*curve, t + 0.02)
        dx, dy = x2 - x1, y2 - y1
        length = (dx * dx + dy * dy) ** 0.5
        ux, uy = dy / length, -dx / length
        lit = behind * _SHADED_FROM
        front.append((x + ux * before, y + uy * before))
        inner.append((x - ux * lit, y - uy * lit))
        back.append((x - ux * behind, y - uy * behind))
    back.reverse()
    return smooth([*front, *back], 3), smooth([*inner, *back], 3)


def _bridge(start: Point, end: Point, radius: float) -> Outline:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    sx, sy = -dy / length * radius, dx / length * radius
    return (
        (start[0] + sx, start[1] + sy),
        (start[0] - sx, start[1] - sy),
        (end[0] - sx, end[1] - sy),
        (end[0] + sx, end[1] + sy),
    )
