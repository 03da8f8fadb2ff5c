"""The window that shows something to read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from tray_agent.ports import Windows
from tray_agent.shell.conversation import Failed, converse

TEXT = "text"


class Section(Struct, frozen=True):
    """Lines to read under a heading, or under none; `points` makes each a bullet.

    `english` has each line once more in the language it was written in, for people to compare with, and
    `english_heading` the heading.  `source` says where it comes from; `urgent` sets the section apart.
    """

    lines: tuple[str, ...]
    heading: str = ""
    points: bool = False
    english: tuple[str, ...] = ()
    english_heading: str = ""
    source: str = ""
    urgent: bool = False


class Sheets:
    """Opens it; `failed(reason)` is called when it could not be shown."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows

    def text(self, title: str, sections: Iterable[Section], failed: Failed) -> None:
        """Something to read, in place of what was shown before."""
        brief = {"title": title, "sections": [asdict(section) for section in sections]}
        converse(self._windows, TEXT, brief, _nothing, failed)

    def close(self) -> None:
        """Close it if it is open."""
        self._windows.close(TEXT)


def _nothing(_message: dict[str, Any]) -> None:
    """Reading needs no answer."""
