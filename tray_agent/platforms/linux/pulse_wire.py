"""A connection to the sound server in PulseAudio's native protocol, spoken by PipeWire as well.

It never waits: it reads when the loop says so and writes what fits.  It logs in under our own name,
without shared memory and never over a network; what is asked is `pulse.py`'s affair.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from tray_agent.platforms.linux.pulse_tags import (
    CONTROL,
    HEADER,
    LONGEST,
    VERSION,
    Command,
    Malformed,
    Reader,
    arbitrary,
    number,
    packet,
    properties,
)
from tray_agent.ports import Loop, State, Unavailable

NAME = "Tray Agent"
ANSWER_TIMEOUT_S = 5.0
RETRY_WRITE_S = 0.02
COOKIE_SIZE = 256
ACCESS = 1
"""The error code of a login or question that is not allowed."""

SILENT = "the sound server does not answer"

Answered = Callable[[Reader], object]
Refused = Callable[[int], object]


def server_door() -> Path:
    """The socket at which this person's sound server listens; raises `Unavailable` when none is named."""
    if named := os.environ.get("PULSE_SERVER"):
        for place in named.split():
            address = place.rpartition("}")[2].removeprefix("unix:")  # {machine}unix:/path is a form too
            if address.startswith("/"):
                return Path(address)
        raise Unavailable("PULSE_SERVER names no socket on this machine")
    if runtime := os.environ.get("PULSE_RUNTIME_PATH"):
        return Path(runtime, "native")
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        return Path(runtime, "pulse", "native")
    raise Unavailable("this session has no folder for a sound server")


def cookie() -> bytes:
    """What proves to a server of another user that we may talk to it; zeros where there is no such file."""
    home = Path(os.environ.get("HOME") or Path.home())
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    named = os.environ.get("PULSE_COOKIE")
    for place in (named, config / "pulse" / "cookie", home / ".pulse-cookie"):
        try:
            if place and len(found := Path(place).read_bytes()) == COOKIE_SIZE:
                return found
        except OSError:
            continue
    return bytes(COOKIE_SIZE)


