"""Where this session's Wayland compositor listens, also after it has come back under another name."""

from __future__ import annotations

import os
from pathlib import Path

from tray_agent.ports import Unavailable

DEFAULT = "wayland-0"


def in_wayland() -> bool:
    """Whether this is a Wayland session, as its environment says."""
    return bool(os.environ.get("WAYLAND_DISPLAY")) or os.environ.get("XDG_SESSION_TYPE") == "wayland"


def places() -> list[Path]:
    """The door the session names, then the others of this person, the newest first.

    A compositor that was started anew may have another name than the one this process inherited.
    Raises `Unavailable` outside of Wayland.
    """
    if not in_wayland():
        raise Unavailable("this is no Wayland session")
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    named = Path(os.environ.get("WAYLAND_DISPLAY") or DEFAULT)
    if runtime:
        first = Path(runtime, named)  # `named` itself when that is a whole path
        others = (door for door in Path(runtime).glob("wayland-*") if door != first and door.is_socket())
        return [first, *sorted(others, key=_made_at, reverse=True)]
    if named.is_absolute():
        return [named]
    raise Unavailable("XDG_RUNTIME_DIR is not set")


def _made_at(door: Path) -> float:
    try:
        return door.stat().st_mtime
    except OSError:  # gone meanwhile
        return 0.0
