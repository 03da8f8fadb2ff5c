"""The icon's own window, from the request to be docked until the panel lets go of it.

A panel that can blend (it says so by offering a visual with alpha) gets the picture with its alpha.
For any other one the picture is laid over whatever the panel shows behind it, so that no box is seen.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

from tray_agent.platforms.linux.xcore import (
    PARENT_RELATIVE,
    Atom,
    Attribute,
    CoreConnection,
    Event,
    Wanted,
    kind_of,
    number,
)
from tray_agent.ports import Picture, Unavailable

APP, APP_NAME = "tray-agent", "Tray Agent"
FIRST_SIZE, LARGEST_SIZE = 22, 128
LEFT, MIDDLE, RIGHT = 1, 2, 3
REQUEST_DOCK = 0
XEMBED_VERSION, XEMBED_MAPPED = 0, 1
LEAST_SIZE_GIVEN = 1 << 4
ALPHA_DEPTH = 32

Clicked = Callable[[int, int, int], object]


class DockedWindow:
    """A window on its way into the panel window `host`.

    `draw(size)` makes the picture; `clicked(button, x, y)` tells where on the screen a button went
    down, `changed()` that the panel took the window, hid it, or threw it out (`gone`).
    """

    def __init__(
        self,
        x: CoreConnection,
        host: int,
        draw: Callable[[int], Picture],
        clicked: Clicked,
        changed: Callable[[], object],
    ) -> None:
        self._x = x
        self._draw = draw
        self._clicked = clicked
        self._changed = changed
        self._size = (FIRST_SIZE, FIRST_SIZE)
        self._asked = 0
        self.taken = self.seen = self.gone = False
        self._colormap: int | None = None
        self._window, self._depth = self._make(host)
        self._brush = x.create_brush(self._window)
        self._introduce()
        self._x.message(host, x.atom("_NET_SYSTEM_TRAY_OPCODE"), 0, REQUEST_DOCK, self._window)

    def name(self, title: str) -> None:
        """Say in words what the icon says; panels that show a tooltip take it from here."""
        raw = title.encode()
        self._x.write(self._window, self._x.atom("_NET_WM_NAME"), self._x.atom("UTF8_STRING"), raw)
        self._x.write(self._window, Atom.WM_NAME, Atom.STRING, title.encode("latin-1", "replace"))

    def paint(self) -> None:
        """Draw the picture as large as the panel lets it be, square and in the middle."""
        if not self.seen:
            return
        width, height = self._size
        side = min(width, height, LARGEST_SIZE)
        place = ((width - side) // 2, (height - side) // 2, side)
        self._x.clear(self._window)
        try:
            pixels = self._pixels(self._draw(side), place)
        except Unavailable:
            return  # not on the screen at the moment; the next exposure paints
        self._x.put_image(self._window, self._brush, self._depth, place, pixels)

    def heard(self, event: bytes) -> None:
        """Take an event; those of other windows do nothing."""
        pressed = kind_of(event) == Event.BUTTON_PRESS
        if number(event, 12 if pressed else 4) != self._window:
            return
        if pressed:
            self._pressed(event)
        else:
            self._happened(event)

    def close(self) -> None:
        """Leave the panel."""
        self._x.free_brush(self._brush)
        self._x.destroy_window(self._window)
        if self._colormap is not None:
            self._x.free_colormap(self._colormap)

    def _happened(self, event: bytes) -> None:
        kind = kind_of(event)
        if kind == Event.EXPOSE and not struct.unpack_from("=H", event, 16)[0]:
            self.paint()  # no more exposures follow this one
        elif kind == Event.CONFIGURED:
            self._resized(*struct.unpack_from("=HH", event, 20))
        elif kind == Event.REPARENTED:
            inside = number(event, 12) != self._x.root()
            self.gone = self.taken and not inside
            self.taken = inside
            self._changed()
        elif kind in (Event.MAPPED, Event.UNMAPPED):
            self.seen = kind == Event.MAPPED
            self._changed()
        elif kind == Event.DESTROYED:
            self.gone = True
            self._changed()

    def _pressed(self, event: bytes) -> None:
        # A menu that opens must be able to hold the pointer, even before the button is up.
        self._x.release_pointer()
        button = event[1]
        x, y = struct.unpack_from("=hh", event, 20)
        if button in (LEFT, MIDDLE, RIGHT):
            self._clicked(button, x, y)

    def _resized(self, width: int, height: int) -> None:
        if (width, height) != self._size:
            self._size = (width, height)
            self._ask_for(max(width, height))
            self.paint()

    def _ask_for(self, side: int) -> None:
        # A panel fixes one side, and takes the other one from what the window says it needs.
        if self._asked < side <= LARGEST_SIZE:
            self._asked = side
            hints = (LEAST_SIZE_GIVEN, 0, 0, 0, 0, side, side, *(0,) * 11)
            self._x.write_numbers(self._window, Atom.WM_NORMAL_HINTS, Atom.WM_SIZE_HINTS, *hints)

    def _make(self, host: int) -> tuple[int, int]:
        screen = self._x.screen()
        offered = self._x.numbers(host, self._x.atom("_NET_SYSTEM_TRAY_VISUAL"))
        told: Mapping[Attribute, int] = {
            Attribute.EVENT_MASK: Wanted.BUTTON_PRESS | Wanted.EXPOSURE | Wanted.STRUCTURE
        }
        if offered and screen.depths.get(offered[0]) == ALPHA_DEPTH:
            self._colormap = self._x.create_colormap(screen, offered[0])
            clear = {Attribute.BACK_PIXEL: 0, Attribute.BORDER_PIXEL: 0, Attribute.COLORMAP: self._colormap}
            return self._x.create_window(screen, offered[0], FIRST_SIZE, {**told, **clear}), ALPHA_DEPTH
        behind = {Attribute.BACK_PIXMAP: PARENT_RELATIVE}
        return self._x.create_window(screen, screen.visual, FIRST_SIZE, {**told, **behind}), screen.depth

    def _introduce(self) -> None:
        # Panels remember icons by their first name, so it must not be that of the hour.
        self.name(APP_NAME)
        self._x.write(self._window, Atom.WM_CLASS, Atom.STRING, f"{APP}\0{APP_NAME}\0".encode())
        self._ask_for(FIRST_SIZE)
        info = self._x.atom("_XEMBED_INFO")
        self._x.write_numbers(self._window, info, info, XEMBED_VERSION, XEMBED_MAPPED)

    def _pixels(self, drawn: Picture, place: tuple[int, int, int]) -> bytes:
        from PIL import Image

        picture = Image.frombytes("RGBA", place[2:] * 2, drawn.tobytes())
        if self._depth == ALPHA_DEPTH:
            red, green, blue, alpha = picture.convert("RGBa").split()
            return Image.merge("RGBA", (blue, green, red, alpha)).tobytes()
        behind = self._x.get_image(self._window, place)
        canvas = Image.frombytes("RGB", picture.size, behind, "raw", "BGRX")
        canvas.paste(picture, mask=picture.getchannel("A"))
        return canvas.tobytes("raw", "BGRX")
