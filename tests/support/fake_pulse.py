"""A listener that speaks as much of PulseAudio's protocol as a test tells it to, well or badly."""

from __future__ import annotations

import select
import shutil
import socket
import struct
import tempfile
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from tests.support.turning import turn_until
from tray_agent.platforms.linux.pulse_tags import HEADER, Command, Reader, number, packet
from tray_agent.shell.loop import SelectorLoop

NEWEST = 35


class Asked(NamedTuple):
    """A command as it came in."""

    command: int
    tag: int
    body: bytes


class FakePulse:
    """Listens at `door` inside `with`; the caller is on `loop`, which is turned while we wait."""

    def __init__(self, loop: SelectorLoop) -> None:
        self._loop = loop
        self._folder = Path(tempfile.mkdtemp(prefix="pulse-"))
        self.door = self._folder / "native"
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.settimeout(5)
        self._peer: socket.socket | None = None

    def __enter__(self) -> Self:
        self._listener.bind(f"{self.door}")
        self._listener.listen(1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._peer is not None:
            self._peer.close()
        self._listener.close()
        shutil.rmtree(self._folder)

    def accept(self) -> None:
        """Take the next caller, and no more heed of the one before."""
        if self._peer is not None:
            self._peer.close()
        turn_until(self._loop, partial(_readable, self._listener), "a caller")
        self._peer, _ = self._listener.accept()
        self._peer.settimeout(5)

    def hear(self) -> Asked:
        """The next command of the caller."""
        assert self._peer is not None
        turn_until(self._loop, partial(_readable, self._peer), "a command")
        length, _channel, _offset, _flags = HEADER.unpack(self._exactly(HEADER.size))
        body = self._exactly(length)
        said = Reader(body)
        return Asked(said.number(), said.number(), body[10:])

    def called(self) -> bool:
        """Whether somebody waits to be accepted."""
        return _readable(self._listener)

    def spoken_to(self) -> bool:
        """Whether the caller has said something that was not heard yet, or hung up."""
        assert self._peer is not None
        return _readable(self._peer)

    def caller(self) -> tuple[int, int, int]:
        """Process, user and group of the caller, as the kernel confirms them with the first packet.

        They are asked for only now, when that packet has long been sent.
        """
        assert self._peer is not None
        self._peer.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        _data, about, _flags, _from = self._peer.recvmsg(1, socket.CMSG_SPACE(12), socket.MSG_PEEK)
        process, user, group = struct.unpack("=3i", about[0][2])
        return process, user, group

    def say(self, raw: bytes) -> None:
        """Send these very bytes."""
        assert self._peer is not None
        self._peer.sendall(raw)

    def reply(self, asked: Asked, body: bytes = b"") -> None:
        """Answer a command."""
        self.say(packet(Command.REPLY, asked.tag, body))

    def refuse(self, asked: Asked, code: int) -> None:
        """Answer a command with an error."""
        self.say(packet(Command.ERROR, asked.tag, number(code)))

    def hang_up(self) -> None:
        """Close the connection."""
        assert self._peer is not None
        self._peer.close()

    def let_in(self) -> None:
        """Take a caller and log them in."""
        self.accept()
        self.reply(self.hear(), number(NEWEST))
        self.reply(self.hear(), number(1))

    def _exactly(self, size: int) -> bytes:
        assert self._peer is not None
        got = b""
        while len(got) < size:
            more = self._peer.recv(size - len(got))
            if not more:
                raise ConnectionError("the caller hung up")
            got += more
        return got


def _readable(end: socket.socket) -> bool:
    return bool(select.select([end], [], [], 0)[0])
