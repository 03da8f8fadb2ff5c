"""Where a text stands on a picture of the Windows desktop, to the pixel: no need to recognise any writing.

`ink` is how Windows writes it, told by a Windows program, rows of `#` and `.`; the picture's ink is what is
far from the background.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from tests.support.screen import Box

INK = b"#"
DARK = 128
"""Of the green channel; darker is ink."""


def find(image: Image.Image, ink: Sequence[str], *, light: bool = False) -> Box | None:
    """The box on `image` in which exactly this is written, dark or `light`; None where nowhere."""
    rows = _trimmed(ink)
    if not rows:
        raise ValueError("nothing is written")
    wanted = [row.encode() for row in rows]
    width, seen = image.width, _inked(image, light=light)
    lines = [seen[y * width : (y + 1) * width] for y in range(image.height)]
    # The row with most ink is the least likely to be found by chance.
    key = max(range(len(wanted)), key=lambda at: wanted[at].count(INK))
    for y in range(key, image.height - (len(wanted) - 1 - key)):
        x = lines[y].find(wanted[key])
        while x >= 0:
            if all(lines[y - key + n][x : x + len(row)] == row for n, row in enumerate(wanted)):
                return x, y - key, x + len(wanted[0]), y - key + len(wanted)
            x = lines[y].find(wanted[key], x + 1)
    return None


def _inked(image: Image.Image, *, light: bool) -> bytes:
    ink, ground = (b".", b"#") if light else (b"#", b".")
    table = ink * DARK + ground * (256 - DARK)
    return image.convert("RGB").getchannel("G").tobytes().translate(table)


def _trimmed(ink: Sequence[str]) -> list[str]:
    rows = list(ink)
    while rows and "#" not in rows[0]:
        rows.pop(0)
    while rows and "#" not in rows[-1]:
        rows.pop()
    left = min((row.index("#") for row in rows if "#" in row), default=0)
    right = max((row.rindex("#") for row in rows if "#" in row), default=0)
    return [row[left : right + 1] for row in rows]
