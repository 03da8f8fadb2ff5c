"""A connection to the Wayland compositor on the agent's loop, for the few messages a sensor needs.

    wayland = Wayland(loop, lost)                  # learns what is offered; raises `Unavailable`
    seat = wayland.bind(wayland.offered("wl_seat")[0], 1)
    manager = wayland.bind(offer, 3, {0: ("n", self._window_opened), 1: ("", self._finished)})
    wayland.adopt(window, {4: ("a", self._states)})          # an object that the compositor made
    notification = wayland.make(manager, 1, {0: ("", self._idled)}, NEW, timeout_ms, seat)
    wayland.send(notification, 0)                            # requests take numbers and object ids
    wayland.drop(notification, 0)                            # its destructor: nothing is heard any more

Events are given by opcode as `(signature, handler)`; the handler gets what the signature's letters
name: `u` a number, `i` a signed one, `o` an object, `n` a new one, `a` an array's bytes, `k` the name
of an interface; `s` is a string that is passed over, never decoded and never kept.  Other events are
ignored.  Handlers run on the loop, or inside `roundtrip` when the owner calls that.

It is our own because libwayland would come through a C extension that decodes every title there is.
It binds what it is told and nothing else; no keyboard, so no key and no descriptor ever arrives.
"""

from __future__ import annotations

import select
import socket
import struct
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from tray_agent.platforms.linux.wayland_place import places
from tray_agent.ports import Loop, Unavailable

Events = Mapping[int, tuple[str, Callable[..., object]]]

PATIENCE_S = 1.0
NEW = -1
"""Stands in a request for the id of the object it makes."""

DISPLAY, REGISTRY = 1, 2
SYNC, GET_REGISTRY = 0, 1
BIND = 0
HEADER = struct.Struct("=II")
LONGEST_AT_ONCE = 65536


class Malformed(Exception):
    """The compositor sent bytes that are no such event."""


class Offer(Struct, frozen=True):
    """A global of the compositor, such as a seat."""

    number: int
    interface: str
    version: int


def arguments(signature: str, body: bytes) -> Iterator[int | bytes | str]:
    """What an event carries, without its strings; raises `Malformed` when it ends too early."""
    at = 0
    for letter in signature:
        if at + 4 > len(body):
            raise Malformed
        number: int = struct.unpack_from("=i" if letter == "i" else "=I", body, at)[0]
        at += 4
        if letter not in "aks":
            yield number
            continue
        start, at = at, at + (number + 3) // 4 * 4
        if at > len(body):
            raise Malformed
        if letter == "a":
            yield bytes(body[start : start + number])
        elif letter == "k":
            yield body[start : start + max(0, number - 1)].decode("ascii", "replace")


