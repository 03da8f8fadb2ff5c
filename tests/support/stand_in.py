"""A service nobody can start in a test, played on a bus connection of its own by the test's loop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, new_error, new_method_return, new_signal

from tray_agent.platforms.linux.bus import Bus
from tray_agent.shell.loop import SelectorLoop

PROPERTIES = "org.freedesktop.DBus.Properties"


class StandIn:
    """Owns `name` and answers the members in `answers`: signature and body, whatever it is asked.

    A property is written `Get NAME`.  A `mute` one takes every call and answers none.
    """

    def __init__(
        self,
        loop: SelectorLoop,
        address: str,
        name: str,
        path: str,
        answers: Mapping[str, tuple[str, tuple[Any, ...]]],
        *,
        mute: bool = False,
    ) -> None:
        self.answers = dict(answers)
        self.asked: list[str] = []
        self.mute = mute
        self._path = path
        self.bus = Bus(loop, address)
        self.bus.serve(path, self._answer)
        self.bus.request_name(name)

    def tell(self, interface: str, member: str, signature: str, *body: Any) -> None:
        """Emit a signal."""
        self.bus.send(new_signal(DBusAddress(self._path, interface=interface), member, signature, body))

    def becomes(self, interface: str, name: str, signature: str, value: Any, **more: Any) -> None:
        """A property has another value, which is announced together with what `more` are."""
        self.answers[f"Get {name}"] = ("v", ((signature, value),))
        self.tell(
            PROPERTIES, "PropertiesChanged", "sa{sv}as", interface, {name: (signature, value), **more}, []
        )

    def leave(self) -> None:
        """Go away."""
        self.bus.close()

    def _answer(self, call: Message) -> Message | None:
        member = call.header.fields[HeaderFields.member]
        if member == "GetAll":
            return new_method_return(call, "a{sv}", (self._properties(),))
        if call.header.fields.get(HeaderFields.interface) == PROPERTIES:
            member = f"{member} {call.body[1]}"
        self.asked.append(member)
        if self.mute:
            return None
        if member not in self.answers:
            return new_error(call, "org.freedesktop.DBus.Error.UnknownProperty", "s", (f"no {member}",))
        signature, body = self.answers[member]
        return new_method_return(call, signature, body)

    def _properties(self) -> dict[str, Any]:
        return {
            member.removeprefix("Get "): body[0]
            for member, (_signature, body) in self.answers.items()
            if member.startswith("Get ")
        }
