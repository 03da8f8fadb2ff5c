"""Icons made from pictures; whether they look well was judged on screenshots."""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes
from types import SimpleNamespace

import pytest

from tests.support.taskbar import user32
from tray_agent.platforms.windows import icon_handles
from tray_agent.platforms.windows.icon_handles import DRAWN, KEPT, IconHandles, reduced, taskbar, wanted_size
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.ports import Face
from tray_agent.shell.faces import Drawn
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

ORANGE, TEAL, NOTHING = bytes((232, 96, 22, 255)), bytes((22, 160, 140, 128)), bytes((255, 0, 0, 0))
PROMPT = Face("prompt", 1.0, "Time to stand up")
SIZES = (16, 20, 24, 28, 32, 40, 48)
"""From 100 to 300 %."""


class _IconInfo(ctypes.Structure):
    _fields_ = (
        ("is_icon", wintypes.BOOL),
        ("x", wintypes.DWORD),
        ("y", wintypes.DWORD),
        ("mask", wintypes.HBITMAP),
        ("colour", wintypes.HBITMAP),
    )


class _Bitmap(ctypes.Structure):
    _fields_ = (
        ("kind", wintypes.LONG),
        ("width", wintypes.LONG),
        ("height", wintypes.LONG),
        ("row", wintypes.LONG),
        ("planes", wintypes.WORD),
        ("bits", wintypes.WORD),
        ("data", wintypes.LPVOID),
    )


def content(handle: int) -> tuple[int, int, bytes]:
    """Width, height and the first pixels of an icon, as blue, green, red and alpha."""
    gdi32, info, bitmap = ctypes.WinDLL("gdi32"), _IconInfo(), _Bitmap()
    assert user32.GetIconInfo(ctypes.c_void_p(handle), ctypes.byref(info))
    colour = ctypes.c_void_p(info.colour)
    assert gdi32.GetObjectW(colour, ctypes.sizeof(bitmap), ctypes.byref(bitmap))
    pixels = ctypes.create_string_buffer(bitmap.row * bitmap.height)
    assert gdi32.GetBitmapBits(colour, len(pixels), pixels)
    for each in (info.colour, info.mask):
        gdi32.DeleteObject(ctypes.c_void_p(each))
    return bitmap.width, bitmap.height, pixels.raw[:8]


class Pen:
    """Draws everything in one colour, and counts."""

    def __init__(self, colour: bytes = ORANGE) -> None:
        self.colour, self.drawn = colour, 0

    def draw(self, _face: Face, size: int) -> Drawn:
        self.drawn += 1
        return Drawn(self.colour * size * size)


@pytest.mark.parametrize("size", SIZES)
def test_an_icon_has_the_wanted_size_and_the_face_s_colours(size: int) -> None:
    handles = IconHandles(Pen().draw)
    blue_first = bytes((22, 96, 232, 255))
    assert content(handles.handle(PROMPT, size)) == (size, size, 2 * blue_first)
    handles.close()


def test_each_face_is_made_once() -> None:
    pen = Pen()
    handles = IconHandles(pen.draw)
    first = handles.handle(PROMPT, 16)
    assert handles.handle(Face("prompt", 1.0, "another title"), 16) == first
    assert handles.handle(PROMPT, 20) != first
    assert pen.drawn == 2
    handles.close()


def test_those_not_used_for_longest_are_destroyed() -> None:
    handles = IconHandles(Pen().draw)
    kept, lost = (handles.handle(Face(look, 0.0, ""), 16) for look in ("kept", "lost"))
    for number in range(KEPT - 1):
        handles.handle(Face("sitting", float(number), ""), 16)
        assert handles.handle(Face("kept", 0.0, ""), 16) == kept
    assert content(kept)[0] == 16
    assert not user32.GetIconInfo(ctypes.c_void_p(lost), ctypes.byref(_IconInfo()))
    handles.close()
    handles.close()
    assert not user32.GetIconInfo(ctypes.c_void_p(kept), ctypes.byref(_IconInfo()))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("colour", [ORANGE, TEAL])
def test_a_plane_stays_as_it_is_when_it_is_reduced(colour: bytes, size: int) -> None:
    assert reduced(colour * DRAWN * DRAWN, DRAWN, size) == colour * size * size


def test_what_cannot_be_seen_does_not_tint_its_neighbours() -> None:
    half = (ORANGE + NOTHING) * 2 * 4
    assert reduced(half, 4, 2) == bytes((232, 96, 22, 128)) * 4


def test_each_new_pixel_is_what_it_covers() -> None:
    white, black = bytes((255,) * 4), bytes((0, 0, 0, 255))
    # Three columns in two: the middle one is shared.
    assert reduced((white + black + black) * 3, 3, 2)[:8] == bytes((170, 170, 170, 255)) + black


def test_nothing_is_ever_enlarged() -> None:
    assert reduced(ORANGE * 4, 2, 3) == ORANGE * 4


def test_the_size_is_that_of_the_system_s_small_icons(window: MessageWindow, loop: SelectorLoop) -> None:
    assert taskbar()
    assert wanted_size() == user32.GetSystemMetrics(49)


@pytest.mark.parametrize(("percent", "pixels"), [(100, 16), (125, 20), (150, 24), (175, 28), (200, 32)])
def test_the_size_follows_the_scale_of_the_taskbar_s_monitor(
    monkeypatch: pytest.MonkeyPatch, percent: int, pixels: int
) -> None:
    """The taskbar says on which scale it is; the system says how large icons are there."""
    taskbar_s = SimpleNamespace(
        FindWindowW=lambda _name, _title: 1,
        GetDpiForWindow=lambda _bar: 96 * percent // 100,
        GetSystemMetricsForDpi=user32.GetSystemMetricsForDpi,
    )
    monkeypatch.setattr(icon_handles, "_user32", taskbar_s)
    assert wanted_size() == pixels
