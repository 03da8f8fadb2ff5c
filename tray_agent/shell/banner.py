"""Notes in a small window of our own, for systems on which nobody else shows them to a person.

The window is told each note with a number and says that number with each answer, so that an answer to
a note that has been replaced meanwhile is known for what it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tray_agent.ports import Health, Note, State, Windows

WINDOW = "banner"
SOURCE = "banner window"


class BannerNotifier:
    """Keeps `ports.Notifier` over `windows`; `answered(prompt, key)` is the port's."""

    def __init__(self, windows: Windows, answered: Callable[[int, str], object]) -> None:
        self._windows, self._answered = windows, answered
        self._number = 0
        self._shown: Note | None = None
        self._opened: object | None = None
        self._trouble: str | None = None

    def show(self, note: Note) -> None:
        """Show the note in place of the one before it, in its window if that is still open."""
        self._number += 1
        self._shown = note
        words = _words(self._number, note)
        if self._opened is not None:
            self._windows.tell(WINDOW, {"do": "show", **words})
            return
        opened = self._opened = object()
        brief = {"v": 1, "quietly": True, **words}
        self._windows.open(WINDOW, brief, lambda said: self._heard(opened, said))

    def withdraw(self) -> None:
        """Take the note away without an answer."""
        self._shown = None
        if self._opened is not None:
            self._opened = None
            self._windows.close(WINDOW)

    def health(self) -> Health:
        """Whether windows can be shown, and how the last note fared."""
        windows = self._windows.health()
        if windows.state is State.ABSENT:
            return Health("notifier", State.ABSENT, SOURCE, windows.reason)
        state = State.OK if self._trouble is None else State.DEGRADED
        return Health("notifier", state, SOURCE, self._trouble)

    def close(self) -> None:
        """Withdraw."""
        self.withdraw()

    def _heard(self, opened: object, said: dict[str, Any]) -> None:
        if self._opened is not opened:
            return
        match said.get("event"):
            case "ready":
                self._trouble = None
            case "answer" if said.get("note") == self._number:
                self._answer(f"{said.get('key')}")
            case "gone":
                self._trouble = f"{said.get('reason')}"
                self._opened = self._shown = None
            case "ended":
                self._opened = self._shown = None
            case _:
                pass

    def _answer(self, key: str) -> None:
        note = self._shown
        self.withdraw()
        if note is not None:
            self._answered(note.prompt, key)


def _words(number: int, note: Note) -> dict[str, Any]:
    return {
        "note": number,
        "title": note.title,
        "body": note.body,
        "actions": [{"key": key, "label": label} for key, label in note.actions],
        "picture": "" if note.picture is None else f"{note.picture}",
        # Words that ask for nothing need not be closed by hand.
        "passing": note.prompt == 0 and not note.actions,
    }
