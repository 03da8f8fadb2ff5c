"""Notes through the desktop's notification service, org.freedesktop.Notifications.

At most one note is wanted and at most one is on the screen; `_settle` brings the second in line with
the first whenever something happens: an answer from the service, its death, its return.  The service
answers to numbers of its own, and whatever it says about another number than the last is dropped.
A note that an agent before this one left on the screen is taken away.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jeepney import DBusAddress, MatchRule, Message, message_bus
from msgspec import Struct

from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.last_note import LastNote
from tray_agent.platforms.linux.messages import Body, Refusal, method
from tray_agent.platforms.linux.note_services import APP, NoteService, last_words
from tray_agent.ports import Health, Loop, Note, State, Timer

NAME = "org.freedesktop.Notifications"
SERVICE = DBusAddress("/org/freedesktop/Notifications", NAME, NAME)
NOTIFY = "susssasa{sv}i"
NOBODY = ("ServiceUnknown", "NameHasNoOwner", "Spawn")
# How long a note may stay invisible (a service starting up, a bus that is late) before it is given up.
PATIENCE_S = 3.0
LIVES = 2


class _Wanted(Struct):
    """A note that ought to be on the screen; a service that died under it gets it once more."""

    note: Note
    lives: int = LIVES


class DesktopNotifier:
    """Shows notes with buttons where the service has them.

    `answered(prompt, key)` is the port's; `refused(note)` gets a note that no service took; `icon` is
    the name of a themed icon or a file; `memory` a file that outlives a killed agent; `token` gets what
    lets a window take the focus under Wayland, a moment before an answer.
    """

    def __init__(
        self,
        loop: Loop,
        bus: Bus,
        answered: Callable[[int, str], object],
        refused: Callable[[Note], object] = lambda _note: None,
        icon: str = APP,
        *,
        memory: Path | None = None,
        token: Callable[[str], object] = lambda _token: None,
    ) -> None:
        self._loop = loop
        self._bus = bus
        self._answered = answered
        self._refused = refused
        self._icon = icon
        self._token = token
        self._last = LastNote(memory)
        self._giver: str | None = None
        self._owner: str | None = None
        self._service: NoteService | None = None
        self._introduction: Body = ("the notification service", "", "", "")
        self._fault = ""
        self._wanted: _Wanted | None = None
        self._shown: _Wanted | None = None
        self._id = 0
        self._sending = False
        self._era = 0
        self._patience: Timer | None = None
        self._stops = [
            bus.match(_signal("ActivationToken"), self._may_activate, "us"),
            bus.match(_signal("ActionInvoked"), self._invoked, "us"),
            bus.match(_signal("NotificationClosed"), self._closed, "uu"),
            bus.watch_name(NAME, self._owned_by),
        ]

    def show(self, note: Note) -> None:
        """Show the note in place of the one before it."""
        self._wanted = _Wanted(note)
        self._lose_patience_later()
        self._settle()

    def withdraw(self) -> None:
        """Take the note away without an answer."""
        self._wanted = None
        self._settle()

    def health(self) -> Health:
        """Which service shows notes, or why none does."""
        if not self._bus.connected:
            return _health(State.LOST, f"no message bus: {self._bus.reason}")
        if self._owner is None:
            return _health(State.ABSENT, self._fault or "no notification service is running")
        if self._service is None or self._fault:
            return _health(State.DEGRADED, self._fault or "the notification service has not answered yet")
        if not self._service.buttons:
            return _health(State.DEGRADED, f"{self._service} shows no buttons")
        return _health(State.OK, f"{self._service}")

    def close(self) -> None:
        """Withdraw and let go."""
        self.withdraw()
        for stop in self._stops:
            stop()
        if self._patience is not None:
            self._patience.cancel()

    def _settle(self) -> None:
        if self._sending or self._wanted is self._shown:
            return
        if self._wanted is None:
            self._take_away(self._id)
            self._forget()
        elif self._service is not None:
            self._send(self._wanted, self._service)
        else:
            self._get_acquainted()

    def _take_away(self, number: int) -> None:
        if self._service is not None and self._service.forgets_to_clear:
            self._bus.call(method(SERVICE, "Notify", NOTIFY, *last_words(number)))
        self._close_note(number)

    def _close_note(self, number: int) -> None:
        self._bus.call(method(SERVICE, "CloseNotification", "u", number))

    def _get_acquainted(self) -> None:
        # The first call to a service that is not running starts it, where it can be started.
        question = method(SERVICE, "GetServerInformation")
        self._bus.call(question, self._introduced, None, PATIENCE_S, "ssss")
        self._call(method(SERVICE, "GetCapabilities"), self._offered, "as")

    def _introduced(self, body: Body) -> None:
        self._introduction = body

    def _offered(self, body: Body) -> None:
        name, vendor, version, _spec = self._introduction
        self._service = NoteService(name, vendor, version, frozenset(body[0]))
        left = None if self._giver is None else self._last.left_with(self._giver)
        if left is not None:
            self._take_away(left)

    def _send(self, wanted: _Wanted, service: NoteService) -> None:
        def taken(body: Body) -> None:
            self._shown, self._id = wanted, body[0]
            if self._giver is not None:
                self._last.keep(self._giver, self._id)
            if self._patience is not None:
                self._patience.cancel()

        wanted.lives -= 1
        arguments = service.arguments(wanted.note, self._id, self._icon)
        self._call(method(SERVICE, "Notify", NOTIFY, *arguments), taken, "u")

    def _call(self, question: Message, reply: Callable[[Body], object], signature: str) -> None:
        """Ask the service one thing; until it answers, nothing else.  Its successor owes no answer."""
        era = self._era
        self._sending = True

        def answered(body: Body) -> None:
            if era == self._era:
                self._sending, self._fault = False, ""
                reply(body)
                self._settle()

        def failed(refusal: Refusal) -> None:
            if era == self._era:
                self._sending = False
                self._fault = f"the notification service does not answer: {refusal.text or refusal.name}"
                if any(sign in refusal.name for sign in NOBODY):
                    self._give_up()

        self._bus.call(question, answered, failed, PATIENCE_S, signature)

    def _invoked(self, message: Message) -> None:
        number, key = message.body
        if note := self._current(number):
            # Most services have cleared it by now; where it was told to stay it must go.
            self._close_note(number)
            self._wanted = None
            self._forget()
            self._answered(note.prompt, key)

    def _may_activate(self, message: Message) -> None:
        number, token = message.body
        if self._current(number):
            self._token(token)

    def _closed(self, message: Message) -> None:
        number, why = message.body
        if (note := self._current(number)) and self._service is not None:
            self._wanted = None
            self._forget()
            if self._service.dismissed(why):
                self._answered(note.prompt, "dismiss")

    def _current(self, number: int) -> Note | None:
        """The note on the screen, if `number` means it and it is the one still wanted."""
        if self._sending or self._shown is None or number != self._id or self._shown is not self._wanted:
            return None
        return self._shown.note

    def _owned_by(self, owner: str | None) -> None:
        self._era += 1
        self._owner, self._service, self._sending = owner, None, False
        self._giver = None
        self._forget()
        if self._wanted is not None and self._wanted.lives == 0:
            self._wanted = None
        if owner is not None:
            self._lose_patience_later()
            self._bus.call(message_bus.GetId(), lambda body: self._given_by(owner, body[0]), signature="s")
            self._get_acquainted()
        elif self._wanted is not None and self._wanted.lives == LIVES:
            self._settle()

    def _given_by(self, owner: str, bus: str) -> None:
        if owner == self._owner:
            self._giver = f"{bus} {owner}"

    def _forget(self) -> None:
        if self._shown is not None:
            self._last.forget()
        self._shown, self._id = None, 0

    def _lose_patience_later(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
        wanted = self._wanted
        self._patience = self._loop.call_later(PATIENCE_S, lambda: self._lose_patience(wanted))

    def _lose_patience(self, wanted: _Wanted | None) -> None:
        if wanted is not None and wanted is self._wanted and wanted is not self._shown:
            self._give_up()

    def _give_up(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._refused(wanted.note)


def _signal(member: str) -> MatchRule:
    return MatchRule(type="signal", sender=NAME, interface=NAME, member=member)


def _health(state: State, reason: str) -> Health:
    return Health("notifier", state, "freedesktop_notifications", reason)
