"""The tray icon's faces in the sizes panels ask for, drawn when the program was made.

With them the resident process needs no drawing library, which would be a tenth of its memory.  A face
that is not there, or in another size, is drawn on the spot.
"""

from __future__ import annotations

import zlib
from itertools import accumulate

from msgspec import Struct

from tray_agent.ports import Face, Picture
from tray_agent.shell import icon, resources

SIZES = (22, 32, 44, 48, 64)
"""Pixels a side of the pictures in each file, in this order; no taller panel is common."""

_ENDS = tuple(accumulate(4 * size * size for size in SIZES))


class Drawn(Struct, frozen=True):
    """A picture that was drawn before."""

    rgba: bytes

    def tobytes(self) -> bytes:
        """Its pixels."""
        return self.rgba


def draw(face: Face, size: int) -> Picture:
    """The face as a picture of `size` by `size` pixels; an unknown look is drawn as `unknown`."""
    if size in SIZES:
        try:
            packed = resources.icon(f"faces/{icon.name(face)}.z").read_bytes()
        except FileNotFoundError:
            return icon.draw(face, size)
        end = _ENDS[SIZES.index(size)]
        return Drawn(zlib.decompress(packed)[end - 4 * size * size : end])
    return icon.draw(face, size)


def packed(face: Face) -> bytes:
    """The content of a face's file."""
    return zlib.compress(b"".join(icon.draw(face, size).tobytes() for size in SIZES), 9)
