"""The core X protocol over xcb: what an icon's window needs, and no more.

python-xlib knows these requests too, but waits for replies without end, raises out of any call once
its server is gone, and takes 2.8 MB to load and connect; the whole X11 side of the tray takes 0.2.
Each method is one request as the "X Window System Protocol" lays it out.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Mapping
from enum import IntEnum, IntFlag

from msgspec import Struct

from tray_agent.platforms.linux.xcb import CORE, Connection

CREATE_WINDOW, CHANGE_WINDOW_ATTRIBUTES, DESTROY_WINDOW = 1, 2, 4
INTERN_ATOM, CHANGE_PROPERTY, GET_PROPERTY, GET_SELECTION_OWNER, SEND_EVENT = 16, 18, 20, 23, 25
UNGRAB_POINTER, CREATE_GC, FREE_GC, CLEAR_AREA, PUT_IMAGE, GET_IMAGE = 27, 55, 60, 61, 72, 73
CREATE_COLORMAP, FREE_COLORMAP = 78, 79

Z_PIXMAP, ALL_PLANES = 2, 0xFFFFFFFF
NUMBER_BITS, TEXT_BITS, MOST_NUMBERS = 32, 8, 64
PARENT_RELATIVE = 1


class Attribute(IntFlag):
    """What may be said of a window; values are sent in the order of their bits."""

    BACK_PIXMAP = 1 << 0
    BACK_PIXEL = 1 << 1
    BORDER_PIXEL = 1 << 3
    EVENT_MASK = 1 << 11
    COLORMAP = 1 << 13


class Wanted(IntFlag):
    """Kinds of events to be told."""

    BUTTON_PRESS = 1 << 2
    EXPOSURE = 1 << 15
    STRUCTURE = 1 << 17


class Event(IntEnum):
    """What an event's first byte says, its highest bit aside: that one marks what a client sent."""

    BUTTON_PRESS = 4
    EXPOSE = 12
    DESTROYED = 17
    UNMAPPED = 18
    MAPPED = 19
    REPARENTED = 21
    CONFIGURED = 22
    CLIENT_MESSAGE = 33


class Atom(IntEnum):
    """Names that have the same number on every server."""

    CARDINAL = 6
    STRING = 31
    WM_NAME = 39
    WM_NORMAL_HINTS = 40
    WM_SIZE_HINTS = 41
    WM_CLASS = 67


class Screen(Struct, frozen=True):
    """The first screen: its root window, and the bits a pixel has on it and in each visual."""

    root: int
    visual: int
    depth: int
    depths: Mapping[int, int]


