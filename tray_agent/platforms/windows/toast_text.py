"""A note as a toast is written: XML of at most five kilobytes (Microsoft Learn: "Toast schema").

As a `reminder` it stays on the screen until somebody answers, which Windows grants only to toasts with a
button that opens nothing by itself.  Each answer says which prompt it belongs to.
"""

from __future__ import annotations

import re
import sys
from xml.sax.saxutils import escape, quoteattr

from tray_agent.platforms.windows.notify_icon import fitting
from tray_agent.ports import Note

assert sys.platform == "win32"

BUTTONS_MAX = 5
BYTES_MAX = 5000
TITLE_MAX, BODY_MAX, LABEL_MAX = 120, 360, 40
"""UTF-16 units; each may take six bytes where all of them are written as `&quot;`."""
DEFAULT = "default"

_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document(note: Note) -> str:
    """The toast; without its picture where that would be too much."""
    with_picture = _document(note, _picture(note))
    return with_picture if len(with_picture.encode()) <= BYTES_MAX else _document(note, "")


def answer(argument: str) -> tuple[int, str] | None:
    """Prompt and key, as the button had them; None for what is not ours."""
    number, _, key = argument.partition(" ")
    return (int(number), key) if number.isdecimal() and key else None


def _document(note: Note, picture: str) -> str:
    texts = (fitting(_clean(note.title), TITLE_MAX), fitting(_clean(note.body), BODY_MAX))
    written = "".join(f"<text>{escape(text)}</text>" for text in texts if text)
    buttons = "".join(_button(note.prompt, key, label) for key, label in note.actions[:BUTTONS_MAX])
    scenario = ' scenario="reminder"' if buttons else ""
    return (
        f"<toast launch={quoteattr(f'{note.prompt} {DEFAULT}')}{scenario}>"
        f'<visual><binding template="ToastGeneric">{written}{picture}</binding></visual>'
        f"<actions>{buttons}</actions></toast>"
    )


def _button(prompt: int, key: str, label: str) -> str:
    shown = quoteattr(fitting(_clean(label), LABEL_MAX))
    return f'<action activationType="background" arguments={quoteattr(f"{prompt} {key}")} content={shown}/>'


def _picture(note: Note) -> str:
    if note.picture is None:
        return ""
    return f'<image placement="appLogoOverride" src={quoteattr(note.picture.absolute().as_uri())}/>'


def _clean(text: str) -> str:
    """The text without what no XML may hold, such as half a character."""
    return _NO_XML.sub("", text)
