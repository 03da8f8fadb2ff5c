"""A person at the keyboard and mouse: real X events through XTEST, seen by every program alike."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest


class Person:
    """Types and points on one X display; use as a context manager, or call `leave` at the end."""

    def __init__(self, display: str) -> None:
        self.display = display
        self._display = Display(display)
        self._at = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def leave(self) -> None:
        """Take the hands off; the display forgets this person."""
        self._display.close()

    def type(self, text: str = "a") -> None:
        """Press and release the key of each character."""
        for character in text:
            self.press(XK.string_to_keysym({" ": "space", "\n": "Return"}.get(character, character)))

    def press(self, keysym: int) -> None:
        """Press and release one key, such as `XK.XK_Escape`."""
        self.hold(keysym)
        self.release(keysym)

    def hold(self, keysym: int) -> None:
        """Press a key and keep it down."""
        self._fake(X.KeyPress, self._display.keysym_to_keycode(keysym))

    def release(self, keysym: int) -> None:
        """Let go of a key."""
        self._fake(X.KeyRelease, self._display.keysym_to_keycode(keysym))

    def move(self, x: int | None = None, y: int | None = None) -> None:
        """Put the pointer at a place; without one, nudge it, always somewhere it was not."""
        if x is None or y is None:
            self._at = (self._at + 1) % 50
            x, y = 300 + 4 * self._at, 300 + 2 * self._at
        self._fake(X.MotionNotify, 0, x, y)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Point at (x, y) and click: 1 is the left button, 2 the middle one, 3 the right one."""
        self.move(x, y)
        self._fake(X.ButtonPress, button)
        self._fake(X.ButtonRelease, button)

    def work(self, seconds: float, every: float = 1.0) -> None:
        """Move and type by turns for so many real seconds, one act `every` so many of them."""
        end = time.monotonic() + seconds
        while True:
            self.move()
            self.type()
            left = end - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(every, left))

    def _fake(self, event: int, detail: int, x: int = 0, y: int = 0) -> None:
        xtest.fake_input(self._display, event, detail, x=x, y=y)
        # A round trip: when this returns, the server has seen it.
        self._display.sync()