class CoreConnection(Connection):
    """A connection that makes windows.  What has a reply waits for it as `ask` does."""

    def __init__(self, display: str) -> None:
        super().__init__(display)
        self._atoms: dict[str, int] = {}

    def screen(self) -> Screen:
        """The first screen, from what the server said in its greeting."""
        setup = self._xcb.xcb_get_setup(self._open)
        at = ctypes.cast(self._xcb.xcb_setup_roots_iterator(setup).root, ctypes.c_void_p).value or 0
        greeting = ctypes.string_at(setup, 8 + 4 * struct.unpack("=H", ctypes.string_at(setup + 6, 2))[0])
        return _screen(greeting, at - setup)

    def atom(self, name: str) -> int:
        """The server's number for a name; asked for once."""
        if name not in self._atoms:
            raw = name.encode()
            answer = self.ask(CORE, INTERN_ATOM, struct.pack("=xH2x", len(raw)) + raw)
            self._atoms[name] = number(answer, 8)
        return self._atoms[name]

    def selection_owner(self, selection: int) -> int:
        """The window that owns a selection, 0 for none."""
        answer = self.ask(CORE, GET_SELECTION_OWNER, struct.pack("=xI", selection))
        return number(answer, 8)

    def numbers(self, window: int, name: int) -> tuple[int, ...]:
        """A property made of 32-bit numbers; empty where there is none."""
        answer = self.ask(CORE, GET_PROPERTY, struct.pack("=x5I", window, name, 0, 0, MOST_NUMBERS))
        count = number(answer, 16) if answer[1] == NUMBER_BITS else 0
        return struct.unpack_from(f"={count}I", answer, 32)

    def create_window(self, screen: Screen, visual: int, size: int, about: Mapping[Attribute, int]) -> int:
        """A square window outside the screen, in one of the screen's visuals."""
        window, (border, class_) = self.new_id(), (0, 1)
        place = struct.pack("=hhHHHH", -size, -size, size, size, border, class_)
        head = struct.pack("=BII", screen.depths[visual], window, screen.root)
        self.send(CORE, CREATE_WINDOW, head + place + struct.pack("=I", visual) + _values(about))
        return window

    def create_colormap(self, screen: Screen, visual: int) -> int:
        """The colours of a visual, which a window in another one than its parent's has to name."""
        colormap = self.new_id()
        self.send(CORE, CREATE_COLORMAP, struct.pack("=xIII", colormap, screen.root, visual))
        return colormap

    def free_colormap(self, colormap: int) -> None:
        """Give the colours up."""
        self.send(CORE, FREE_COLORMAP, struct.pack("=xI", colormap))

    def create_brush(self, window: int) -> int:
        """The graphics context that `put_image` needs, for windows like this one."""
        brush = self.new_id()
        self.send(CORE, CREATE_GC, struct.pack("=xIII", brush, window, 0))
        return brush

    def free_brush(self, brush: int) -> None:
        """Give a graphics context up."""
        self.send(CORE, FREE_GC, struct.pack("=xI", brush))

    def listen(self, window: int, wanted: Wanted) -> None:
        """Be told these events of a window from now on."""
        values = _values({Attribute.EVENT_MASK: wanted})
        self.send(CORE, CHANGE_WINDOW_ATTRIBUTES, struct.pack("=xI", window) + values)

    def destroy_window(self, window: int) -> None:
        """Take a window away."""
        self.send(CORE, DESTROY_WINDOW, struct.pack("=xI", window))

    def write(self, window: int, name: int, kind: int, text: bytes) -> None:
        """Set a property to a text."""
        head = struct.pack("=x3IBxxxI", window, name, kind, TEXT_BITS, len(text))
        self.send(CORE, CHANGE_PROPERTY, head + text)

    def write_numbers(self, window: int, name: int, kind: int, *numbers: int) -> None:
        """Set a property to 32-bit numbers."""
        head = struct.pack("=x3IBxxxI", window, name, kind, NUMBER_BITS, len(numbers))
        self.send(CORE, CHANGE_PROPERTY, head + struct.pack(f"={len(numbers)}I", *numbers))

    def message(self, window: int, kind: int, *numbers: int) -> None:
        """Send a client message of up to five numbers to whoever made the window."""
        event = struct.pack(
            "=BBxxII5I", Event.CLIENT_MESSAGE, 32, window, kind, *(*numbers, 0, 0, 0, 0, 0)[:5]
        )
        self.send(CORE, SEND_EVENT, struct.pack("=xII", window, 0) + event)

    def release_pointer(self) -> None:
        """End the hold on the pointer that comes with a pressed button."""
        self.send(CORE, UNGRAB_POINTER, struct.pack("=xI", 0))

    def clear(self, window: int) -> None:
        """Show nothing but the background."""
        self.send(CORE, CLEAR_AREA, struct.pack("=xIhhHH", window, 0, 0, 0, 0))

    def put_image(
        self, window: int, brush: int, depth: int, place: tuple[int, int, int], pixels: bytes
    ) -> None:
        """Paint a square at (left, top, side); four bytes a pixel: blue, green, red and what is left."""
        left, top, side = place
        head = struct.pack("=BIIHHhhBBxx", Z_PIXMAP, window, brush, side, side, left, top, 0, depth)
        self.send(CORE, PUT_IMAGE, head + pixels)

    def get_image(self, window: int, place: tuple[int, int, int]) -> bytes:
        """What a square shows; raises `Unavailable` while it is not wholly on the screen."""
        left, top, side = place
        question = struct.pack("=BIhhHHI", Z_PIXMAP, window, left, top, side, side, ALL_PLANES)
        return self.ask(CORE, GET_IMAGE, question)[32:]


def number(message: bytes, at: int) -> int:
    """The 32-bit number at this place of a reply or an event."""
    return int(struct.unpack_from("=I", message, at)[0])


def kind_of(event: bytes) -> int:
    """Which `Event` this is, whoever sent it."""
    return event[0] & 0x7F


def _values(about: Mapping[Attribute, int]) -> bytes:
    bits = sorted(about)
    return struct.pack(f"=I{len(bits)}I", sum(bits), *(about[bit] for bit in bits))


def _screen(greeting: bytes, at: int) -> Screen:
    root, visual, depth, count = struct.unpack_from("=I28xI2xBB", greeting, at)
    depths: dict[int, int] = {}
    at += 40
    for _ in range(count):
        bits, visuals = struct.unpack_from("=BxH", greeting, at)
        at += 8
        depths |= {number(greeting, at + 24 * i): bits for i in range(visuals)}
        at += 24 * visuals
    return Screen(root, visual, depth, depths)
