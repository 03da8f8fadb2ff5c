"""Whether a program fills a screen, by where its windows are.

A film, slides or a game is no moment for a prompt.  A window on the level of ordinary ones that covers a
display counts, unless it is ours.  On a display with a notch such a window begins below it; so does one that
was merely made as large as can be, but then the menu bar is shown above it.  Of a window its bounds, level,
opacity and owner's number are read.  Its title, which would need the permission to record the screen, and its
owner's name are not.

Apple developer documentation: "CGWindowListCopyWindowInfo", "Required Window List Keys", "CGDisplayBounds".
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from Quartz import (
    CGDisplayBounds,
    CGGetActiveDisplayList,
    CGWindowLevelForKey,
    CGWindowListCopyWindowInfo,
    kCGMainMenuWindowLevelKey,
    kCGNullWindowID,
    kCGWindowAlpha,
    kCGWindowBounds,
    kCGWindowLayer,
    kCGWindowListExcludeDesktopElements,
    kCGWindowListOptionOnScreenOnly,
    kCGWindowOwnerPID,
)

from tray_agent.core.model import Signal
from tray_agent.platforms.asked import Asked, Found
from tray_agent.platforms.questions import Questions
from tray_agent.ports import Unavailable

ORDINARY = 0
"""kCGNormalWindowLevel"""
DISPLAYS_AT_MOST = 32
NOTCH_AT_MOST = 50
"""Points."""
SLACK = 1.0
"""Points: a window may lie between two of them."""


class Area(Struct, frozen=True):
    """In points, from the upper left corner of the main display."""

    left: float
    top: float
    right: float
    bottom: float

    def covers(self, display: Area, *, below: float) -> bool:
        """Whether it reaches all edges of the display, the upper one but for so much."""
        return (
            self.left <= display.left + SLACK
            and self.right >= display.right - SLACK
            and self.bottom >= display.bottom - SLACK
            and self.top <= display.top + below + SLACK
        )

    def tops(self, display: Area) -> bool:
        """Whether it lies along the upper edge of the display."""
        return (
            abs(self.top - display.top) <= SLACK
            and self.left <= display.left + SLACK
            and self.right >= display.right - SLACK
        )


def some_window_fills() -> Found:
    """Whether some window fills a display; raises `Unavailable`.  Thread-safe."""
    windows = CGWindowListCopyWindowInfo(
        kCGWindowListOptionOnScreenOnly | kCGWindowListExcludeDesktopElements, kCGNullWindowID
    )
    if windows is None:
        raise Unavailable("macOS does not say where windows are")
    return Found(any(_filled(display, windows) for display in _displays()))


def fullscreen(
    questions: Questions[Unavailable],
    told: Callable[[bool | None], object],
    asks: Callable[[], Found] = some_window_fills,
) -> Asked:
    """The sensor."""
    return Asked(
        questions, told, name="fullscreen", signal=Signal.FULLSCREEN, source="window_list", asks=asks
    )


def _displays() -> list[Area]:
    refused, displays, count = CGGetActiveDisplayList(DISPLAYS_AT_MOST, None, None)
    if refused:
        raise Unavailable(f"macOS does not say which displays there are ({refused})")
    bounds = [CGDisplayBounds(display) for display in displays[:count]]
    return [
        Area(each.origin.x, each.origin.y, each.origin.x + each.size.width, each.origin.y + each.size.height)
        for each in bounds
    ]


def _filled(display: Area, windows: Sequence[Mapping[str, Any]]) -> bool:
    menu_level = CGWindowLevelForKey(kCGMainMenuWindowLevelKey)
    menu_bar = any(each[kCGWindowLayer] == menu_level and _area(each).tops(display) for each in windows)
    below = 0.0 if menu_bar else NOTCH_AT_MOST
    return any(
        each[kCGWindowLayer] == ORDINARY
        and each.get(kCGWindowAlpha, 1) > 0
        and _area(each).covers(display, below=below)
        and not _is_ours(each[kCGWindowOwnerPID])
        for each in windows
    )


def _area(window: Mapping[str, Any]) -> Area:
    bounds = window[kCGWindowBounds]
    left, top = bounds["X"], bounds["Y"]
    return Area(left, top, left + bounds["Width"], top + bounds["Height"])


def _is_ours(process: int) -> bool:
    """Windows of ours are processes that the agent has started, which are of its group."""
    try:
        return os.getpgid(process) == os.getpgrp()
    except OSError:
        return False
