"""The outside world where there is none: parts that do nothing and say so when asked for their health."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tray_agent.ports import Face, Health, Loop, Note, Startup, State


class NullTray:
    """No icon; `state` and `reason` tell whether it is missing or was not wanted."""

    def __init__(self, reason: str, state: State = State.ABSENT) -> None:
        self._health = Health("tray", state, None, reason)

    def show(self, face: Face) -> None:
        """Nothing."""

    def health(self) -> Health:
        """Why there is no icon."""
        return self._health

    def close(self) -> None:
        """Nothing."""


class NullNotifier:
    """No notes, hence no answers."""

    def __init__(self, reason: str, state: State = State.ABSENT) -> None:
        self._health = Health("notifier", state, None, reason)

    def show(self, note: Note) -> None:
        """Nothing."""

    def withdraw(self) -> None:
        """Nothing."""

    def health(self) -> Health:
        """Why there are no notes."""
        return self._health

    def close(self) -> None:
        """Nothing."""


class NullWindows:
    """No windows: each one asked for is gone at once, so that whoever asked can do without."""

    def __init__(self, loop: Loop, reason: str, state: State = State.ABSENT) -> None:
        self._loop = loop
        self._health = Health("windows", state, None, reason)

    def open(self, name: str, brief: dict[str, Any], said: Callable[[dict[str, Any]], object]) -> None:
        """Say, a moment later, that the window is gone and why."""
        self._loop.call_soon(lambda: said({"event": "gone", "reason": self._health.reason}))

    def tell(self, name: str, message: dict[str, Any]) -> None:
        """Nothing."""

    def close(self, name: str) -> None:
        """Nothing."""

    def health(self) -> Health:
        """Why there are no windows."""
        return self._health


class NoAutostart:
    """Cannot start with the session."""

    def status(self) -> Startup:
        """Off, and why."""
        return Startup(on=False, mechanism=None, reason="not possible on this system")

    def set(self, *, on: bool) -> Startup:
        """Refused."""
        raise OSError("starting with the session is not possible on this system")
