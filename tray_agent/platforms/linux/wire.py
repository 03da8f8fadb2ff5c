"""A D-Bus connection that never waits: it reads when the loop says so and writes what fits.

Logging in, framing and half-sent messages live here; what the messages mean is `bus.py`'s affair.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
from collections.abc import Callable
from pathlib import Path

from jeepney import Message, Parser
from jeepney.auth import BEGIN, AuthenticationError, Authenticator
from jeepney.bus import get_connectable_addresses
from jeepney.low_level import Header, calc_msg_size

from tray_agent.ports import Loop, Unavailable

LOGIN_TIMEOUT_S = 5.0
RETRY_WRITE_S = 0.02
LEAST_HEADER = 16
# What the parser raises on a message it cannot read: it has no exception of its own.
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AssertionError, struct.error, RecursionError)


def session_address(*, elsewhere: bool = False) -> str:
    """Where this session's bus listens; raises `Unavailable` when the session names none.

    With `elsewhere` also at the door every session of this person has: a bus that was started anew
    may be found there when it is no longer where the session once said.
    """
    named = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    if named and not elsewhere:
        return named
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    door = f"unix:path={runtime}/bus" if runtime and Path(runtime, "bus").exists() else None
    if addresses := [address for address in (named, door) if address]:
        return ";".join(addresses)
    raise Unavailable("this session has no message bus")


def system_address() -> str:
    """Where the machine's bus listens."""
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or "unix:path=/run/dbus/system_bus_socket"


class Wire:
    """One connection, from connecting to its end.

    Calls `opened()` once logged in, `heard(message)` for each message and, unless `close` was
    called first, `lost(reason)` at the end.  Raises `Unavailable` when nobody listens at `address`.
    A message of which `wants(header)` is not true comes with its body unread, as if it had none.
    """

    def __init__(
        self,
        loop: Loop,
        address: str,
        opened: Callable[[], object],
        heard: Callable[[Message], object],
        lost: Callable[[str], object],
        *,
        wants: Callable[[Header], bool] = lambda _header: True,
    ) -> None:
        self._loop = loop
        self._opened = opened
        self._heard = heard
        self._lost = lost
        self._parser = _Parser(wants)
        self._outbox = bytearray()
        self._retrying = False
        self._login: Authenticator | None = Authenticator()
        self._socket: socket.socket | None = _connect(address)
        loop.watch(self._socket.fileno(), self._readable)
        self._patience = loop.call_later(LOGIN_TIMEOUT_S, lambda: self._die("the bus does not answer"))
        self._write(self._login.data_to_send() or b"")

    def send(self, message: Message, serial: int) -> None:
        """Send the message under this serial number; harmless on a connection that has ended."""
        self._write(message.serialise(serial))

    def close(self) -> None:
        """End the connection without a word; safe to call twice."""
        if self._socket is None:
            return
        self._patience.cancel()
        self._loop.unwatch(self._socket.fileno())
        self._socket.close()
        self._socket = None

    def _die(self, reason: str) -> None:
        if self._socket is not None:
            self.close()
            # Posted, since this may happen in the midst of somebody's `send`.
            self._loop.call_soon(lambda: self._lost(reason))

    def _readable(self) -> None:
        if self._socket is None:
            return
        try:
            data = self._socket.recv(65536)
        except BlockingIOError:
            return
        except OSError as error:
            self._die(f"reading from the bus failed: {error.strerror}")
            return
        if not data:
            self._die("the bus closed the connection")
        elif self._login is not None:
            self._log_in(self._login, data)
        else:
            self._parser.add_data(data)
            self._deliver()

    def _log_in(self, login: Authenticator, data: bytes) -> None:
        try:
            login.feed(data)
        except AuthenticationError as error:
            self._die(f"the bus refused the login: {error}")
            return
        if not login.authenticated:
            return
        self._login = None
        self._patience.cancel()
        self._write(BEGIN)
        self._opened()

    def _deliver(self) -> None:
        while self._socket is not None and (message := self._next()) is not None:
            self._heard(message)

    def _next(self) -> Message | None:
        while True:
            try:
                return self._parser.get_next_message()
            except UNREADABLE as error:
                if self._parser.next_msg_size is None:  # not even its length: the stream is lost
                    self._die(f"the bus sent nonsense: {error}")
                    return None
                self._parser.next_msg_size = None  # its bytes are consumed: go on behind it

    def _write(self, data: bytes) -> None:
        if self._socket is not None:
            self._outbox += data
            if not self._retrying:
                self._flush()

    def _flush(self) -> None:
        self._retrying = False
        while self._outbox and self._socket is not None:
            try:
                del self._outbox[: self._socket.send(self._outbox)]
            except BlockingIOError:
                self._retrying = True
                self._loop.call_later(RETRY_WRITE_S, self._flush)
                return
            except OSError as error:
                self._die(f"writing to the bus failed: {error.strerror}")
                return


class _Parser(Parser):
    """Jeepney's reads every body; one that nobody wants is thrown away here as bytes."""

    next_msg_size: int | None

    def __init__(self, wants: Callable[[Header], bool]) -> None:
        super().__init__()
        self._wants = wants

    def get_next_message(self) -> Message | None:
        """The next message that is complete, if any; raises on one that cannot be read."""
        if self.next_msg_size is None and self.buf.bytes_buffered >= LEAST_HEADER:
            self.next_msg_size = calc_msg_size(self.buf.peek(LEAST_HEADER))
        if self.next_msg_size is None or self.buf.bytes_buffered < self.next_msg_size:
            return None
        message = self._read(self.buf.read(self.next_msg_size))
        self.next_msg_size = None
        return message

    def _read(self, data: bytes) -> Message:
        header, _ = Header.from_buffer(data)
        return Message.from_buffer(data) if self._wants(header) else Message(header, ())


def _connect(address: str) -> socket.socket:
    if sys.platform == "win32":
        raise Unavailable("no message bus on this system")
    refusal = "no address that can be reached"
    try:
        for place in get_connectable_addresses(address):
            end = socket.socket(socket.AF_UNIX)
            end.setblocking(False)
            try:
                end.connect(place)
            except OSError as error:
                end.close()
                refusal = f"{error.strerror}: {place}"
            else:
                return end
    except (RuntimeError, ValueError) as error:  # jeepney, on an address it cannot use or read
        refusal = f"{error}: {address!r}"
    raise Unavailable(f"no bus ({refusal})")
