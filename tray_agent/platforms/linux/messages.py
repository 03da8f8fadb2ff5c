"""D-Bus messages without a connection: making calls, judging answers, fitting signals to matches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.low_level import Header
from msgspec import Struct

Body = tuple[Any, ...]

THE_BUS = "org.freedesktop.DBus"
ERROR = "org.freedesktop.DBus.Error."


class Refusal(Struct, frozen=True):
    """Why a call brought no answer: the D-Bus error `name` and the peer's words for people."""

    name: str
    text: str


NO_BUS = Refusal(ERROR + "Disconnected", "there is no message bus")
NO_REPLY = Refusal(ERROR + "NoReply", "no answer in time")
ODD_REPLY = Refusal(ERROR + "InvalidSignature", "an answer of the wrong kind")


def method(address: DBusAddress, member: str, signature: str = "", *body: Any) -> Message:
    """A method call ready for `Bus.call`."""
    return new_method_call(address, member, signature or None, body)


def signature_of(message: Message) -> str:
    """The D-Bus signature of the message's body, empty for none."""
    return str(message.header.fields.get(HeaderFields.signature, ""))


def refusal(answer: Message, signature: str | None) -> Refusal | None:
    """What is wrong with the answer to a call whose body should be of `signature` (None: of any)."""
    if answer.header.message_type is MessageType.error:
        text = next((part for part in answer.body if isinstance(part, str)), "")
        return Refusal(str(answer.header.fields.get(HeaderFields.error_name, "")), text)
    return None if signature in (None, signature_of(answer)) else ODD_REPLY


def peer(call: Message) -> Message:
    """The answer to a call of org.freedesktop.DBus.Peer, which every object has."""
    if call.header.fields[HeaderFields.member] == "Ping":
        return new_method_return(call)
    return new_error(call, ERROR + "UnknownMethod", "s", ("only Ping is answered",))


class Match(Struct, eq=False):
    """Signals somebody wants: `rule` as the bus knows it.

    Messages carry unique names, so a well-known `sender` is kept apart from the `local` rule.
    """

    rule: MatchRule
    handler: Callable[[Message], object]
    signature: str | None
    local: MatchRule
    sender: str | None
    header: MatchRule
    is_blind: bool = False

    @classmethod
    def of(cls, rule: MatchRule, handler: Callable[[Message], object], signature: str | None) -> Match:
        """The match for a rule as jeepney writes it."""
        sender = rule.header_fields.get("sender")
        if sender == THE_BUS or (sender or ":").startswith(":"):
            return cls(rule, handler, signature, rule, None, _of_header(rule, rule.header_fields))
        others = {key: value for key, value in rule.header_fields.items() if key != "sender"}
        header = _of_header(rule, others)
        local = _of_header(rule, others)
        local.arg_conditions = rule.arg_conditions
        return cls(rule, handler, signature, local, sender, header)

    @classmethod
    def blind(cls, rule: MatchRule, changed: Callable[[], object]) -> Match:
        """The match that looks at headers only; what the rule says of arguments is left to the bus."""
        entry = cls.of(rule, lambda _signal: changed(), None)
        entry.local, entry.is_blind = entry.header, True
        return entry

    def reads(self, header: Header) -> bool:
        """Whether it may want to read the body that comes with this header."""
        return not self.is_blind and bool(self.header.matches(Message(header, ())))

    def fits(self, message: Message, owner: str | None) -> bool:
        """Whether the message is wanted, where `owner` is who owns the name of `sender` now."""
        if self.signature is not None and signature_of(message) != self.signature:
            return False
        if self.sender is not None and message.header.fields.get(HeaderFields.sender) != (owner or ""):
            return False
        return bool(self.local.matches(message))


def _of_header(rule: MatchRule, fields: dict[str, Any]) -> MatchRule:
    """What the rule says of headers, with these fields."""
    header = MatchRule(type=rule.message_type)
    header.header_fields, header.path_namespace = fields, rule.path_namespace
    return header
