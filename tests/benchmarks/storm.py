"""Synthetic hands: so many movements and keys a second, through XTEST, until standard input ends.

    python -m tests.benchmarks.storm DISPLAY MOTION_HZ KEYS_HZ [BUSY_S REST_S]

They meet a window that asks for them, as those of real programs do: without one, the server hands
recorded events out in batches, and listeners look several times cheaper than they are.  At its end
it prints how many events it sent, how many the window saw, and in how many seconds.
"""

from __future__ import annotations

import itertools
import json
import math
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from tests.support.places import ROOT

CENTRE, RADIUS = (640, 330), 150
STEP = 1.5 / RADIUS
"""Radians between two places of the pointer: never the same pixel twice."""
LETTERS = "asdfjklewriouvbnm"


@contextmanager
def storm(
    display: str, motion_hz: float, keys_hz: float, *, busy_s: float = 1.0, rest_s: float = 0.0
) -> Iterator[dict[str, float]]:
    """Hands on this display for as long as the `with` lasts; afterwards the answer tells `sent`, `seen`
    and `seconds`.
    """
    command = [sys.executable, "-m", "tests.benchmarks.storm", display]
    rates = [f"{number:g}" for number in (motion_hz, keys_hz, busy_s, rest_s)]
    told: dict[str, float] = {}
    with subprocess.Popen(
        [*command, *rates], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as hands:
        assert hands.stdin is not None
        assert hands.stdout is not None
        try:
            if not hands.stdout.readline():
                raise RuntimeError("the storm did not begin")
            yield told
        finally:
            hands.stdin.close()
            told |= json.loads(hands.stdout.readline() or "{}")


class Hands:
    """A pointer that runs in a circle, keys below it, and the window that gets both."""

    def __init__(self, display: Display) -> None:
        self.sent = self.seen = 0
        self._display = display
        self._places = itertools.count()
        root = display.screen().root
        left, top = (middle - RADIUS - 20 for middle in CENTRE)
        side = 2 * RADIUS + 40
        self._window: Any = root.create_window(
            left,
            top,
            side,
            side,
            0,
            X.CopyFromParent,
            override_redirect=True,
            event_mask=X.PointerMotionMask | X.KeyPressMask,
        )
        self._window.map()
        display.sync()
        self._window.set_input_focus(X.RevertToPointerRoot, X.CurrentTime)
        self._keys = itertools.cycle(
            [display.keysym_to_keycode(XK.string_to_keysym(letter)) for letter in LETTERS]
        )

    def move(self) -> None:
        """One movement."""
        angle = next(self._places) * STEP
        x, y = CENTRE[0] + RADIUS * math.cos(angle), CENTRE[1] + RADIUS * math.sin(angle)
        self._fake((X.MotionNotify, 0), (int(x), int(y)))

    def type(self) -> None:
        """One key, down and up."""
        key = next(self._keys)
        xtest.fake_input(self._display, X.KeyPress, key)
        self._fake((X.KeyRelease, key), (0, 0))

    def look(self) -> None:
        """Count what has come to the window."""
        while self._display.pending_events():
            self._display.next_event()
            self.seen += 1

    def _fake(self, what: tuple[int, int], where: tuple[int, int]) -> None:
        xtest.fake_input(self._display, *what, x=where[0], y=where[1])
        self._display.flush()
        self.sent += 1


def main(arguments: list[str]) -> int:
    """Rage until the parent has closed standard input."""
    name, *numbers = arguments
    motion_hz, keys_hz, busy_s, rest_s = (*map(float, numbers), *(1.0, 0.0)[len(numbers) - 2 :])
    with closing(Display(name)) as display:
        hands = Hands(display)
        print("on", flush=True)
        began = time.monotonic()
        acts = [(1 / motion_hz, hands.move), (1 / keys_hz, hands.type)]
        due = [began, began]
        while True:
            which = due.index(min(due))
            _wait(due[which])
            if select.select([sys.stdin], [], [], 0)[0]:
                break
            acts[which][1]()
            hands.look()
            due[which] = _next(due[which] + acts[which][0], began, busy_s, rest_s)
        print(json.dumps({"sent": hands.sent, "seen": hands.seen, "seconds": time.monotonic() - began}))
    return 0


def _next(moment: float, began: float, busy_s: float, rest_s: float) -> float:
    """This moment, or the end of the rest it falls into."""
    within = (moment - began) % (busy_s + rest_s)
    return moment if within < busy_s else moment + busy_s + rest_s - within


def _wait(moment: float) -> None:
    """Until then, or until the parent has had enough; no sleep when late, so that the rate holds."""
    left = moment - time.monotonic()
    if left > 0:
        select.select([sys.stdin], [], [], left)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
