"""Notes through the desktop's notification service, org.freedesktop.Notifications.

At most one note is wanted and at most one is on the screen; `_settle` brings the second in line with
the first whenever something happens: an answer from the service, its death, its return.  The service
answers to numbers of its own, and whatever it says about another number than the last is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jeepney import DBusAddress, MatchRule, Message

from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.exported import plain
from tray_agent.platforms.linux.messages import Body, Refusal, method
from tray_agent.platforms.note_text import without_buttons
from tray_agent.ports import Health, Loop, Note, State, Timer

NAME = "org.freedesktop.Notifications"
SERVICE = DBusAddress("/org/freedesktop/Notifications", NAME, NAME)
APP, APP_NAME = "org.trayagent.TrayAgent", "Tray Agent"
CLOSED_BY_PERSON = 2
NOBODY = ("ServiceUnknown", "NameHasNoOwner", "Spawn")
NEVER_EXPIRES = 0
# How long a note may stay invisible (a service starting up, a bus that is late) before it is given up.
PATIENCE_S = 3.0
LIVES = 2


@dataclass(slots=True)
class _Wanted:
    """A note that ought to be on the screen; a service that died under it gets it once more."""

    note: Note
    lives: int = LIVES


class DesktopNotifier:
    """Shows notes with buttons where the service has them.

    `answered(prompt, key)` is the port's; `refused(note)` gets a note that no service took; `icon` is
    the name of a themed icon or a file.
    """

    def __init__(
        self,
        loop: Loop,
        bus: Bus,
        answered: Callable[[int, str], object],
        refused: Callable[[Note], object] = lambda _note: None,
        icon: str = APP,
    ) -> None:
        self._loop = loop
        self._bus = bus
        self._answered = answered
        self._refused = refused
        self._icon = icon
        self._owner: str | None = None
        self._features: frozenset[str] | None = None
        self._server = ""
        self._fault = ""
        self._wanted: _Wanted | None = None
        self._shown: _Wanted | None = None
        self._id = 0
        self._sending = False
        self._era = 0
        self._patience: Timer | None = None
        self._stops = [
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
        if self._features is None or self._fault:
            return _health(State.DEGRADED, self._fault or "the notification service has not answered yet")
        if "actions" not in self._features:
            return _health(State.DEGRADED, f"{self._server} shows no buttons")
        return _health(State.OK, self._server)

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
            self._bus.call(method(SERVICE, "CloseNotification", "u", self._id))
            self._forget()
        elif self._features is not None:
            self._send(self._wanted, self._features)
        else:
            self._ask_features()

    def _ask_features(self) -> None:
        # The first call to a service that is not running starts it, where it can be started.
        question = method(SERVICE, "GetServerInformation")
        self._bus.call(question, self._introduced, None, PATIENCE_S, "ssss")
        self._call(method(SERVICE, "GetCapabilities"), self._offered, "as")

    def _offered(self, body: Body) -> None:
        self._features = frozenset(body[0])

    def _introduced(self, body: Body) -> None:
        name, _vendor, version, _spec = body
        self._server = f"{name} {version}"

    def _send(self, wanted: _Wanted, features: frozenset[str]) -> None:
        def taken(body: Body) -> None:
            self._shown, self._id = wanted, body[0]
            if self._patience is not None:
                self._patience.cancel()

        wanted.lives -= 1
        arguments = _arguments(wanted.note, self._id, self._icon, features)
        self._call(method(SERVICE, "Notify", "susssasa{sv}i", *arguments), taken, "u")

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
            self.withdraw()
            self._answered(note.prompt, key)

    def _closed(self, message: Message) -> None:
        number, why = message.body
        if note := self._current(number):
            self._wanted = None
            self._forget()
            if why == CLOSED_BY_PERSON:
                self._answered(note.prompt, "dismiss")

    def _current(self, number: int) -> Note | None:
        """The note on the screen, if `number` means it and it is the one still wanted."""
        if self._sending or self._shown is None or number != self._id or self._shown is not self._wanted:
            return None
        return self._shown.note

    def _owned_by(self, owner: str | None) -> None:
        self._era += 1
        self._owner, self._features, self._sending = owner, None, False
        self._forget()
        if self._wanted is not None and self._wanted.lives == 0:
            self._wanted = None
        if owner is not None:
            self._lose_patience_later()
            self._ask_features()
        elif self._wanted is not None and self._wanted.lives == LIVES:
            self._settle()

    def _forget(self) -> None:
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


def _arguments(note: Note, replaces: int, icon: str, features: frozenset[str]) -> Body:
    buttons = "actions" in features
    body = plain(note.body if buttons else without_buttons(note))
    if "body-markup" in features:
        body = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # The first pair is a click on the note itself; its label is for services that draw one.
    actions = [part for pair in (("default", ""), *note.actions) for part in map(plain, pair)]
    hints = {
        "urgency": ("y", 1),
        "desktop-entry": ("s", APP),
        "category": ("s", "x-trayagent.prompt"),
        "transient": ("b", False),
    }
    title = plain(note.title)
    return APP_NAME, replaces, icon, title, body, actions if buttons else [], hints, NEVER_EXPIRES


def _signal(member: str) -> MatchRule:
    return MatchRule(type="signal", sender=NAME, interface=NAME, member=member)


def _health(state: State, reason: str) -> Health:
    return Health("notifier", state, "freedesktop_notifications", reason)
