"""Faces as icons of the system (HICON) in the size the taskbar wants, each made once and kept.

pystray writes a file for each change and lets the taskbar scale it, which blurs at 125 and 150 %.  Here the
picture is reduced to the very size, by the average of what each pixel covers, and handed over from memory.
"""

from __future__ import annotations

import ctypes
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from ctypes import wintypes

from tray_agent.ports import Face, Picture

assert sys.platform == "win32"

DRAWN = 64
"""Pixels a side of the pictures asked for; no taskbar's icons are larger (400 %)."""
KEPT = 32
"""More than there are faces in one size."""
SM_CXSMICON, UNSCALED_DPI = 49, 96
TASKBAR = "Shell_TrayWnd"
ICON_VERSION = 0x00030000
CHANNELS = 4

Draw = Callable[[Face, int], Picture]

_user32 = ctypes.WinDLL("user32", use_last_error=True)
_user32.CreateIconFromResourceEx.argtypes = (
    ctypes.c_char_p,
    wintypes.DWORD,
    wintypes.BOOL,
    wintypes.DWORD,
    ctypes.c_int,
    ctypes.c_int,
    wintypes.UINT,
)
_user32.CreateIconFromResourceEx.restype = wintypes.HICON
_user32.DestroyIcon.argtypes = (wintypes.HICON,)
_user32.FindWindowW.argtypes = (wintypes.LPCWSTR, wintypes.LPCWSTR)
_user32.FindWindowW.restype = wintypes.HWND
_user32.GetDpiForWindow.argtypes = (wintypes.HWND,)
_user32.GetDpiForWindow.restype = wintypes.UINT
_user32.GetSystemMetricsForDpi.argtypes = (ctypes.c_int, wintypes.UINT)


def taskbar() -> bool:
    """Whether there is a taskbar at all."""
    return bool(_user32.FindWindowW(TASKBAR, None))


def wanted_size() -> int:
    """Pixels a side of an icon in the taskbar, on the monitor where the taskbar is.

    Only true on a thread that is aware of the scale of each monitor, as the window's is.
    """
    bar = _user32.FindWindowW(TASKBAR, None)
    dpi = _user32.GetDpiForWindow(bar) if bar else 0
    return int(_user32.GetSystemMetricsForDpi(SM_CXSMICON, dpi or UNSCALED_DPI))


class IconHandles:
    """The handles, which stay valid until the next two dozen faces or `close`; for one thread at a time."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._handles: dict[tuple[str, float, int], int] = {}

    def handle(self, face: Face, size: int) -> int:
        """The face as an icon of `size` by `size` pixels; raises `OSError`."""
        key = face.look, face.progress, size
        if key in self._handles:
            # Back to the end of the line in which they wait to be destroyed.
            self._handles[key] = self._handles.pop(key)
        else:
            self._handles[key] = _icon(reduced(self._draw(face, DRAWN).tobytes(), DRAWN, size), size)
            while len(self._handles) > KEPT:
                self._destroy(next(iter(self._handles)))
        return self._handles[key]

    def close(self) -> None:
        """Destroy them all; safe to call twice."""
        for key in tuple(self._handles):
            self._destroy(key)

    def _destroy(self, key: tuple[str, float, int]) -> None:
        _user32.DestroyIcon(self._handles.pop(key))


def reduced(rgba: bytes, side: int, size: int) -> bytes:
    """The square picture of `side` pixels in `size` pixels, no more than before."""
    if size >= side:
        return rgba
    shares = list(_shares(side, size))
    red, green, blue, alpha = (rgba[channel::CHANNELS] for channel in range(CHANNELS))
    # What cannot be seen must not tint its neighbours, so colours count by how opaque they are.
    coloured = [[a * tone for a, tone in zip(alpha, tones, strict=True)] for tones in (red, green, blue)]
    opacity = _squeezed([float(a) for a in alpha], side, shares)
    picture = bytearray(CHANNELS * size * size)
    for channel, tones in enumerate(coloured):
        squeezed = _squeezed(tones, side, shares)
        picture[channel::CHANNELS] = bytes(
            min(255, round(tone / a)) if a else 0 for tone, a in zip(squeezed, opacity, strict=True)
        )
    picture[CHANNELS - 1 :: CHANNELS] = bytes(min(255, round(a)) for a in opacity)
    return bytes(picture)


def _shares(side: int, size: int) -> Iterator[tuple[int, list[float]]]:
    """For each new pixel the first old one it covers, and its share in that one and those after it."""
    step = side / size
    for place in range(size):
        start, end = place * step, (place + 1) * step
        first = int(start)
        last = min(side, -int(-end // 1))
        yield first, [(min(end, old + 1) - max(start, old)) / step for old in range(first, last)]


def _squeezed(tones: Sequence[float], side: int, shares: list[tuple[int, list[float]]]) -> list[float]:
    """One channel, reduced along the rows and then along the columns."""
    rows = [_line(tones[start : start + side], shares) for start in range(0, side * side, side)]
    columns = [_line(column, shares) for column in zip(*rows, strict=True)]
    return [tone for row in zip(*columns, strict=True) for tone in row]


def _line(tones: Sequence[float], shares: list[tuple[int, list[float]]]) -> list[float]:
    return [
        sum(share * tone for share, tone in zip(part, tones[first : first + len(part)], strict=True))
        for first, part in shares
    ]


def _icon(rgba: bytes, size: int) -> int:
    """An icon as it lies in a program: a picture of 32 bits a pixel from below, and an empty mask."""
    side = int((len(rgba) / CHANNELS) ** 0.5)
    header = struct.pack("<IiiHHIIiiII", 40, side, 2 * side, 1, 32, 0, 0, 0, 0, 0, 0)
    bgra = bytearray(rgba)
    bgra[0::CHANNELS], bgra[2::CHANNELS] = rgba[2::CHANNELS], rgba[0::CHANNELS]
    row = CHANNELS * side
    rows = b"".join(bytes(bgra[start : start + row]) for start in range(len(bgra) - row, -1, -row))
    mask = bytes((side + 31) // 32 * 4 * side)
    data = header + rows + mask
    handle = _user32.CreateIconFromResourceEx(data, len(data), True, ICON_VERSION, size, size, 0)
    if not handle:
        raise ctypes.WinError(ctypes.get_last_error())
    return int(handle)
