"""Notes as balloons of our own tray icon, where Windows shows no toasts with buttons.

A balloon can be clicked and nothing else, so its text ends with how to answer.  That it went away says
nothing: time, the person and another program look the same (Microsoft Learn: NOTIFYICONDATAW).
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from msgspec.structs import replace

from tray_agent.platforms.note_text import without_buttons
from tray_agent.platforms.windows.notify_icon import BODY_MAX, fitting
from tray_agent.platforms.windows.tray import APP_NAME, WindowsTray
from tray_agent.ports import Health, Loop, Note, State

assert sys.platform == "win32"

SOURCE = "balloon"


class BalloonNotifier:
    """Shows notes at the icon of `tray()`, which may be None where none is wanted.

    `answered(prompt, key)` is the port's, and the key is always `default`; `refused(note)` gets a note
    that could not be shown.
    """

    def __init__(
        self,
        loop: Loop,
        tray: Callable[[], WindowsTray | None],
        answered: Callable[[int, str], object],
        refused: Callable[[Note], object] = lambda _note: None,
    ) -> None:
        self._loop = loop
        self._tray = tray
        self._answered = answered
        self._refused = refused
        self._shown: Note | None = None

    def show(self, note: Note) -> None:
        """Show the note in place of the one before it."""
        self._shown = note
        if (tray := self._tray()) is None:
            self._loop.call_soon(lambda: self._lost(note))
        else:
            tray.balloon(*words(note), lambda: self._clicked(note), lambda: self._lost(note))

    def withdraw(self) -> None:
        """Take the note away without an answer."""
        if self._shown is not None:
            self._shown = None
            if (tray := self._tray()) is not None:
                tray.silence()

    def health(self) -> Health:
        """Whether balloons can be shown, and what they lack."""
        tray = self._tray()
        if tray is None:
            return _health(State.ABSENT, "no tray icon is shown that could have a balloon")
        icon = tray.health()
        if icon.state is not State.OK:
            return _health(icon.state, icon.reason)
        return _health(State.DEGRADED, "notes without buttons")

    def close(self) -> None:
        """Withdraw."""
        self.withdraw()

    def _clicked(self, note: Note) -> None:
        if note is self._shown:
            self._shown = None
            self._answered(note.prompt, "default")

    def _lost(self, note: Note) -> None:
        if note is self._shown:
            self._shown = None
            self._refused(note)


def words(note: Note) -> tuple[str, str]:
    """Title and text of the balloon.  What is too long is cut before the words on how to answer."""
    how = without_buttons(replace(note, body=""))
    room = BODY_MAX - len(how) - 1 if how else BODY_MAX
    text = "\n".join(filter(None, (fitting(note.body, room), how)))
    # A balloon without text is none.
    return (note.title, text) if text else (APP_NAME, note.title)


def _health(state: State, reason: str | None) -> Health:
    return Health("notifier", state, SOURCE, reason)
