"""An X connection that never ends the process: libxcb by ctypes, requests written by hand.

Xlib calls `exit` when its server dies and python-xlib waits for answers without end; libxcb does
neither.  Only what the idle counters need is here: extension requests, their replies waited for
with patience that ends, events, and whether the connection still lives.
"""

from __future__ import annotations

import ctypes
import select
import struct
import time
from collections.abc import Iterator
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_uint, c_uint8, c_void_p
from functools import cache
from typing import Any

from tray_agent.ports import Unavailable

PATIENCE_S = 1.0
DEAD = "the X server closed the connection"


class Extension(Structure):
    """An X extension; xcb remembers its number by this very object, so keep it while in use."""

    _fields_ = (("name", c_char_p), ("global_id", c_int))

    def __hash__(self) -> int:
        return id(self)


CORE = Extension()
"""No extension: the first byte of a body then goes into the request's header."""


class _Chunk(Structure):
    _fields_ = (("start", c_void_p), ("size", c_size_t))


class _Request(Structure):
    _fields_ = (
        ("chunks", c_size_t),
        ("extension", POINTER(Extension)),
        ("opcode", c_uint8),
        ("without_reply", c_uint8),
    )


class _Screens(Structure):
    _fields_ = (("root", POINTER(c_uint)), ("rest", c_int), ("index", c_int))


_SIGNATURES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "xcb_connect": (c_void_p, (c_char_p, c_void_p)),
    "xcb_connection_has_error": (c_int, (c_void_p,)),
    "xcb_disconnect": (None, (c_void_p,)),
    "xcb_flush": (c_int, (c_void_p,)),
    "xcb_generate_id": (c_uint, (c_void_p,)),
    "xcb_get_extension_data": (POINTER(c_uint8), (c_void_p, POINTER(Extension))),
    "xcb_get_file_descriptor": (c_int, (c_void_p,)),
    "xcb_get_setup": (c_void_p, (c_void_p,)),
    "xcb_poll_for_event": (c_void_p, (c_void_p,)),
    "xcb_poll_for_reply": (c_int, (c_void_p, c_uint, POINTER(c_void_p), POINTER(c_void_p))),
    "xcb_discard_reply": (None, (c_void_p, c_uint)),
    "xcb_send_request": (c_uint, (c_void_p, c_int, POINTER(_Chunk), POINTER(_Request))),
    "xcb_setup_roots_iterator": (_Screens, (c_void_p,)),
}


@cache
def _xcb() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL("libxcb.so.1")
    except OSError as missing:
        raise Unavailable("libxcb is not installed") from missing
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


@cache
def _free() -> Any:
    function = ctypes.CDLL(None).free
    function.restype, function.argtypes = None, (c_void_p,)
    return function


def _take(address: int, size: int) -> bytes:
    """Copy what xcb allocated for us, and give it back."""
    taken = ctypes.string_at(address, size)
    _free()(address)
    return taken


class Connection:
    """One connection, used from one thread.  Raises `Unavailable` where no X server answers."""

    def __init__(self, display: str) -> None:
        self._xcb = _xcb()
        self._at: int | None = self._xcb.xcb_connect(display.encode(), None)
        if self.broken:
            self.close()
            raise Unavailable(f"no X server answers at {display}")
        self.fd: int = self._xcb.xcb_get_file_descriptor(self._at)

    @property
    def broken(self) -> bool:
        """Whether the connection is gone for good, by the server's doing or ours."""
        return self._at is None or bool(self._xcb.xcb_connection_has_error(self._at))

    def root(self) -> int:
        """The root window of the first screen."""
        return int(self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._open)).root[0])

    def require(self, extension: Extension) -> int:
        """The number of the extension's first event; raises `Unavailable` where it is missing."""
        answer = self._xcb.xcb_get_extension_data(self._open, byref(extension))
        present, _major, first_event = answer[8:11] if answer else (0, 0, 0)
        if not present:
            raise Unavailable(f"the X server has no {extension.name.decode()}")
        return int(first_event)

    def new_id(self) -> int:
        """A number for something we are about to make in the server."""
        return int(self._xcb.xcb_generate_id(self._open))

    def send(self, extension: Extension, opcode: int, body: bytes) -> None:
        """Send a request that has no reply."""
        self._send(extension, opcode, body, without_reply=True)
        self._xcb.xcb_flush(self._at)

    def ask(self, extension: Extension, opcode: int, body: bytes) -> bytes:
        """Send a request and wait for its reply; raises `Unavailable` after `PATIENCE_S`.

        Events that arrived meanwhile are kept for `events`, with nothing left to read on `fd`.
        """
        return self.receive(self.request(extension, opcode, body))

    def request(self, extension: Extension, opcode: int, body: bytes) -> int:
        """Put down a request that goes with the next one sent; its number is for `receive` or `forget`."""
        return self._send(extension, opcode, body, without_reply=False)

    def receive(self, number: int) -> bytes:
        """Wait for the reply to a request, as `ask` does."""
        self._xcb.xcb_flush(self._open)
        give_up = time.monotonic() + PATIENCE_S
        reply, error = c_void_p(), c_void_p()
        while not self._xcb.xcb_poll_for_reply(self._at, number, byref(reply), byref(error)):
            left = give_up - time.monotonic()
            if left <= 0.0:
                self.forget(number)
                raise Unavailable("the X server does not answer")
            select.select([self.fd], [], [], left)
        if reply.value:
            length = struct.unpack_from("=I", ctypes.string_at(reply.value, 8), 4)[0]
            return _take(reply.value, 32 + 4 * length)
        if error.value:
            _free()(error)
        raise Unavailable(DEAD if self.broken else "the X server refused a question")

    def forget(self, number: int) -> None:
        """Nobody will wait for this reply."""
        if self._at is not None:
            self._xcb.xcb_discard_reply(self._at, number)

    def events(self) -> Iterator[bytes]:
        """What has arrived, each of 32 bytes; a request that failed comes as one starting with 0."""
        while self._at is not None and (event := self._xcb.xcb_poll_for_event(self._at)):
            yield _take(event, 32)

    def close(self) -> None:
        """Hang up; safe to call twice."""
        if self._at is not None:
            self._xcb.xcb_disconnect(self._at)
            self._at = None

    @property
    def _open(self) -> int:
        if self._at is None:
            raise Unavailable(DEAD)
        return self._at

    def _send(self, extension: Extension, opcode: int, body: bytes, *, without_reply: bool) -> int:
        at = self._open
        # xcb writes the header itself, into four bytes of ours, and may use two chunks before the first.
        core = extension is CORE
        head, rest = (b"\0" + body[:1] + bytes(2), body[1:]) if core else (bytes(4), body)
        raw = head + rest + bytes(-len(rest) % 4)
        request = ctypes.create_string_buffer(raw, len(raw))
        chunks = (_Chunk * 3)()
        chunks[2] = _Chunk(ctypes.addressof(request), len(request))
        first = ctypes.cast(byref(chunks, 2 * ctypes.sizeof(_Chunk)), POINTER(_Chunk))
        about = _Request(1, None if core else ctypes.pointer(extension), opcode, without_reply)
        return int(self._xcb.xcb_send_request(at, 0, first, byref(about)))
