"""The objects we put on the bus, written as data: interfaces of methods, properties and signals.

Introspection, the Properties interface and the checking of arguments follow from that data, so that
what we declare and what we do cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, new_error, new_method_return, new_signal
from jeepney.low_level import parse_signature
from msgspec import Struct, field

from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.messages import ERROR, Body, signature_of

PROPERTIES = "org.freedesktop.DBus.Properties"
INTROSPECTABLE = "org.freedesktop.DBus.Introspectable"
STANDARD = (
    f'<interface name="{PROPERTIES}">'
    '<method name="Get"><arg type="s" direction="in"/><arg type="s" direction="in"/>'
    '<arg type="v" direction="out"/></method>'
    '<method name="GetAll"><arg type="s" direction="in"/><arg type="a{sv}" direction="out"/></method>'
    '<method name="Set"><arg type="s" direction="in"/><arg type="s" direction="in"/>'
    '<arg type="v" direction="in"/></method></interface>'
    f'<interface name="{INTROSPECTABLE}">'
    '<method name="Introspect"><arg type="s" direction="out"/></method></interface>'
)


class BadArgument(Exception):
    """The peer asked for something that is not there; the message tells it what."""


class Method(Struct, frozen=True):
    """A method: signatures of what it `takes` and `gives`, and the call that turns one into the other."""

    takes: str
    gives: str
    call: Callable[..., Body]


class Property(Struct, frozen=True):
    """A property anybody may read: its signature and where its value comes from."""

    signature: str
    value: Callable[[], Any]


class Interface(Struct, frozen=True):
    """One D-Bus interface; `signals` maps names to signatures."""

    name: str
    methods: Mapping[str, Method] = field(default_factory=dict)
    properties: Mapping[str, Property] = field(default_factory=dict)
    signals: Mapping[str, str] = field(default_factory=dict)

    def xml(self) -> str:
        """The interface as introspection describes it."""
        methods = (
            f'<method name="{name}">{_args(method.takes, "in")}{_args(method.gives, "out")}</method>'
            for name, method in self.methods.items()
        )
        properties = (
            f'<property name="{name}" type="{prop.signature}" access="read"/>'
            for name, prop in self.properties.items()
        )
        signals = (
            f'<signal name="{name}">{_args(signature, "out")}</signal>'
            for name, signature in self.signals.items()
        )
        return f'<interface name="{self.name}">{"".join((*methods, *properties, *signals))}</interface>'


class Exported:
    """An object with one interface of ours at `path`; leaves the bus with `close`."""

    def __init__(self, bus: Bus, path: str, interface: Interface) -> None:
        self._bus = bus
        self._interface = interface
        self._emitter = DBusAddress(path, interface=interface.name)
        self._standard = {
            (PROPERTIES, "Get"): Method("ss", "v", self._get),
            (PROPERTIES, "GetAll"): Method("s", "a{sv}", self._get_all),
            (PROPERTIES, "Set"): Method("ssv", "", self._set),
            (INTROSPECTABLE, "Introspect"): Method("", "s", self._introspect),
        }
        self.close = bus.serve(path, self._handle)

    def emit(self, signal: str, *body: Any) -> None:
        """Send one of the interface's signals; dropped while there is no bus."""
        signature = self._interface.signals[signal]
        self._bus.send(new_signal(self._emitter, signal, signature or None, body))

    def _handle(self, call: Message) -> Message:
        method = self._find(call)
        if method is None:
            return new_error(call, ERROR + "UnknownMethod", "s", ("no such method",))
        if signature_of(call) != method.takes:
            return new_error(call, ERROR + "InvalidArgs", "s", (f"the arguments are {method.takes!r}",))
        try:
            return new_method_return(call, method.gives or None, method.call(*call.body))
        except BadArgument as fault:
            return new_error(call, ERROR + "InvalidArgs", "s", (str(fault),))

    def _find(self, call: Message) -> Method | None:
        interface = call.header.fields.get(HeaderFields.interface)
        member = call.header.fields[HeaderFields.member]
        if interface in (None, self._interface.name) and member in self._interface.methods:
            return self._interface.methods[member]
        return next(
            (
                method
                for (owner, name), method in self._standard.items()
                if name == member and interface in (None, owner)
            ),
            None,
        )

    def _get(self, interface: str, name: str) -> Body:
        prop = self._interface.properties.get(name)
        if interface not in ("", self._interface.name) or prop is None:
            raise BadArgument(f"no property {name!r} in interface {interface!r}")
        return ((prop.signature, prop.value()),)

    def _get_all(self, interface: str) -> Body:
        if interface not in ("", self._interface.name):
            return ({},)
        return ({name: (prop.signature, prop.value()) for name, prop in self._interface.properties.items()},)

    def _set(self, _interface: str, name: str, _value: Any) -> Body:
        raise BadArgument(f"property {name!r} is not to be written")

    def _introspect(self) -> Body:
        return (f"<node>{STANDARD}{self._interface.xml()}</node>",)


def plain(text: str) -> str:
    """The text as the bus can carry it; one stray NUL or lone surrogate would cost the connection."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _args(signature: str, direction: str) -> str:
    return "".join(f'<arg type="{one}" direction="{direction}"/>' for one in _types(signature))


def _types(signature: str) -> Iterator[str]:
    rest = list(signature)
    while rest:
        before = "".join(rest)
        parse_signature(rest)  # takes one complete type off the front
        yield before[: len(before) - len(rest)]
