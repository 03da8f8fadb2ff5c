"""The message bus as the agent sees it: calls with their answers, signals, names, objects we serve.

A `Bus` may be made where no bus is: it goes on trying, and after each (re)connection it asks again
for every match, name and owner it was ever asked for, then tells those who `follow` it.  Nothing a
peer sends can raise into the loop: bodies of another signature than expected never reach a caller.
The body of a signal that is wanted as a mere hint is not even read.

One file because calls, matches and names are one state, which a reconnection brings back together.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from jeepney import HeaderFields, MatchRule, Message, MessageFlag, MessageType, message_bus, new_error
from jeepney.low_level import Header
from msgspec import Struct, field

from tray_agent.platforms.linux.messages import (
    ERROR,
    NO_BUS,
    NO_REPLY,
    THE_BUS,
    Body,
    Match,
    Refusal,
    peer,
    refusal,
)
from tray_agent.platforms.linux.wire import Wire, session_address
from tray_agent.ports import Loop, Timer, Unavailable

Handler = Callable[[Message], Message | None]
Stop = Callable[[], None]

FIRST_RETRY_S, ELSEWHERE_FROM_S, LAST_RETRY_S = 0.5, 4.0, 5.0  # in between, the bus may have moved
DO_NOT_QUEUE = 4
OURS_NOW, OURS_ALREADY = 1, 4  # answers to RequestName


class _Call(Struct, frozen=True):
    reply: Callable[[Body], object] | None
    failed: Callable[[Refusal], object] | None
    signature: str | None
    timer: Timer


class _Name(Struct, eq=False):
    """A name somebody may own, and those who want to know who does."""

    owner: str | None = None
    known: bool = False
    watchers: list[Callable[[str | None], object]] = field(default_factory=list)

    def tell(self, owner: str | None) -> None:
        if self.known and owner == self.owner:
            return
        self.owner, self.known = owner, True
        for changed in tuple(self.watchers):
            changed(owner)


class Bus:
    """A connection to the bus at `address` (None: this session's, looked up at each attempt).

    `connected` says whether there is a bus, `reason` why there is none at the moment.
    """

    def __init__(self, loop: Loop, address: str | None = None) -> None:
        self._loop = loop
        self._address = address
        self._serials = count(1)
        self._calls: dict[int, _Call] = {}
        self._served: dict[str, Handler] = {}
        self._matches: list[Match] = []
        self._names: dict[str, _Name] = {}
        self._wanted: dict[str, Callable[[bool], object] | None] = {}
        self._followers: list[Callable[[bool], object]] = []
        self._wire: Wire | None = None
        self._retry: Timer | None = None
        self._retry_s = FIRST_RETRY_S
        self.connected = False
        self.reason: str | None = "not connected yet"
        self._connect()

    def follow(self, changed: Callable[[bool], object]) -> Stop:
        """Call `changed(connected)` at each connection and each loss from now on."""
        self._followers.append(changed)
        return lambda: self._followers.remove(changed)

    def call(
        self,
        message: Message,
        reply: Callable[[Body], object] | None = None,
        failed: Callable[[Refusal], object] | None = None,
        timeout_s: float = 5.0,
        signature: str | None = None,
    ) -> None:
        """Send a method call; exactly one of `reply` and `failed` is called, later.

        An answer whose body is not of `signature` counts as a failure.
        """
        if self.connected:
            self._ask(message, reply, failed, timeout_s, signature)
        elif failed is not None:
            self._loop.call_soon(lambda: failed(NO_BUS))

    def send(self, message: Message) -> None:
        """Send a signal or a reply; dropped while there is no bus."""
        if self._wire is not None and self.connected:
            self._wire.send(message, next(self._serials))

    def serve(self, path: str, handler: Handler) -> Stop:
        """Answer method calls on the object at `path` with what `handler` makes of them."""
        self._served[path] = handler

        def stop() -> None:
            self._served.pop(path, None)

        return stop

    def match(
        self, rule: MatchRule, handler: Callable[[Message], object], signature: str | None = None
    ) -> Stop:
        """Hand every signal that fits the rule, and whose body is of `signature`, to `handler`.

        A well-known `sender` is followed from owner to owner, and nobody else is believed.
        """
        return self._add(Match.of(rule, handler, signature))

    def hint(self, rule: MatchRule, changed: Callable[[], object]) -> Stop:
        """Call `changed` at signals that fit the rule, whose bodies are not read for that.

        The bus heeds what the rule says of arguments; where somebody matches signals that differ in
        nothing else, `changed` is called at those as well.
        """
        return self._add(Match.blind(rule, changed))

    def watch_name(self, name: str, changed: Callable[[str | None], object]) -> Stop:
        """Tell who owns `name` (a unique name, or None for nobody), once known and at each change."""
        watched = self._names.get(name)
        if watched is None:
            watched = self._names[name] = _Name()
            rule = MatchRule(type="signal", sender=THE_BUS, interface=THE_BUS, member="NameOwnerChanged")
            rule.add_arg_condition(0, name)
            self.match(rule, lambda message: self._names[name].tell(message.body[2] or None))
            self._ask_owner(name)
        watchers = watched.watchers
        watchers.append(changed)
        if watched.known:
            owner = watched.owner
            self._loop.call_soon(lambda: changed(owner) if changed in watchers else None)

        def stop() -> None:
            if changed in watchers:
                watchers.remove(changed)

        return stop

    def request_name(self, name: str, granted: Callable[[bool], object] | None = None) -> None:
        """Own `name` from now on, over reconnections too; `granted` hears whether we do."""
        self._wanted[name] = granted
        self._ask_name(name)

    def release_name(self, name: str) -> None:
        """Give `name` up; harmless when it was not ours."""
        if name in self._wanted:
            del self._wanted[name]
            self.call(message_bus.ReleaseName(name))

    def close(self) -> None:
        """Leave the bus for good; calls still open are forgotten."""
        if self._retry is not None:
            self._retry.cancel()
        for call in self._calls.values():
            call.timer.cancel()
        self._calls.clear()
        if self._wire is not None:
            self._wire.close()
        self._wire, self.connected, self.reason = None, False, "closed"

    def _add(self, entry: Match) -> Stop:
        if entry.sender is not None:
            self.watch_name(entry.sender, lambda _owner: None)
        self._matches.append(entry)
        self.call(message_bus.AddMatch(entry.rule))

        def stop() -> None:
            if entry in self._matches:
                self._matches.remove(entry)
                self.call(message_bus.RemoveMatch(entry.rule))

        return stop

    def _connect(self) -> None:
        self._retry = None
        try:
            address = self._address or session_address(elsewhere=self._retry_s >= ELSEWHERE_FROM_S)
            self._wire = Wire(self._loop, address, self._hello, self._heard, self._dropped, wants=self._wants)
        except Unavailable as error:
            self._try_again(str(error))

    def _try_again(self, reason: str) -> None:
        self._wire, self.reason = None, reason
        self._retry = self._loop.call_later(self._retry_s, self._connect)
        self._retry_s = min(LAST_RETRY_S, self._retry_s * 2)

    def _hello(self) -> None:
        self._ask(message_bus.Hello(), self._welcome, self._unwelcome, 5.0, "s")

    def _unwelcome(self, refusal: Refusal) -> None:
        if self._wire is not None:
            self._wire.close()
            self._dropped(f"the bus does not greet: {refusal.text}")

    def _welcome(self, _body: Body) -> None:
        self.connected, self.reason, self._retry_s = True, None, FIRST_RETRY_S
        # Every match before any question, so that no change falls between answer and match.
        for entry in self._matches:
            self.call(message_bus.AddMatch(entry.rule))
        for name in self._names:
            self._ask_owner(name)
        for name in self._wanted:
            self._ask_name(name)
        self._tell_followers()

    def _dropped(self, reason: str) -> None:
        if self._wire is None:
            return
        was_connected, self.connected = self.connected, False
        self._try_again(reason)
        for serial in tuple(self._calls):
            self._settle(serial, NO_BUS)
        for watched in self._names.values():
            watched.tell(None)
        if was_connected:
            self._tell_followers()

    def _tell_followers(self) -> None:
        for changed in tuple(self._followers):
            changed(self.connected)

    def _ask_owner(self, name: str) -> None:
        tell = self._names[name].tell
        if self.connected:
            question = message_bus.GetNameOwner(name)
            self.call(question, lambda body: tell(body[0]), lambda _: tell(None), signature="s")

    def _ask_name(self, name: str) -> None:
        def answered(held: bool) -> None:
            granted = self._wanted.get(name)
            if granted is not None:
                granted(held)

        if self.connected:
            self.call(
                message_bus.RequestName(name, DO_NOT_QUEUE),
                lambda body: answered(body[0] in (OURS_NOW, OURS_ALREADY)),
                lambda _: answered(False),
                signature="u",
            )

    def _ask(
        self,
        message: Message,
        reply: Callable[[Body], object] | None,
        failed: Callable[[Refusal], object] | None,
        timeout_s: float,
        signature: str | None,
    ) -> None:
        if self._wire is not None:
            serial = next(self._serials)
            timer = self._loop.call_later(timeout_s, lambda: self._settle(serial, NO_REPLY))
            self._calls[serial] = _Call(reply, failed, signature, timer)
            self._wire.send(message, serial)

    def _wants(self, header: Header) -> bool:
        """Whether anybody reads the body of such a message."""
        if header.message_type is not MessageType.signal:
            return True
        return any(entry.reads(header) for entry in self._matches)

    def _heard(self, message: Message) -> None:
        match message.header.message_type:
            case MessageType.method_return | MessageType.error:
                self._settle(message.header.fields.get(HeaderFields.reply_serial, 0), message)
            case MessageType.signal:
                for entry in tuple(self._matches):
                    owner = self._names[entry.sender].owner if entry.sender else None
                    if entry.fits(message, owner):
                        entry.handler(message)
            case _:
                self._answer(message)

    def _settle(self, serial: int, outcome: Message | Refusal) -> None:
        call = self._calls.pop(serial, None)
        if call is None:
            return
        call.timer.cancel()
        wrong = outcome if isinstance(outcome, Refusal) else refusal(outcome, call.signature)
        if wrong is not None:
            if call.failed is not None:
                call.failed(wrong)
        elif isinstance(outcome, Message) and call.reply is not None:
            call.reply(outcome.body)

    def _answer(self, call: Message) -> None:
        fields = call.header.fields
        handler = self._served.get(fields[HeaderFields.path])
        if fields.get(HeaderFields.interface) == "org.freedesktop.DBus.Peer":
            reply: Message | None = peer(call)
        elif handler is None:
            reply = new_error(call, ERROR + "UnknownObject", "s", ("no such object",))
        else:
            reply = handler(call)
        if reply is not None and not call.header.flags & MessageFlag.no_reply_expected:
            self.send(reply)