class Wayland:
    """One connection, made in the constructor; `lost(reason)` is called once when it ends by itself.

    `changed(offer, there)` hears of each global that comes or goes later.
    """

    def __init__(
        self,
        loop: Loop,
        lost: Callable[[str], object],
        changed: Callable[[Offer, bool], object] = lambda _offer, _there: None,
    ) -> None:
        self._loop = loop
        self._lost = lost
        self._changed = changed
        self._telling = False
        self._connect(places())
        self._telling = True

    def offered(self, interface: str) -> list[Offer]:
        """The globals of this interface that there are now."""
        return [offer for offer in self._offers.values() if offer.interface == interface]

    def bind(self, offer: Offer, version: int, events: Events | None = None) -> int:
        """Our object for a global, of the highest version both sides know up to `version`."""
        name = offer.interface.encode() + b"\0"
        raw = struct.pack("=II", offer.number, len(name)) + name + bytes(-len(name) % 4)
        new = self._new(events or {})
        self._write(REGISTRY, BIND, raw + struct.pack("=II", min(version, offer.version), new))
        return new

    def make(self, thing: int, opcode: int, events: Events, *numbers: int) -> int:
        """Send a request that makes an object, whose id is returned; one of `numbers` is `NEW`."""
        new = self._new(events)
        self.send(thing, opcode, *(new if number == NEW else number for number in numbers))
        return new

    def adopt(self, thing: int, events: Events) -> None:
        """Hear the events of an object that the compositor has made."""
        self._events[thing] = events

    def send(self, thing: int, opcode: int, *numbers: int) -> None:
        """Send a request; harmless on a connection that has ended."""
        self._write(thing, opcode, struct.pack(f"={len(numbers)}I", *numbers))

    def drop(self, thing: int, opcode: int) -> None:
        """Send an object's destructor and hear no more of it."""
        self._events.pop(thing, None)
        self.send(thing, opcode)

    def roundtrip(self) -> None:
        """Wait, a second at most, until all requests are handled and what came before is told.

        Raises `Unavailable` when the compositor does not answer or is gone.
        """
        done: list[int] = []
        self.make(DISPLAY, SYNC, {0: ("u", done.append)}, NEW)
        give_up = time.monotonic() + PATIENCE_S
        while not done:
            if self._socket is None:
                raise Unavailable(self._reason)
            if not select.select([self._socket], [], [], max(0.0, give_up - time.monotonic()))[0]:
                raise Unavailable("the Wayland compositor does not answer")
            self._read()

    def close(self) -> None:
        """Hang up without a word; safe to call twice."""
        self._telling = False
        self._hang_up("closed")

    def _connect(self, doors: list[Path]) -> None:
        """Take the first door behind which there is life; its reason counts when there is none."""
        refusal: Unavailable | None = None
        for door in doors:
            try:
                self._open(door)
                self.roundtrip()
            except Unavailable as why:
                refusal = refusal or why
                if self._socket is None:
                    continue
                self._hang_up(f"{why}")  # it hangs, and a second is all the time there is
                break
            return
        assert refusal is not None
        raise refusal

    def _open(self, door: Path) -> None:
        self._reason = ""
        self._inbox = bytearray()
        self._offers: dict[int, Offer] = {}
        self._free: list[int] = []
        self._next = REGISTRY
        self._events: dict[int, Events] = {DISPLAY: {0: ("ou", self._refused), 1: ("u", self._freed)}}
        self._socket: socket.socket | None = None
        self._socket = _connected(door)
        self._loop.watch(self._socket.fileno(), self._read)
        announced: Events = {0: ("uku", self._announced), 1: ("u", self._withdrawn)}
        self.make(DISPLAY, GET_REGISTRY, announced, NEW)

    def _new(self, events: Events) -> int:
        if self._free:
            new = self._free.pop()
        else:
            new, self._next = self._next, self._next + 1
        self._events[new] = events
        return new

    def _write(self, thing: int, opcode: int, body: bytes) -> None:
        if self._socket is None:
            return
        message = HEADER.pack(thing, (HEADER.size + len(body)) << 16 | opcode) + body
        try:
            whole = self._socket.send(message) == len(message)
        except BlockingIOError:
            whole = False
        except OSError as error:
            self._die(f"the Wayland compositor is gone ({error.strerror})")
            return
        if not whole:  # our messages are few and small
            self._die("the Wayland compositor does not read")

    def _read(self) -> None:
        if self._socket is None:
            return
        try:
            data = self._socket.recv(LONGEST_AT_ONCE)
        except BlockingIOError:
            return
        except OSError as error:
            self._die(f"the Wayland compositor is gone ({error.strerror})")
            return
        if not data:
            self._die("the Wayland compositor closed the connection")
            return
        self._inbox += data
        try:
            self._dispatch()
        except Malformed:
            self._die("the Wayland compositor sent nonsense")

    def _dispatch(self) -> None:
        while self._socket is not None and len(self._inbox) >= HEADER.size:
            thing, word = HEADER.unpack_from(self._inbox)
            size = word >> 16
            if size < HEADER.size or size % 4:
                raise Malformed
            if len(self._inbox) < size:
                return
            body = bytes(self._inbox[HEADER.size : size])
            del self._inbox[:size]
            signature, handler = self._events.get(thing, {}).get(word & 0xFFFF, ("", None))
            if handler is not None:
                handler(*arguments(signature, body))

    def _announced(self, number: int, interface: str, version: int) -> None:
        self._offers[number] = offer = Offer(number, interface, version)
        if self._telling:
            self._changed(offer, True)

    def _withdrawn(self, number: int) -> None:
        offer = self._offers.pop(number, None)
        if offer is not None and self._telling:
            self._changed(offer, False)

    def _freed(self, thing: int) -> None:
        self._events.pop(thing, None)
        if REGISTRY < thing < self._next and thing not in self._free:
            self._free.append(thing)

    def _refused(self, _thing: int, code: int) -> None:
        self._die(f"the Wayland compositor refused a request (error {code})")

    def _die(self, reason: str) -> None:
        self._hang_up(reason)
        # Posted, since this may happen in the midst of somebody's `send`.
        self._loop.call_soon(self._tell)

    def _tell(self) -> None:
        if self._telling and self._socket is None:
            self._telling = False
            self._lost(self._reason)

    def _hang_up(self, reason: str) -> None:
        if self._socket is not None:
            self._loop.unwatch(self._socket.fileno())
            self._socket.close()
            self._socket = None
            self._reason = reason


def _connected(door: Path) -> socket.socket:
    if sys.platform == "win32":
        raise Unavailable("no Wayland on this system")
    end = socket.socket(socket.AF_UNIX)
    end.setblocking(False)
    try:
        end.connect(f"{door}")
    except OSError as error:
        end.close()
        raise Unavailable(f"no Wayland compositor ({error.strerror})") from error
    return end
