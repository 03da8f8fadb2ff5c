"""The last resort for notes: plyer, which on each system knows some way to put words on the screen.

It cannot tell whether anybody saw them, has no buttons, cannot take a note back, and may wait for as
long as a program it starts; so each note goes out in a thread of its own that nobody waits for.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable
from typing import Any

from tray_agent.platforms.note_text import shortened, without_buttons
from tray_agent.ports import Health, Loop, Note, State, Timer

PATIENCE_S = 10.0
# The smallest limits among the systems plyer speaks to: those of the Windows balloon.
TITLE_MAX, BODY_MAX = 63, 255
APP_NAME = "Tray Agent"


class PlyerNotifier:
    """Shows notes that cannot be answered in place; `notify` stands for `plyer.notification.notify`."""

    def __init__(self, loop: Loop, notify: Callable[..., Any] | None = None) -> None:
        self._loop = loop
        self._notify = notify or _notify
        self._busy = False
        self._next: Note | None = None
        self._state, self._reason = State.DEGRADED, "notes without buttons"

    def show(self, note: Note) -> None:
        """Show the note; while the one before it is still being handed over, it waits for its turn."""
        if self._busy:
            self._next = note
            return
        self._busy = True
        overdue = self._loop.call_later(PATIENCE_S, self._overdue)
        text = {"title": _safe(note.title, TITLE_MAX), "message": _safe(without_buttons(note), BODY_MAX)}

        def hand_over() -> None:
            failure = self._tried(text)
            self._loop.call_soon(lambda: self._ended(overdue, failure))

        threading.Thread(target=hand_over, name="plyer", daemon=True).start()

    def withdraw(self) -> None:
        """A note that still waits is dropped; one that is out cannot be taken back."""
        self._next = None

    def health(self) -> Health:
        """How the last note fared, as far as plyer tells."""
        return Health("notifier", self._state, "plyer", self._reason)

    def close(self) -> None:
        """Show nothing more."""
        self._next = None

    def _tried(self, text: dict[str, str]) -> str | None:
        try:
            self._notify(**text, app_name=APP_NAME, timeout=10)
        except Exception as error:  # noqa: BLE001  plyer names no exceptions; whatever it was is told in `health`
            return f"{type(error).__name__}: {error}"
        return None

    def _overdue(self) -> None:
        self._state, self._reason = State.LOST, f"no answer from the system in {PATIENCE_S:g} s"

    def _ended(self, overdue: Timer, failure: str | None) -> None:
        overdue.cancel()
        self._busy = False
        self._state = State.DEGRADED if failure is None else State.LOST
        self._reason = "notes without buttons" if failure is None else failure
        if self._next is not None:
            note, self._next = self._next, None
            self.show(note)


def _notify(**text: Any) -> None:
    # It recommends other packages by warnings, which are nothing to the person.
    warnings.filterwarnings("ignore", module="plyer")
    from plyer import notification

    notification.notify(**text)


def _safe(text: str, most: int) -> str:
    """The text as a program's argument: a leading minus would be read as an option, NUL ends it."""
    text = shortened(text.replace("\0", ""), most)
    return f"\u2060{text}" if text.startswith("-") else text
