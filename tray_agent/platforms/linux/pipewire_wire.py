"""A connection in PipeWire's native protocol (version 3) that never waits.

It is our own because the library wants a thread and a C extension, and would decode every name in the
graph.  Greeting, framing, liveness and the order of questions and answers live here; what the graph
means is `video_nodes.py`'s affair.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
from collections.abc import Callable
from pathlib import Path

from tray_agent.platforms.linux.pipewire_pod import Malformed, integer, integers, structure, text
from tray_agent.ports import Loop, Unavailable

CORE, OURSELVES, REGISTRY, FIRST_FREE = range(4)
"""Numbers of the objects every connection has, and the first one for others."""

HELLO, SYNC, PONG, GET_REGISTRY = 1, 2, 3, 5
UPDATE_PROPERTIES = 2
DONE, PING, ERROR = 1, 2, 3

CORE_VERSION, REGISTRY_VERSION = 3, 3
HEADER = struct.Struct("=IIII")
LONGEST = 1 << 20
"""Bytes of a message; real ones have a few hundred."""

Heard = Callable[[int, int, memoryview], object]


def door() -> Path:
    """Where this session's PipeWire listens; raises `Unavailable` when the session names no place."""
    name = os.environ.get("PIPEWIRE_REMOTE") or "pipewire-0"
    folder = os.environ.get("PIPEWIRE_RUNTIME_DIR") or os.environ.get("XDG_RUNTIME_DIR")
    if not folder and not name.startswith("/"):
        raise Unavailable("this session has no runtime folder")
    return Path(folder or "/", name)


class PipeWireWire:
    """One connection, from connecting to its end.

    Calls `heard(object, event, message)` for each event, whose message is gone once the call returns
    and may raise `Malformed`; `synced()` after each `sync`, once all that was asked before it is
    answered; and `lost(reason)` at the end, unless `close` was called first.  Raises `Unavailable` when
    nobody listens.
    """

    def __init__(
        self, loop: Loop, heard: Heard, synced: Callable[[], object], lost: Callable[[str], object]
    ) -> None:
        self._loop, self._heard, self._synced, self._lost = loop, heard, synced, lost
        self._sent = self._question = 0
        self._inbox = bytearray()
        self._socket: socket.socket | None = _connect(door())
        loop.watch(self._socket.fileno(), self._readable)
        self.send(CORE, HELLO, integer(CORE_VERSION))
        about_us = structure(integer(1), text("application.name"), text("Tray Agent"))
        self.send(OURSELVES, UPDATE_PROPERTIES, about_us)
        self.send(CORE, GET_REGISTRY, integer(REGISTRY_VERSION), integer(REGISTRY))

    def send(self, target: int, method: int, *arguments: bytes) -> None:
        """Call a method of an object; harmless on a connection that has ended."""
        if self._socket is None:
            return
        message = structure(*arguments)
        data = HEADER.pack(target, method << 24 | len(message), self._sent, 0) + message
        self._sent += 1
        try:
            written = self._socket.send(data)
        except BlockingIOError:
            written = 0
        except OSError as error:
            self._die(f"writing to PipeWire failed: {error.strerror}")
            return
        if written < len(data):  # hundreds of small messages lie there unread: it will not come back
            self._die("PipeWire has stopped reading")

    def sync(self) -> None:
        """Ask for `synced`; a question still open is given up for this one."""
        self._question += 1
        self.send(CORE, SYNC, integer(CORE), integer(self._question))

    def close(self) -> None:
        """End the connection without a word; safe to call twice."""
        if self._socket is not None:
            self._loop.unwatch(self._socket.fileno())
            self._socket.close()
            self._socket = None
            self._inbox.clear()

    def _die(self, reason: str) -> None:
        if self._socket is not None:
            self.close()
            # Posted, since this may happen in the midst of somebody's `send`.
            self._loop.call_soon(lambda: self._lost(reason))

    def _readable(self) -> None:
        if self._socket is None:
            return
        try:
            data = self._socket.recv(65536)  # descriptors that come with it are closed by the kernel
        except BlockingIOError:
            return
        except OSError as error:
            self._die(f"reading from PipeWire failed: {error.strerror}")
            return
        if not data:
            self._die("PipeWire closed the connection")
            return
        self._inbox += data
        try:
            self._deliver()
        except Malformed as error:
            self._die(f"PipeWire sent nonsense: {error}")

    def _deliver(self) -> None:
        while self._socket is not None and len(self._inbox) >= HEADER.size:
            target, kind_and_size, _number, _descriptors = HEADER.unpack_from(self._inbox)
            event, size = kind_and_size >> 24, kind_and_size & 0xFFFFFF
            if size > LONGEST:
                raise Malformed(f"a message of {size} bytes")
            end = HEADER.size + size
            if len(self._inbox) < end:
                return
            message = bytes(self._inbox[HEADER.size : end])
            del self._inbox[:end]
            self._tell(target, event, memoryview(message))

    def _tell(self, target: int, event: int, message: memoryview) -> None:
        if target != CORE:
            self._heard(target, event, message)
        elif event == PING:
            number, answer = integers(message, 2)
            self.send(CORE, PONG, integer(number), integer(answer))
        elif event == DONE:
            if integers(message, 2)[1] == self._question:
                self._synced()
        elif event == ERROR:
            # It is about an object of ours, and its words may hold names.
            self._heard(integers(message, 1)[0], -1, message[:0])


def _connect(path: Path) -> socket.socket:
    if sys.platform == "win32":
        raise Unavailable("no PipeWire on this system")
    end = socket.socket(socket.AF_UNIX)
    end.setblocking(False)
    try:
        end.connect(f"{path}")
    except OSError as error:
        end.close()
        raise Unavailable(f"PipeWire does not listen ({error.strerror or error}: {path})") from error
    return end
