"""What a note says where it can have no buttons, or where a text must not be too long."""

from __future__ import annotations

from tray_agent.ports import Note
from tray_agent.shell.words import _


def without_buttons(note: Note) -> str:
    """The note's body, and how to answer without buttons when there is something to answer."""
    if not note.actions:
        return note.body
    return "\n".join(
        filter(
            None, (note.body, _("Answer in the tray menu, or type “tray-agent snooze” or “tray-agent skip”."))
        )
    )


def shortened(text: str, most: int) -> str:
    """The text in at most `most` characters, with an ellipsis when some are missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
