"""Virtual keyboards and mice of Wayland compositors: what a person does, seen by all clients alike.

A blocking Wayland client of its own, a few messages long, so that no fault of the agent's client can
hide behind the same fault here.
"""

from __future__ import annotations

import itertools
import socket
import struct
import subprocess
import time
from collections.abc import Mapping
from contextlib import closing
from typing import Any, Protocol

from jeepney import DBusAddress, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.support.waiting import wait_until

DISPLAY, REGISTRY = 1, 2
A_KEY = 30
"""The letter A in <linux/input-event-codes.h>."""


class Hands(Protocol):
    """A person at one compositor."""

    def move(self) -> None:
        """Nudge the pointer, always to somewhere it was not."""

    def type(self) -> None:
        """Press and release a key."""

    def leave(self) -> None:
        """Take the hands off."""


class Client:
    """A blocking connection to the compositor that `env` names; `globals` is what it offers."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.globals: dict[str, tuple[int, int]] = {}
        self._ids = itertools.count(REGISTRY)
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(20)
        try:
            self._socket.connect(f"{env['XDG_RUNTIME_DIR']}/{env['WAYLAND_DISPLAY']}")
            self.send(DISPLAY, 1, struct.pack("=I", next(self._ids)))
            self.settle()
        except OSError:
            self._socket.close()
            raise

    def send(self, thing: int, opcode: int, body: bytes = b"") -> None:
        """One request."""
        self._socket.sendall(struct.pack("=IHH", thing, opcode, 8 + len(body)) + body)

    def settle(self) -> None:
        """Wait until the compositor has handled all that was sent; raises `OSError` when it refuses."""
        done = next(self._ids)
        self.send(DISPLAY, 0, struct.pack("=I", done))
        while True:
            thing, word = struct.unpack("=II", self._take(8))
            body = self._take((word >> 16) - 8)
            if thing == done:
                return
            if thing == DISPLAY and word & 0xFFFF == 0:
                raise OSError(f"the compositor refuses: {body!r}")
            if thing == REGISTRY and word & 0xFFFF == 0:
                number, size = struct.unpack_from("=II", body)
                version = struct.unpack_from("=I", body, len(body) - 4)[0]
                self.globals[body[8 : 8 + size - 1].decode()] = number, version

    def bind(self, interface: str, version: int = 1) -> int:
        """Our new object for a global."""
        number, offered = self.globals[interface]
        new = next(self._ids)
        body = struct.pack("=I", number) + string(interface)
        self.send(REGISTRY, 0, body + struct.pack("=II", min(version, offered), new))
        return new

    def make(self, maker: int, opcode: int, first: bytes = b"", last: bytes = b"") -> int:
        """Our new object, made by a request that takes `first`, its id and `last`."""
        new = next(self._ids)
        self.send(maker, opcode, first + struct.pack("=I", new) + last)
        return new

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _take(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = self._socket.recv(size - len(data))
            if not more:
                raise ConnectionResetError("the compositor hung up")
            data += more
        return data


class WlrootsHands:
    """By zwlr_virtual_pointer_v1 and, with wtype, zwp_virtual_keyboard_v1."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._client = Client(env)
        manager = self._client.bind("zwlr_virtual_pointer_manager_v1")
        any_seat = struct.pack("=I", 0)
        self._pointer = self._client.make(manager, 0, any_seat)
        self._steps = itertools.count()

    def move(self) -> None:
        """Right and left by turns."""
        step = 256 * (5 if next(self._steps) % 2 == 0 else -5)
        self._client.send(self._pointer, 0, struct.pack("=Iii", 0, step, step))
        self._client.send(self._pointer, 4)
        self._client.settle()

    def type(self) -> None:
        """The letter A."""
        subprocess.run(["wtype", "a"], env=dict(self._env), check=True, timeout=20)

    def leave(self) -> None:
        """Unplug the pointer."""
        self._client.close()


class KWinHands:
    """By org_kde_kwin_fake_input."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._client = Client(env)
        self._fake = self._client.bind("org_kde_kwin_fake_input", 4)
        self._client.send(self._fake, 0, string("hands") + string("a test"))
        self._steps = itertools.count()

    def move(self) -> None:
        """Right and left by turns."""
        step = 256 * (5 if next(self._steps) % 2 == 0 else -5)
        self._client.send(self._fake, 1, struct.pack("=ii", step, step))
        self._client.settle()

    def type(self) -> None:
        """The letter A."""
        for pressed in (1, 0):
            self._client.send(self._fake, 10, struct.pack("=II", A_KEY, pressed))
        self._client.settle()

    def leave(self) -> None:
        """Unplug."""
        self._client.close()


class MutterHands:
    """By org.gnome.Mutter.RemoteDesktop, whose session lasts as long as its connection to the bus."""

    NAME = "org.gnome.Mutter.RemoteDesktop"
    MONITOR = DBusAddress(
        "/org/gnome/Mutter/IdleMonitor/Core", "org.gnome.Mutter.IdleMonitor", "org.gnome.Mutter.IdleMonitor"
    )

    def __init__(self, env: Mapping[str, str]) -> None:
        self._bus: DBusConnection = open_dbus_connection(env["DBUS_SESSION_BUS_ADDRESS"])
        # It answers clients before it takes its names on the bus.
        owned = message_bus.NameHasOwner(self.NAME)
        wait_until(lambda: self._bus.send_and_get_reply(owned, timeout=20).body[0], "Mutter on the bus", 20)
        desktop = DBusAddress("/org/gnome/Mutter/RemoteDesktop", self.NAME, self.NAME)
        (path,) = self._call(desktop, "CreateSession")
        self._session = DBusAddress(path, self.NAME, f"{self.NAME}.Session")
        self._call(self._session, "Start")
        self._steps = itertools.count()

    def move(self) -> None:
        """Right and left by turns."""
        began = time.monotonic()
        step = 5.0 if next(self._steps) % 2 == 0 else -5.0
        self._call(self._session, "NotifyPointerMotionRelative", "dd", step, step)
        self._settle(began)

    def type(self) -> None:
        """The letter A."""
        began = time.monotonic()
        for pressed in (True, False):
            self._call(self._session, "NotifyKeyboardKeycode", "ub", A_KEY, pressed)
        self._settle(began)

    def leave(self) -> None:
        """Unplug."""
        self._bus.close()

    def _settle(self, began: float) -> None:
        """Mutter answers at once and passes the input on in its own time: wait until it counts."""

        def counts() -> bool:
            (idle_ms,) = self._call(self.MONITOR, "GetIdletime")
            return bool(idle_ms / 1000 <= time.monotonic() - began)

        wait_until(counts, "Mutter to see the input")

    def _call(self, to: DBusAddress, member: str, signature: str = "", *body: Any) -> tuple[Any, ...]:
        call = new_method_call(to, member, signature or None, body)
        answer = self._bus.send_and_get_reply(call, timeout=20)
        if answer.header.message_type.name == "error":
            raise OSError(f"{member} was refused: {answer.body}")
        return tuple(answer.body)


def string(text: str) -> bytes:
    """A string as Wayland writes it."""
    raw = text.encode() + b"\0"
    return struct.pack("=I", len(raw)) + raw + bytes(-len(raw) % 4)


def answers(env: Mapping[str, str]) -> bool:
    """Whether the compositor that `env` names takes part in a round trip."""
    try:
        with closing(Client(env)):
            return True
    except OSError:
        return False
