"""Notes by the notification center of macOS, which takes them from an app alone, and if the person allows it.

Each step is taken on the main thread and answered on the loop, which looks whether the note is still the
one that is wanted.  Where macOS is not to show it, nobody waits for it: `refused` gets it.
The person is asked as soon as there is a notifier, since the question is a note itself, and the first
prompt would come before the answer.  Notes make no sound: that is for the settings to say.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import objc

from tray_agent.platforms.macos.bundle import in_bundle
from tray_agent.platforms.macos.main_thread import do
from tray_agent.platforms.macos.notification_center import (
    NotificationCenter,
    Permission,
    fault,
    permission,
)
from tray_agent.ports import Health, Loop, Note, State, Timer, Unavailable

SOURCE = "notification_center"
PERMISSION = "Notifications"
PATIENCE_S = 3.0
"""How long a note may stay invisible before it is given up."""

Step = Callable[[NotificationCenter], object]


class MacNotifier:
    """Shows notes with buttons, beside the icon of the app: `_icon` is for systems that have to be told.

    `answered(prompt, key)` is the port's; `refused(note)` gets a note that macOS did not show.
    """

    def __init__(
        self,
        loop: Loop,
        answered: Callable[[int, str], object],
        _icon: Path,
        refused: Callable[[Note], object] = lambda _note: None,
    ) -> None:
        if not in_bundle():
            raise Unavailable("macOS shows the notes of apps only, and this agent was not started as one")
        self._loop = loop
        self._answered = answered
        self._refused = refused
        self._wanted: Note | None = None
        self._permission: Permission | None = None
        self._asked = False
        self._fault: str | None = None
        self._patience: Timer | None = None
        self._closed = False
        # Made and used on the main thread only.
        self._center: NotificationCenter | None = None
        do(self._begin)

    def show(self, note: Note) -> None:
        """Show the note in place of the one before it."""
        self._forget()
        self._wanted = note
        self._patience = self._loop.call_later(PATIENCE_S, lambda: self._give_up(note))
        self._step(lambda center: center.look(self._at_home(self._allowed, note)))

    def withdraw(self) -> None:
        """Take the note away without an answer."""
        if self._wanted is not None:
            self._forget()
            self._step(NotificationCenter.clear)

    def health(self) -> Health:
        """What macOS allows, and why it shows none where it does not."""
        state, reason = self._state()
        return Health("notifier", state, SOURCE, reason, permission=_words(self._permission))

    def close(self) -> None:
        """Withdraw and let go."""
        if not self._closed:
            self._forget()
            self._closed = True
            self._step(NotificationCenter.close)

    def _state(self) -> tuple[State, str | None]:
        allowed = self._permission
        if allowed is None or not allowed.asked:
            waiting = "the person has not yet said whether macOS may show notes"
            return (State.DENIED, self._fault) if self._fault else (State.DEGRADED, waiting)
        if not allowed.allowed:
            return State.DENIED, "notifications of the agent are switched off"
        if not allowed.shown:
            return State.DENIED, "notifications of the agent are kept off the screen"
        return (State.DEGRADED, self._fault) if self._fault else (State.OK, None)

    def _begin(self) -> None:
        """On the main thread; what an agent before this one left is taken away."""
        try:
            self._center = NotificationCenter(self._at_home(self._heard))
        except objc.error as error:
            self._loop.call_soon(partial(self._failed, f"{error}"))
            return
        self._center.clear()
        self._center.look(self._at_home(self._learned))

    def _step(self, step: Step) -> None:
        """Take it on the main thread; where there is no center, the note's time runs out."""
        do(lambda: self._center and step(self._center))

    def _at_home(self, call: Callable[..., object], *first: object) -> Callable[..., None]:
        """The call, made on the loop from whatever thread macOS answers on."""

        def answer(*more: object) -> None:
            if not self._closed:
                self._loop.call_soon(partial(call, *first, *more))

        return answer

    def _learned(self, settings: Any) -> Permission:
        self._permission = allowed = permission(settings)
        if not allowed.asked and not self._asked:
            self._asked = True
            self._step(lambda center: center.ask(self._at_home(self._decided)))
        return allowed

    def _decided(self, error: Any) -> None:
        self._failed(fault(error))
        self._step(lambda center: center.look(self._at_home(self._learned)))

    def _allowed(self, note: Note, settings: Any) -> None:
        """Have the buttons known, if the note may be shown at all."""
        if not self._learned(settings).shown:
            self._give_up(note)
        elif note is self._wanted:
            self._step(lambda center: center.offer(note.actions, self._at_home(self._offered, note)))

    def _offered(self, note: Note) -> None:
        if note is self._wanted:
            self._step(lambda center: center.add(note, self._at_home(self._added, note)))

    def _added(self, note: Note, error: Any) -> None:
        self._failed(fault(error))
        if error is not None:
            self._give_up(note)
        elif note is self._wanted and self._patience is not None:
            self._patience.cancel()
        elif self._wanted is None:
            # It was withdrawn on its way, or came after all.
            self._step(NotificationCenter.clear)

    def _failed(self, why: str | None) -> None:
        self._fault = why and f"macOS shows no notes of the agent: {why}"

    def _heard(self, prompt: int, key: str) -> None:
        if self._wanted is not None and self._wanted.prompt == prompt:
            self._forget()
            self._step(NotificationCenter.clear)
            self._answered(prompt, key)

    def _give_up(self, note: Note) -> None:
        if note is self._wanted:
            self._forget()
            self._step(NotificationCenter.clear)
            self._refused(note)

    def _forget(self) -> None:
        self._wanted = None
        if self._patience is not None:
            self._patience.cancel()


def _words(allowed: Permission | None) -> str | None:
    """As `Health.permission` has it."""
    if allowed is None:
        return None
    if not allowed.asked:
        return f"{PERMISSION}: not asked"
    return f"{PERMISSION}: {'granted' if allowed.allowed else 'denied'}"