class PulseWire:
    """One connection, from connecting to its end.

    Calls `opened()` once logged in, `event(about)` for each event subscribed to, and, unless `close`
    was called first, `lost(state, reason)` at the end.  Raises `Unavailable` when nobody listens.
    """

    def __init__(
        self,
        loop: Loop,
        door: Path,
        opened: Callable[[], object],
        event: Callable[[int], object],
        lost: Callable[[State, str], object],
    ) -> None:
        self._loop = loop
        self._opened = opened
        self._event = event
        self._lost = lost
        self._tags = count(1)
        self._calls: dict[int, tuple[Answered, Refused]] = {}
        self._inbox = bytearray()
        self._outbox = bytearray()
        self._retrying = False
        self._socket: socket.socket | None = _connect(door)
        self._who_we_are = _credentials()
        loop.watch(self._socket.fileno(), self._readable)
        self._patience = loop.call_later(ANSWER_TIMEOUT_S, lambda: self.give_up(SILENT))
        self.ask(Command.AUTH, number(VERSION) + arbitrary(cookie()), self._let_in, self._shut_out)

    def ask(self, command: int, body: bytes, answered: Answered, refused: Refused) -> None:
        """Send a command; later one of the two is called, unless the connection ends before."""
        if self._socket is None:
            return
        tag = next(self._tags)
        self._calls[tag] = (answered, refused)
        self._outbox += packet(command, tag, body)
        if not self._retrying:
            self._flush()

    def give_up(self, reason: str, state: State = State.LOST) -> None:
        """End the connection and tell so; harmless when it has ended."""
        if self._socket is not None:
            self.close()
            # Posted, since this may happen in the midst of somebody's `ask`.
            self._loop.call_soon(lambda: self._lost(state, reason))

    def refused(self, code: int) -> None:
        """End the connection over a refusal that nothing can be done without."""
        self._refuse(code, "the sound server refused a question")

    def close(self) -> None:
        """End the connection without a word; safe to call twice."""
        if self._socket is None:
            return
        self._patience.cancel()
        self._loop.unwatch(self._socket.fileno())
        self._socket.close()
        self._socket = None
        self._calls.clear()
        self._inbox.clear()

    def _let_in(self, answer: Reader) -> None:
        if answer.number() & 0xFFFF < VERSION:
            self.give_up("the sound server is too old", State.ABSENT)
            return
        about_us = properties(application_name=NAME)
        self.ask(Command.SET_CLIENT_NAME, about_us, self._named, self._shut_out)

    def _named(self, _answer: Reader) -> None:
        self._patience.cancel()
        self._opened()

    def _shut_out(self, code: int) -> None:
        self._refuse(code, "the sound server refused the login")

    def _refuse(self, code: int, reason: str) -> None:
        # Any other code is the server's own trouble, as when PipeWire behind it is gone.
        self.give_up(reason, State.DENIED if code == ACCESS else State.LOST)

    def _readable(self) -> None:
        if self._socket is None:
            return
        try:
            data = self._socket.recv(65536)
        except BlockingIOError:
            return
        except OSError as error:
            self.give_up(f"reading from the sound server failed: {error.strerror}")
            return
        if not data:
            self.give_up("the sound server closed the connection")
            return
        self._inbox += data
        try:
            self._deliver()
        except Malformed as nonsense:
            self.give_up(f"the sound server sent nonsense: {nonsense}")

    def _deliver(self) -> None:
        while len(self._inbox) >= HEADER.size:
            length, channel, _offset, _flags = HEADER.unpack_from(self._inbox)
            if length > LONGEST:
                raise Malformed("a packet that is too long")
            end = HEADER.size + length
            if len(self._inbox) < end:
                return
            body = bytes(self._inbox[HEADER.size : end])
            del self._inbox[:end]
            if channel == CONTROL:
                self._hear(Reader(body))

    def _hear(self, said: Reader) -> None:
        command, tag = said.number(), said.number()
        if command == Command.SUBSCRIBE_EVENT:
            self._event(said.number())
        elif command in (Command.REPLY, Command.ERROR) and tag in self._calls:
            answered, refused = self._calls.pop(tag)
            if command == Command.REPLY:
                answered(said)
            else:
                refused(said.number())

    def _flush(self) -> None:
        self._retrying = False
        while self._outbox and self._socket is not None:
            try:
                sent = _send(self._socket, self._outbox, self._who_we_are)
            except BlockingIOError:
                self._retrying = True
                self._loop.call_later(RETRY_WRITE_S, self._flush)
                return
            except OSError as error:
                self.give_up(f"writing to the sound server failed: {error.strerror}")
                return
            del self._outbox[:sent]
            self._who_we_are = []


def _connect(door: Path) -> socket.socket:
    if sys.platform == "win32":
        raise Unavailable("no such sound server on this system")
    end = socket.socket(socket.AF_UNIX)
    end.setblocking(False)
    try:
        end.connect(f"{door}")
    except BlockingIOError as error:
        end.close()
        raise Unavailable(SILENT) from error  # its queue of callers is full
    except OSError as error:
        end.close()
        raise Unavailable(f"no sound server ({error.strerror or error})") from error
    return end


def _send(end: socket.socket, data: bytearray, about_us: list[tuple[int, int, bytes]]) -> int:
    if sys.platform == "win32":
        return 0
    return end.sendmsg((data,), about_us)


def _credentials() -> list[tuple[int, int, bytes]]:
    """What goes with the first packet, by which a server of our own user lets us in.

    The kernel adds it by itself only if the server has asked for it by then, which is a race.
    """
    if sys.platform != "linux":
        return []
    us = struct.pack("=3i", os.getpid(), os.getuid(), os.getgid())
    return [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, us)]
