"""What is on the screen of an X display: pictures and what changed between two of them."""

from __future__ import annotations

from collections import Counter
from contextlib import closing

from PIL import Image, ImageChops
from Xlib import X
from Xlib.display import Display

Box = tuple[int, int, int, int]
Colour = tuple[int, int, int]


def picture(display: str) -> Image.Image:
    """The whole screen of `display` as it is now."""
    with closing(Display(display)) as connection:
        screen = connection.screen()
        size = screen.width_in_pixels, screen.height_in_pixels
        raw = screen.root.get_image(0, 0, *size, X.ZPixmap, 0xFFFFFFFF)
    return Image.frombytes("RGB", size, raw.data, "raw", "BGRX")


def changed(before: Image.Image, after: Image.Image, within: Box | None = None) -> Box | None:
    """The smallest box (left, top, right, bottom) around all that changed, on the whole screen's axes."""
    difference = ImageChops.difference(before.convert("RGB"), after.convert("RGB"))
    if within is None:
        return difference.getbbox()
    box = difference.crop(within).getbbox()
    left, top = within[:2]
    return box and (box[0] + left, box[1] + top, box[2] + left, box[3] + top)


def colours(image: Image.Image, within: Box | None = None) -> dict[Colour, int]:
    """How many pixels there are of each colour."""
    part = image.convert("RGB").crop(within) if within else image.convert("RGB")
    raw = part.tobytes()
    return Counter(zip(raw[0::3], raw[1::3], raw[2::3], strict=True))


def centre(box: Box) -> tuple[int, int]:
    """The point to click in order to hit `box`."""
    return (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
