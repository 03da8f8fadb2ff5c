"""A question to a service on the bus that is answered with yes or no, written as data.

A signal that goes with it is a mere hint: its body, which may hold names and titles, is left unread,
and the question is asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jeepney import DBusAddress, MatchRule, Message
from msgspec import Struct, field

from tray_agent.platforms.linux.bus import Bus, Stop
from tray_agent.platforms.linux.messages import NO_BUS, NO_REPLY, ODD_REPLY, Body, Refusal, method
from tray_agent.platforms.linux.survey import SILENT, Answer
from tray_agent.ports import State

PROPERTIES = "org.freedesktop.DBus.Properties"
PATIENCE_S = 2.0
"""Longer than a look waits, so that the answer of a slow service counts when it comes."""

WRONG_KIND = Answer(None, State.DEGRADED, "gives an answer of the wrong kind")


class Hint(Struct, frozen=True):
    """Signals after which to ask again: all of `interface`, or only `member` with these first arguments."""

    interface: str
    member: str | None = None
    arguments: tuple[str, ...] = ()

    def rule(self, sender: str | None, path: str) -> MatchRule:
        """The signals from `sender` (None: from anybody) about the object at `path`."""
        rule = MatchRule(
            type="signal", sender=sender, interface=self.interface, member=self.member, path=path
        )
        for number, argument in enumerate(self.arguments):
            rule.add_arg_condition(number, argument)
        return rule


class Question(Struct, frozen=True):
    """What to call at `path`, and what the answer `means`: yes, no or, None, nothing we understand.

    `takes` and `gives` are D-Bus signatures; an error of a name in `no` means no.
    """

    source: str
    path: str
    interface: str
    member: str
    takes: str
    arguments: Body
    gives: str
    means: Callable[[Any], bool | None]
    hints: tuple[Hint, ...] = ()
    no: frozenset[str] = field(default=frozenset())

    def call(self, service: str) -> Message:
        """The call to `service`, a unique or well-known name."""
        address = DBusAddress(self.path, service, self.interface)
        return method(address, self.member, self.takes, *self.arguments)


class BusQuestion:
    """A `Source` that puts the question to `service`.

    A unique name is one process for ever: nothing else is believed, and nothing is started for it.
    """

    def __init__(self, bus: Bus, question: Question, service: str) -> None:
        self.name = question.source
        self._bus = bus
        self._question = question
        self._service = service
        self._stops: list[Stop] = []

    def begin(self, hint: Callable[[], object]) -> None:
        """Hear what the service announces."""
        sender = self._service if self._service.startswith(":") else None
        for each in self._question.hints:
            rule = each.rule(sender, self._question.path)
            self._stops.append(self._bus.hint(rule, hint))

    def ask(self, answered: Callable[[Answer], object]) -> None:
        """Put the question."""
        call, gives = self._question.call(self._service), self._question.gives
        self._bus.call(
            call,
            lambda body: answered(self._judged(body)),
            lambda refusal: answered(self._refused(refusal)),
            PATIENCE_S,
            gives,
        )

    def close(self) -> None:
        """Hear no more; safe to call twice."""
        for stop in self._stops:
            stop()
        self._stops.clear()

    def _judged(self, body: Body) -> Answer:
        on = self._question.means(body[0])
        return WRONG_KIND if on is None else Answer(on)

    def _refused(self, refusal: Refusal) -> Answer:
        if refusal in (NO_REPLY, NO_BUS):
            return SILENT
        if refusal is ODD_REPLY:
            return WRONG_KIND
        if refusal.name in self._question.no:
            return Answer(False)
        return Answer(None, State.ABSENT, f"cannot tell: {refusal.name.rpartition('.')[2]}")


def property_of(
    source: str, path: str, interface: str, name: str, means: Callable[[Any], bool | None]
) -> Question:
    """The question for a property that announces its changes; `means` gets (signature, value)."""
    hint = Hint(PROPERTIES, "PropertiesChanged", (interface,))
    return Question(source, path, PROPERTIES, "Get", "ss", (interface, name), "v", means, (hint,))


def boolean(variant: Any) -> bool | None:
    """The value of a variant that holds a boolean."""
    kind, value = variant
    return bool(value) if kind == "b" else None
