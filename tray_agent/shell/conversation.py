"""One window's life as whoever opened it sees it: it fails, or it talks and at last is closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tray_agent.ports import Windows

Heard = Callable[[dict[str, Any]], object]
Failed = Callable[[str], object]

ENDED: dict[str, Any] = {"event": "ended"}


def converse(windows: Windows, name: str, brief: dict[str, Any], heard: Heard, failed: Failed) -> None:
    """Open window `name` with its `brief`.

    `heard` gets each message between the first paint and the end, and `{"event": "ended"}` last, also
    when the process died in between.  A window that never painted is `failed(reason)` and nothing else.
    """
    painted = False

    def said(message: dict[str, Any]) -> None:
        nonlocal painted
        match message["event"]:
            case "ready":
                painted = True
            case "gone" if painted:
                heard(ENDED)
            case "gone":
                failed(message["reason"])
            case _:
                heard(message)

    windows.open(name, {"v": 1, **brief}, said)
