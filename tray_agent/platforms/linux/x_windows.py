"""Where the windows of an X screen are and how they are shown, but never what they are called.

Window managers tell it by properties of the root and of each window ("Extended Window Manager
Hints" 1.5), all of them numbers; the monitors come from RANDR 1.5.  No question here is about a
title, a class or a program.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from msgspec import Struct

from tray_agent.platforms.linux.xcb import CORE, Extension
from tray_agent.platforms.linux.xcore import NUMBER_BITS, CoreConnection, number
from tray_agent.ports import Unavailable

GET_WINDOW_ATTRIBUTES, GET_GEOMETRY, GET_PROPERTY = 3, 14, 20
TRANSLATE_COORDINATES, GET_INPUT_FOCUS = 40, 43
QUERY_VERSION, GET_MONITORS = 0, 42
VIEWABLE = 2
MOST_WINDOWS = 2048
EVERY_DESKTOP = 0xFFFFFFFF

Question = tuple[Extension, int, bytes]
DECORATIONS_SAID, NO_DECORATIONS = 2, 0


class Box(Struct, frozen=True):
    """A rectangle on the screen, in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """The point that is looked at."""
        return self.left + self.width // 2, self.top + self.height // 2

    def holds(self, point: tuple[int, int]) -> bool:
        """Whether the point is inside."""
        x, y = point
        return 0 <= x - self.left < self.width and 0 <= y - self.top < self.height

    def covers(self, other: Box) -> bool:
        """Whether nothing of the other is outside."""
        last = other.left + other.width - 1, other.top + other.height - 1
        return self.holds((other.left, other.top)) and self.holds(last)


def about(question: Question, window: int, other: int) -> Question:
    """What was asked of the one window asked of the other; any other question stays what it is."""
    extension, opcode, body = question
    if body[1:5] == struct.pack("=I", window):
        body = body[:1] + struct.pack("=I", other) + body[5:]
    return extension, opcode, body


class WindowConnection(CoreConnection):
    """A connection that asks about windows; a question about one that is gone raises `Unavailable`."""

    def __init__(self, display: str) -> None:
        super().__init__(display)
        self._randr = Extension(b"RANDR")
        self._foreseen: dict[Question, int] = {}
        self._known: dict[Question, bytes] | None = None

    @contextmanager
    def foreseeing(self, asked: list[Question]) -> Iterator[None]:
        """Within this nothing is asked twice, and all that `asked` holds is on its way before anybody waits;
        afterwards it holds what was asked.

        One look asks much the same as the one before, and whoever asks twenty questions one by one is
        put to sleep and woken twenty times.
        """
        self._foreseen, self._known = {each: self.request(*each) for each in asked}, {}
        try:
            yield
        finally:
            asked[:], self._known = self._known, None
            for number in self._foreseen.values():
                self.forget(number)
            self._foreseen = {}

    def ask(self, extension: Extension, opcode: int, body: bytes) -> bytes:
        """As any connection does, unless that is known or foreseen."""
        question = extension, opcode, body
        if self._known is None:
            return super().ask(*question)
        if question not in self._known:
            sent = self._foreseen.pop(question, None)
            self._known[question] = super().ask(*question) if sent is None else self.receive(sent)
        return self._known[question]

    @cached_property
    def top(self) -> int:
        """The root window, on which the window manager writes."""
        return self.root()

    def said(self, window: int, name: str) -> tuple[int, ...]:
        """A property made of 32-bit numbers; empty where there is none."""
        question = struct.pack("=x5I", window, self.atom(name), 0, 0, MOST_WINDOWS)
        answer = self.ask(CORE, GET_PROPERTY, question)
        count = number(answer, 16) if answer[1] == NUMBER_BITS else 0
        return struct.unpack_from(f"={count}I", answer, 32)

    def managed(self) -> bool:
        """Whether a window manager is there that says which window is the active one."""
        (sign,) = self.said(self.top, "_NET_SUPPORTING_WM_CHECK")[:1] or (0,)
        try:
            # What a window manager wrote on the root outlives it; its own window does not.
            there = sign != 0 and self.said(sign, "_NET_SUPPORTING_WM_CHECK")[:1] == (sign,)
        except Unavailable:
            there = False
        return there and self.atom("_NET_ACTIVE_WINDOW") in self.said(self.top, "_NET_SUPPORTED")

    def states(self, window: int) -> frozenset[int]:
        """The atoms of `_NET_WM_STATE`: full screen, minimised, maximised."""
        return frozenset(self.said(window, "_NET_WM_STATE"))

    def on_this_desktop(self, window: int) -> bool:
        """Whether it is on the desktop that is shown now."""
        here = (*self.said(self.top, "_NET_CURRENT_DESKTOP")[:1], EVERY_DESKTOP)
        return (self.said(window, "_NET_WM_DESKTOP")[:1] or here)[0] in here

    def is_desktop(self, window: int) -> bool:
        """Whether it is the background with the icons, or a panel."""
        kinds = {self.atom(f"_NET_WM_WINDOW_TYPE_{kind}") for kind in ("DESKTOP", "DOCK")}
        return not kinds.isdisjoint(self.said(window, "_NET_WM_WINDOW_TYPE"))

    def wants_no_frame(self, window: int) -> bool:
        """Whether its program asked for a window without decorations, as Motif taught all to ask."""
        flags, _functions, wanted = (*self.said(window, "_MOTIF_WM_HINTS")[:3], 0, 0, 1)[:3]
        return bool(flags & DECORATIONS_SAID) and wanted == NO_DECORATIONS

    def viewable(self, window: int) -> bool:
        """Whether it and all it lies in are mapped."""
        return self._attributes(window)[26] == VIEWABLE

    def unmanaged(self, window: int) -> bool:
        """Whether it is shown behind the window manager's back."""
        return bool(self._attributes(window)[27])

    def focused(self) -> int:
        """The window that gets the keys; below 2 for none of them."""
        return number(self.ask(CORE, GET_INPUT_FOCUS, b"\0"), 8)

    def place(self, window: int) -> Box:
        """Where the window's inside is on the screen."""
        size = self.ask(CORE, GET_GEOMETRY, struct.pack("=xI", window))
        question = struct.pack("=xIIhh", window, self.top, 0, 0)
        at = self.ask(CORE, TRANSLATE_COORDINATES, question)
        return Box(*struct.unpack_from("=hh", at, 12), *struct.unpack_from("=HH", size, 16))

    def monitors(self) -> tuple[Box, ...]:
        """Where the monitors are; the whole screen where the server knows of none."""
        try:
            self.require(self._randr)
            self.ask(self._randr, QUERY_VERSION, struct.pack("=II", 1, 5))
            answer = self.ask(self._randr, GET_MONITORS, struct.pack("=IBxxx", self.top, 1))
        except Unavailable:
            answer = bytes(32)
        boxes, at = [], 32
        for _ in range(number(answer, 12)):
            outputs, *place = struct.unpack_from("=6xHhhHH", answer, at)
            boxes.append(Box(*place))
            at += 24 + 4 * outputs
        return tuple(boxes) or (self.place(self.top),)

    def _attributes(self, window: int) -> bytes:
        return self.ask(CORE, GET_WINDOW_ATTRIBUTES, struct.pack("=xI", window))
