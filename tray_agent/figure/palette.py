"""The colours of each role: calm on light and dark, ink on paper where strong contrast is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tray_agent.figure.shapes import Role, Shape

Rgb = tuple[int, int, int]

_SHADOW: Rgb = (16, 24, 28)

# On light, on dark.
_SHADES: Mapping[Role, tuple[int, int]] = {
    Role.SKIN: (0xC98F6B, 0xD29B78),
    Role.HAIR: (0x3B2F2B, 0x5A4841),
    Role.FEATURE: (0x3B2F2B, 0x3B2F2B),
    Role.TOP: (0xCDDFE6, 0xCDDBE0),
    Role.BOTTOM: (0x52636E, 0x6C7F8B),
    Role.BAND: (0x33424B, 0x46555F),
    Role.SHOE: (0xF3F1EC, 0xF1EFE9),
    Role.SOLE: (0x33424B, 0x8795A0),
    Role.WORKING: (0x1F9C8C, 0x35B09F),
    Role.MUSCLE: (0xF2A65A, 0xF2AD68),
    Role.STRIPE: (0xB4561C, 0xA8501A),
    Role.PRESSED: (0xC8442C, 0xFF8F75),
    Role.ARROW: (0xC8442C, 0xFF8F75),
    Role.MAT: (0xA9C4CD, 0x46606A),
    Role.PROP: (0xCBB79B, 0x8B7A62),
    Role.PROP_EDGE: (0x9C8767, 0xA8947A),
    Role.CUSHION: (0xE3B1A2, 0xB98475),
    Role.BALL: (0xE08B5D, 0xD98457),
    Role.HELPER: (0x8D6A55, 0xA07B64),
}
_INKED = (Role.HAIR, Role.FEATURE, Role.BAND, Role.SOLE, Role.FLOOR, Role.STRIPE, Role.PROP_EDGE)
_ACCENTED = (Role.WORKING, Role.ARROW, Role.PRESSED)
_FADED = 0.38


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The colours of the window or page a drawing lies on."""

    ground: Rgb
    card: Rgb
    ink: Rgb
    line: Rgb
    edge: Rgb
    accent: Rgb

    @property
    def dark(self) -> bool:
        """Whether ink is lighter than ground."""
        return sum(self.ground) < sum(self.ink)


LIGHT = Surroundings(
    ground=(244, 245, 244),
    card=(255, 255, 255),
    ink=(27, 31, 30),
    line=(218, 219, 218),
    edge=(136, 138, 137),
    accent=(11, 107, 96),
)


@dataclass(frozen=True, slots=True)
class Palette:
    """The fill of each role and the rim that sets one part off from the next, nearer and farther.

    `shadow` is what a shape in shade has a share of.
    """

    near: Mapping[Role, Rgb]
    rims: Mapping[Role, Rgb]
    far: Mapping[Role, Rgb]
    far_rims: Mapping[Role, Rgb]
    shadow: Rgb

    def fill(self, shape: Shape) -> Rgb:
        """The colour of a shape."""
        lit = (self.far if shape.far else self.near)[shape.role]
        return mixed(lit, self.shadow, shape.shade) if shape.shade else lit

    def rim(self, shape: Shape) -> Rgb:
        """The colour of the rim round a shape."""
        return (self.far_rims if shape.far else self.rims)[shape.role]


def quiet(on: Surroundings) -> Palette:
    """Soft colours; the far side paler, as if it lay in haze."""
    near = {role: _rgb(shades[on.dark]) for role, shades in _SHADES.items()}
    near |= {Role.CARD: on.card, Role.FLOOR: on.edge}
    rims = {role: mixed(colour, _SHADOW, 0.22) for role, colour in near.items()}
    rims |= {Role.CARD: on.line, Role.ARROW: on.ground}
    far, far_rims = (
        {role: mixed(colour, on.ground, _FADED) for role, colour in colours.items()}
        for colours in (near, rims)
    )
    return Palette(near, rims, far, far_rims, _SHADOW)


def stark(on: Surroundings) -> Palette:
    """Outlines on the ground's own colour; what works or points has the accent."""
    near = (
        dict.fromkeys(Role, on.ground) | dict.fromkeys(_INKED, on.ink) | dict.fromkeys(_ACCENTED, on.accent)
    )
    rims = dict.fromkeys(Role, on.ink) | {Role.ARROW: on.ground}
    return Palette(near, rims, near, rims, on.ground)


def mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    """`share` of `other` in `one`."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _rgb(number: int) -> Rgb:
    return number >> 16, number >> 8 & 255, number & 255
