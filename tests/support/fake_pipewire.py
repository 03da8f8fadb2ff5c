"""The other end of a PipeWire connection, at which a test says what it likes, byte by byte if need be.

It lives in the test's own thread: what is said waits in the socket until the test turns the loop.
"""

from __future__ import annotations

import shutil
import socket
import struct
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from tray_agent.platforms.linux.pipewire_pod import integer, structure, text

HEADER = struct.Struct("=IIII")
CORE, REGISTRY = 0, 2
SYNC = 2


def message(target: int, kind: int, *values: bytes) -> bytes:
    """A whole message with these values."""
    body = structure(*values)
    return HEADER.pack(target, kind << 24 | len(body), 0, 0) + body


def dictionary(**properties: str) -> bytes:
    """Properties as PipeWire sends them; `_` in a key stands for a dot."""
    pairs = [text(part) for key, value in properties.items() for part in (key.replace("_", "."), value)]
    return structure(integer(len(properties)), *pairs)


def node(known_as: int, **properties: str) -> bytes:
    """The registry tells of a node."""
    kind = text("PipeWire:Interface:Node")
    return message(REGISTRY, 0, integer(known_as), integer(8), kind, integer(3), dictionary(**properties))


def info(target: int, state: int) -> bytes:
    """A node tells its state; 3 is running."""
    counts = [integer(0)] * 3
    mask, enumerated = struct.pack("=IIq", 8, 5, 0), struct.pack("=IIii", 4, 3, state, 0)
    return message(target, 0, *counts, mask, integer(0), integer(1), enumerated, text(""))


class FakePipeWire:
    """Listens at `door` inside `with`; only the newest connection is served."""

    def __init__(self) -> None:
        # Socket paths have to be short, so this is not the test's own long-named folder.
        self.folder = Path(tempfile.mkdtemp(prefix="pipewire-"))
        self.door = self.folder / "pipewire-0"
        self._listener = socket.socket(socket.AF_UNIX)
        self._end: socket.socket | None = None
        self._inbox = b""

    def __enter__(self) -> Self:
        self._listener.bind(f"{self.door}")
        self._listener.listen()
        self._listener.settimeout(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hang_up()
        self._listener.close()
        shutil.rmtree(self.folder)

    def accept(self) -> None:
        """Take the call of a client that has connected."""
        self.hang_up()
        self._end, _ = self._listener.accept()
        self._end.setblocking(False)
        self._inbox = b""

    def hang_up(self) -> None:
        """End the connection; harmless when there is none."""
        if self._end is not None:
            self._end.close()
            self._end = None

    def say(self, *messages: bytes) -> None:
        """Send bytes."""
        assert self._end is not None
        self._end.sendall(b"".join(messages))

    def asked(self) -> list[tuple[int, int, list[int]]]:
        """What the client asked since the last time: object, method and the numbers it gave."""
        assert self._end is not None
        try:
            while more := self._end.recv(65536):
                self._inbox += more
        except BlockingIOError:
            pass
        found = []
        while self._inbox:
            target, kind_and_size, _, _ = HEADER.unpack_from(self._inbox)
            end = HEADER.size + (kind_and_size & 0xFFFFFF)
            found.append((target, kind_and_size >> 24, _numbers(self._inbox[HEADER.size : end])))
            self._inbox = self._inbox[end:]
        return found

    def answer_sync(self) -> list[tuple[int, int, list[int]]]:
        """Answer the client's last `sync`, if it asked; what it asked besides."""
        asked = self.asked()
        for target, method, numbers in asked[::-1]:
            if (target, method) == (CORE, SYNC):
                self.say(message(CORE, 1, *map(integer, numbers)))
                break
        return [one for one in asked if one[:2] != (CORE, SYNC)]


def _numbers(body: bytes) -> list[int]:
    at, found = 8, []
    while at < len(body):
        size, kind = struct.unpack_from("=II", body, at)
        if kind == 4:
            found.append(struct.unpack_from("=i", body, at + 8)[0])
        at += 8 + (size + 7) // 8 * 8
    return found
