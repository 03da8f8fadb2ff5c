"""Something to read, such as why the agent asks or waits.

A later `{"sections": [...]}` takes the place of what stands there.
"""

from __future__ import annotations

from typing import Any

import msgspec

from tray_agent.ui import opening
from tray_agent.ui.incoming import Brief
from tray_agent.ui.opening import Say
from tray_agent.ui.prose import Section
from tray_agent.ui.prose_page import ProsePage


class TextBrief(Brief, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What to read."""

    title: str
    sections: tuple[Section, ...]


class TextWindow(ProsePage):
    """Shows the brief's text under its title."""

    WIDTH = 640

    def __init__(self, brief: TextBrief, say: Say) -> None:
        super().__init__(brief.title, brief.sections, say)
        self.add_close()

    def told(self, message: dict[str, Any]) -> None:
        """Show these sections from now on."""
        self.prose.write(msgspec.convert(message["sections"], tuple[Section, ...]))


def main() -> int:
    """Show the text until the window is closed."""
    return opening.run("text", TextBrief, TextWindow)
