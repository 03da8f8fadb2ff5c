"""Windows that take down what is asked of them; the test speaks in their place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tray_agent.ports import Health, State

Said = Callable[[dict[str, Any]], object]


@dataclass
class FakeWindows:
    """Keeps the last brief of each window that is open, and what else it was told."""

    open_now: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    _said: dict[str, Said] = field(default_factory=dict)

    def open(self, name: str, brief: dict[str, Any], said: Said) -> None:
        self.open_now[name] = brief
        self._said[name] = said

    def tell(self, name: str, message: dict[str, Any]) -> None:
        self.told.append((name, message))

    def close(self, name: str) -> None:
        if self.open_now.pop(name, None) is not None:
            self.says(name, "ended")

    def health(self) -> Health:
        return Health("windows", State.OK, "fake")

    def says(self, name: str, event: str, **more: Any) -> None:
        """Let the window say something."""
        self._said[name]({"event": event, **more})
