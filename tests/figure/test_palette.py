from __future__ import annotations

from dataclasses import replace

import pytest

from tray_agent.figure.palette import LIGHT, Surroundings, quiet, stark
from tray_agent.figure.shapes import Role, Shape

DARK = Surroundings(
    (32, 36, 38), (42, 47, 49), (241, 243, 242), (60, 64, 66), (136, 139, 140), (92, 200, 180)
)
BLACK, WHITE, YELLOW = (0, 0, 0), (255, 255, 255), (255, 230, 0)
STARK = Surroundings(BLACK, BLACK, WHITE, WHITE, WHITE, YELLOW)


def luminance(colour: tuple[int, int, int]) -> float:
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("around", [LIGHT, DARK, STARK])
def test_every_role_has_its_colours(around: Surroundings) -> None:
    palette = stark(around) if around is STARK else quiet(around)
    for role in Role:
        for far in (False, True):
            assert palette.fill(Shape(role, (), far=far))
            assert palette.rim(Shape(role, (), far=far))


@pytest.mark.parametrize("around", [LIGHT, DARK])
def test_what_has_to_be_told_stands_out(around: Surroundings) -> None:
    near = quiet(around).near
    for role in (Role.WORKING, Role.ARROW, Role.PRESSED):
        assert contrast(near[role], around.card) >= 3
    assert contrast(near[Role.STRIPE], near[Role.MUSCLE]) >= 2.2


def test_the_far_side_is_nearer_to_the_ground() -> None:
    palette = quiet(LIGHT)
    near, far = (palette.fill(Shape(Role.BOTTOM, (), far=far)) for far in (False, True))
    assert contrast(far, LIGHT.ground) < contrast(near, LIGHT.ground)


def test_shade_is_darker_than_light() -> None:
    lit, shaded = (Shape(Role.TOP, (), shade=shade) for shade in (0.0, 0.2))
    for palette in (quiet(LIGHT), quiet(DARK)):
        assert luminance(palette.fill(shaded)) < luminance(palette.fill(lit))


def test_strong_contrast_has_three_colours() -> None:
    palette = stark(STARK)
    assert {*palette.near.values(), *palette.rims.values()} == {BLACK, WHITE, YELLOW}
    assert palette.near[Role.WORKING] == YELLOW
    assert palette.rims[Role.BOTTOM] == WHITE


def test_dark_is_told_by_the_ink() -> None:
    assert not LIGHT.dark
    assert DARK.dark
    assert replace(LIGHT, ground=LIGHT.ink, ink=LIGHT.ground).dark
