"""A Wayland compositor of a test's own, which says what real ones rarely do: garbage, errors, nothing.

It knows the display, the registry and ext_idle_notify_v1 (both versions); everything else it is told
is kept in `requests` and left at that.  It runs on threads, since clients wait for it.
"""

from __future__ import annotations

import shutil
import socket
import struct
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from tests.support.wayland_input import string

DISPLAY = 1
ERROR, DELETE_ID = 0, 1
NOTIFIER = "ext_idle_notifier_v1"
SEAT = "wl_seat"
USUAL = ((SEAT, 7), (NOTIFIER, 2))


class Request(NamedTuple):
    """What a client has asked."""

    thing: int
    opcode: int
    body: bytes


@dataclass(frozen=True)
class Notification:
    """A client wants to know of pauses; `seat` is its object for it."""

    thing: int
    opcode: int
    pause_ms: int
    seat: int


class WaylandServer:
    """Listens inside `with`, and serves one client at a time; `env` is for that client.

    `mute`: it takes part in no round trip.  `seats` are the client's seat objects.
    """

    def __init__(self, offers: tuple[tuple[str, int], ...] = USUAL, *, mute: bool = False) -> None:
        # Socket paths have to be short, so this is not the test's own long-named folder.
        self.folder = Path(tempfile.mkdtemp(prefix="wayland-server-"))
        self.env = {"XDG_RUNTIME_DIR": f"{self.folder}", "WAYLAND_DISPLAY": "wayland-1"}
        self.requests: list[Request] = []
        self.bound: dict[int, tuple[str, int]] = {}
        self._offers = offers
        self._mute = mute
        self._reads = threading.Event()
        self._reads.set()
        self._client: socket.socket | None = None
        self._listener = socket.socket(socket.AF_UNIX)

    def __enter__(self) -> Self:
        self._listener.bind(f"{self.folder}/wayland-1")
        self._listener.listen()
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.die()
        shutil.rmtree(self.folder)

    def die(self) -> None:
        """Hang up on everybody; safe to call twice."""
        self._reads.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.hang_up()

    def hang_up(self) -> None:
        """Cut the client off."""
        if self._client is not None:
            with suppress(OSError):
                self._client.shutdown(socket.SHUT_RDWR)

    def stop_reading(self) -> None:
        """Hang, after whatever comes next."""
        self._reads.clear()

    def event(self, thing: int, opcode: int, body: bytes = b"") -> None:
        """Tell the client something."""
        self.raw(struct.pack("=II", thing, (8 + len(body)) << 16 | opcode) + body)

    def raw(self, data: bytes) -> None:
        """Send just these bytes."""
        assert self._client is not None
        self._client.sendall(data)

    def refuse(self, thing: int, code: int, text: str) -> None:
        """Send a protocol error."""
        self.event(DISPLAY, ERROR, struct.pack("=II", thing, code) + string(text))

    def offer(self, number: int, interface: str, version: int) -> None:
        """A global comes."""
        self.event(2, 0, struct.pack("=I", number) + string(interface) + struct.pack("=I", version))

    def withdraw(self, number: int) -> None:
        """A global goes."""
        self.event(2, 1, struct.pack("=I", number))

    @property
    def seats(self) -> list[int]:
        """The client's objects for seats."""
        return [thing for thing, (interface, _) in self.bound.items() if interface == SEAT]

    @property
    def notifications(self) -> list[Notification]:
        """All it was asked for, whether destroyed since or not."""
        notifiers = [thing for thing, (interface, _) in self.bound.items() if interface == NOTIFIER]
        asked = (request for request in self.requests if request.thing in notifiers and request.opcode)
        return [
            Notification(thing, request.opcode, pause_ms, seat)
            for request in asked
            for thing, pause_ms, seat in [struct.unpack("=III", request.body)]
        ]

    def idled(self, notification: Notification) -> None:
        """The seat has been still for so long."""
        self.event(notification.thing, 0)

    def resumed(self, notification: Notification) -> None:
        """There is input again."""
        self.event(notification.thing, 1)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                self._client, _ = self._listener.accept()
                self.requests.clear()
                self.bound.clear()
                with self._client, suppress(OSError):
                    self._listen(self._client)

    def _listen(self, client: socket.socket) -> None:
        inbox = b""
        while data := client.recv(4096):
            self._reads.wait(30)
            inbox += data
            while len(inbox) >= 8:
                thing, word = struct.unpack_from("=II", inbox)
                size = word >> 16
                if len(inbox) < size:
                    break
                request = Request(thing, word & 0xFFFF, inbox[8:size])
                inbox = inbox[size:]
                self._handle(request)
                self.requests.append(request)

    def _handle(self, request: Request) -> None:
        if request.thing == DISPLAY and not self._mute:
            new = struct.pack("=I", struct.unpack("=I", request.body)[0])
            if request.opcode == 0:
                self.event(struct.unpack("=I", new)[0], 0, bytes(4))
                self.event(DISPLAY, DELETE_ID, new)
            else:
                for number, (interface, version) in enumerate(self._offers, 1):
                    self.offer(number, interface, version)
        elif request.thing == 2:
            size = struct.unpack_from("=I", request.body, 4)[0]
            version, new_id = struct.unpack("=II", request.body[-8:])
            self.bound[new_id] = request.body[8 : 7 + size].decode(), version
