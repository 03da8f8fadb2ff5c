"""A face as macOS wants it in the menu bar: a template, whose opacity alone is looked at.

The system paints it black, white or tinted, to suit the bar.  So what is white on a colour becomes a hole,
the dark rim that holds the face together on other bars goes, and the ring's progress stays as it is told
already: full where time has passed, faint where it has not.  Written as PNG, without a drawing library.

Human Interface Guidelines, "The menu bar"; W3C, "Portable Network Graphics (PNG) Specification".
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from tray_agent.ports import Face, Picture

POINTS = 22
PIXELS = 2 * POINTS
"""Every Mac of today has two pixels a point; where there is one, the system takes the mean of four."""
KEPT = 32
"""More than there are faces."""
CHANNELS = 4
RIM, LEAST_TONE = 32, 160
"""Of the brightest channel: the rim's is not above the first, every colour's is above the second."""
WHITISH = 128
"""Of the darkest channel: no colour's is above."""
GREY_AND_ALPHA = 4

Draw = Callable[[Face, int], Picture]


class Templates:
    """The templates, each made once."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._made: dict[tuple[str, float], bytes] = {}

    def png(self, face: Face) -> bytes:
        """The face as a file of `PIXELS` by `PIXELS` pixels."""
        key = face.look, face.progress
        if key not in self._made:
            if len(self._made) >= KEPT:
                self._made.pop(next(iter(self._made)))
            self._made[key] = _png(opacity(self._draw(face, PIXELS).tobytes()), PIXELS)
        return self._made[key]


def opacity(rgba: bytes) -> bytes:
    """How opaque each pixel of the template is."""
    red, green, blue, alpha = (rgba[channel::CHANNELS] for channel in range(CHANNELS))
    return bytes(
        _left(max(r, g, b), min(r, g, b), a) if a else 0
        for r, g, b, a in zip(red, green, blue, alpha, strict=True)
    )


def _left(brightest: int, darkest: int, alpha: int) -> int:
    tone = min(1.0, max(0.0, (brightest - RIM) / (LEAST_TONE - RIM)))
    hole = max(0.0, (darkest - WHITISH) / (255 - WHITISH))
    return round(alpha * tone * (1.0 - hole))


def _png(alpha: bytes, side: int) -> bytes:
    # Each row begins with the filter it went through: none.
    rows = b"".join(
        bytes((0, *(part for a in alpha[start : start + side] for part in (0, a))))
        for start in range(0, side * side, side)
    )
    header = struct.pack(">IIBBBBB", side, side, 8, GREY_AND_ALPHA, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
