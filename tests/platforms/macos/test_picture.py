"""Faces as templates: read back by Pillow, and told apart by their opacity alone."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tray_agent.platforms.macos.picture import PIXELS, POINTS, Templates, opacity
from tray_agent.ports import Face, Picture
from tray_agent.shell import icon

LOOKS = ("sitting", "prompt", "paused", "standing", "quiet", "unknown")


def read(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def drawn(look: str, progress: float = 0.0) -> Image.Image:
    return read(Templates(icon.draw).png(Face(look, progress, "")))


def inked(image: Image.Image) -> float:
    """How much of the picture is covered."""
    alpha = image.getchannel("A").tobytes()
    return sum(alpha) / 255 / len(alpha)


@pytest.mark.parametrize("look", LOOKS)
def test_a_template_is_black_with_two_pixels_a_point(look: str) -> None:
    image = drawn(look)
    assert (image.format, image.mode, image.size) == ("PNG", "LA", (2 * POINTS, 2 * POINTS))
    assert set(image.getchannel("L").tobytes()) == {0}


@pytest.mark.parametrize("look", LOOKS)
def test_every_face_has_something_to_see_and_something_to_see_through(look: str) -> None:
    alpha = drawn(look, 0.5).getchannel("A").tobytes()
    assert max(alpha) == 255
    assert min(alpha) == 0
    assert 0.05 < inked(drawn(look, 0.5)) < 0.8


def test_what_is_white_on_a_colour_is_a_hole() -> None:
    alpha = drawn("prompt").getchannel("A")
    middle = PIXELS // 2
    assert alpha.getpixel((middle, middle)) == 0
    assert alpha.getpixel((middle // 3, middle)) == 255


def test_the_ring_fills() -> None:
    amounts = [inked(drawn("sitting", sixteenths / 16)) for sixteenths in range(17)]
    assert amounts == sorted(amounts)
    assert len(set(amounts)) == 17
    # What is still to come is there, but faint.
    top_left = drawn("sitting", 0.25).getchannel("A").getpixel((round(PIXELS * 0.07), PIXELS // 2))
    assert top_left == pytest.approx(85, abs=10)


def test_no_two_faces_look_the_same() -> None:
    pictures = {drawn(look).tobytes() for look in LOOKS}
    assert len(pictures) == len(LOOKS)


def test_the_rim_is_gone() -> None:
    assert opacity(bytes((*icon.RIM, *icon.TEAL, 0, 0, 0, 0))) == bytes((0, 255, 0))


@pytest.mark.parametrize("tone", [icon.TEAL, icon.ORANGE, icon.GREEN, icon.INDIGO, icon.SLATE])
def test_every_colour_is_wholly_opaque(tone: icon.Colour) -> None:
    assert opacity(bytes(tone)) == b"\xff"


def test_a_face_is_drawn_once() -> None:
    asked: list[tuple[str, int]] = []

    def draw(face: Face, size: int) -> Picture:
        asked.append((face.look, size))
        return icon.draw(face, size)

    templates = Templates(draw)
    templates.png(Face("sitting", 0.5, "Sitting 20 min"))
    templates.png(Face("sitting", 0.5, "Sitting 21 min"))
    assert asked == [("sitting", PIXELS)]
    for step in range(40):
        templates.png(Face("sitting", step / 100, ""))
    assert len(templates._made) == 32
