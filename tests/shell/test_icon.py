"""The faces of the tray icon: told apart by shape, seen on any panel, filling as sitting grows."""

from __future__ import annotations

from itertools import combinations

import pytest
from PIL import Image, ImageChops, ImageStat

from tray_agent.ports import Face
from tray_agent.shell.icon import draw

LOOKS = ("sitting", "prompt", "paused", "standing", "quiet", "unknown")
SIZES = (16, 22, 24, 32, 48, 64)
PANELS = {"dark": (36, 38, 42), "black": (0, 0, 0), "light": (240, 240, 242), "white": (255, 255, 255)}


def face(look: str, progress: float = 0.5) -> Face:
    return Face(look, progress, "")


def shape(look: str, size: int) -> Image.Image:
    """What of the face is drawn at all, without its colours."""
    return draw(face(look, 1.0), size).getchannel("A").point(lambda alpha: 255 * (alpha > 127))


def luminance(colour: tuple[float, ...]) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [part / 255 for part in colour[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def filled(progress: float) -> float:
    """How much of the sitting face is opaque."""
    return ImageStat.Stat(draw(face("sitting", progress), 64).getchannel("A")).sum[0]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("look", LOOKS)
def test_every_face_is_a_transparent_picture_of_the_size_asked_for(look: str, size: int) -> None:
    picture = draw(face(look), size)
    assert (picture.mode, picture.size) == ("RGBA", (size, size))
    assert picture.getpixel((0, 0)) == (0, 0, 0, 0)
    box = picture.getbbox()
    assert box is not None
    assert box[3] - box[1] >= size * 0.6


@pytest.mark.parametrize("size", SIZES)
def test_no_two_faces_share_a_shape(size: int) -> None:
    for one, other in combinations(LOOKS, 2):
        difference = ImageChops.difference(shape(one, size), shape(other, size))
        apart = ImageStat.Stat(difference).mean[0] / 255
        assert apart > 0.1, f"{one} and {other} look alike at {size} px"


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("look", LOOKS)
def test_a_good_part_of_each_face_stands_out_on_the_panel(look: str, size: int, panel: str) -> None:
    ground = Image.new("RGB", (size, size), PANELS[panel])
    picture = draw(face(look), size)
    ground.paste(picture, (0, 0), picture)
    counted = ground.getcolors(size * size) or []
    clear = sum(count for count, colour in counted if contrast(_rgb(colour), PANELS[panel]) > 2.4)
    assert clear > 0.08 * size * size


def test_the_ring_fills_in_sixteenths() -> None:
    amounts = [filled(sixteenths / 16) for sixteenths in range(17)]
    assert amounts == sorted(set(amounts))
    assert filled(0.51) == filled(0.5)


@pytest.mark.parametrize(("odd", "bound"), [(-1.0, 0.0), (7.0, 1.0)])
def test_progress_beyond_its_bounds_is_drawn_as_the_bound(odd: float, bound: float) -> None:
    assert filled(odd) == filled(bound)


def test_a_look_nobody_knows_is_drawn_as_unknown() -> None:
    assert draw(face("puzzled"), 22) is draw(face("unknown"), 22)


def test_pictures_are_kept() -> None:
    assert draw(Face("sitting", 0.5, "20 min"), 22) is draw(Face("sitting", 0.52, "21 min"), 22)
    assert draw(face("prompt", 0.1), 22) is draw(face("prompt", 1.0), 22)


def _rgb(colour: float | tuple[int, ...]) -> tuple[int, ...]:
    assert isinstance(colour, tuple)
    return colour
