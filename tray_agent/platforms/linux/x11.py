"""Which X display is the person's, and why sometimes none is."""

from __future__ import annotations

import os

from tray_agent.ports import Unavailable


def display_name(display: str | None = None) -> str:
    """The display to watch, `display` when the caller knows better.

    Raises `Unavailable` where there is none, and under Wayland: its X server answers every
    question about input, but has seen only what went to its own windows.
    """
    if display is not None:
        return display
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland":
        raise Unavailable("XWayland sees only its own windows")
    named = os.environ.get("DISPLAY")
    if not named:
        raise Unavailable("DISPLAY is not set")
    return named
