"""PulseAudio's packets and the values in them, as native protocol version 19 writes them.

Our own, since a ready client decodes every name of a program and title of a window that a server
tells: here strings and properties are stepped over and never become objects.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from enum import IntEnum

from msgspec import Struct

VERSION = 19
"""The first that says whether a stream is corked; its lists are shorter than those of later ones."""

NOBODY = NOWHERE = 0xFFFF_FFFF
"""In place of the number of a client or a device: there is none."""

CONTROL = 0xFFFF_FFFF
"""The channel of commands and answers; on all others there is sound."""

HEADER = struct.Struct(">IIQI")
"""Length, channel, offset and flags."""

LONGEST = 1 << 20
"""Bytes of a packet; lists of hundreds of streams are far shorter."""

LEAST_FOR_SPEECH_HZ = 1000
"""A stream of fewer samples a second is a level meter's: these have 25 to 150."""


class Malformed(Exception):
    """The server sent what the protocol does not have."""


class Command(IntEnum):
    """The commands and answers we know."""

    ERROR = 0
    REPLY = 2
    AUTH = 8
    SET_CLIENT_NAME = 9
    GET_SOURCE_INFO = 23
    GET_SINK_INPUT_INFO_LIST = 30
    GET_SOURCE_OUTPUT_INFO_LIST = 32
    SUBSCRIBE = 35
    SUBSCRIBE_EVENT = 66


def packet(command: int, tag: int, body: bytes = b"") -> bytes:
    """A command on its way to the server; `tag` comes back with the answer."""
    whole = number(command) + number(tag) + body
    return HEADER.pack(len(whole), CONTROL, 0, 0) + whole


def number(value: int) -> bytes:
    """A number of 32 bits."""
    return struct.pack(">cI", b"L", value)


def arbitrary(value: bytes) -> bytes:
    """Bytes that mean something to the receiver."""
    return struct.pack(">cI", b"x", len(value)) + value


def properties(**values: str) -> bytes:
    """What a client says about itself; an underscore in a key stands for a dot."""
    pairs = ((key.replace("_", "."), value.encode() + b"\0") for key, value in values.items())
    written = (b"t%s\0" % key.encode() + number(len(value)) + arbitrary(value) for key, value in pairs)
    return b"P" + b"".join(written) + b"N"


class Reader:
    """Goes through the values of one packet; each step raises `Malformed` where another kind comes."""

    def __init__(self, packet: bytes) -> None:
        self._packet = packet
        self._at = 0

    @property
    def more(self) -> bool:
        """Whether something is left."""
        return self._at < len(self._packet)

    def number(self) -> int:
        """A number of 32 bits."""
        self._expect(b"L")
        return int.from_bytes(self._take(4))

    def flag(self) -> bool:
        """Yes or no."""
        kind = self._take(1)
        if kind not in (b"0", b"1"):
            raise Malformed("no yes or no where one belongs")
        return kind == b"1"

    def rate(self) -> int:
        """Samples a second of a sample specification."""
        self._expect(b"a")
        return int.from_bytes(self._take(6)[2:])

    def says(self, wanted: bytes) -> bool:
        """Whether the string that comes next is this one; it is stepped over where it lies."""
        says = self._packet.startswith(b"t" + wanted + b"\0", self._at)
        self.skip("t")
        return says

    def skip(self, kinds: str) -> None:
        """Step over one value of each kind: t string, L number, U time, m channels, v volumes,
        P properties, 1 flag.
        """
        for kind in kinds:
            match kind:
                case "t":
                    self._skip_string()
                case "P":
                    self._skip_properties()
                case "1":
                    self.flag()
                case "m" | "v":
                    self._expect(kind.encode())
                    self._step(self._take(1)[0] * (4 if kind == "v" else 1))
                case _:
                    self._expect(kind.encode())
                    self._step({"L": 4, "U": 8}[kind])

    def _skip_string(self) -> None:
        kind = self._take(1)
        if kind == b"t":
            end = self._packet.find(b"\0", self._at)
            self._step(end + 1 - self._at if end >= 0 else LONGEST)
        elif kind != b"N":
            raise Malformed("no string where one belongs")

    def _skip_properties(self) -> None:
        self._expect(b"P")
        while self._packet[self._at : self._at + 1] == b"t":
            self._skip_string()
            size = self.number()
            self._expect(b"x")
            self._step(4 + size)
        self._expect(b"N")

    def _expect(self, kind: bytes) -> None:
        if self._take(1) != kind:
            raise Malformed(f"no {kind.decode()} where one belongs")

    def _take(self, size: int) -> bytes:
        start = self._at
        self._step(size)
        return self._packet[start : self._at]

    def _step(self, size: int) -> None:
        self._at += size
        if self._at > len(self._packet):
            raise Malformed("a packet that ends too early")


class Stream(Struct, frozen=True):
    """Sound that goes from or to a device of this number.

    `used` says that a program of the person's takes part: streams of the server's own modules, such
    as echo cancelling, belong to no client; a corked stream stands still; a level meter only looks.
    """

    device: int
    used: bool


def recordings(answer: Reader) -> Iterator[Stream]:
    """The streams in an answer to GET_SOURCE_OUTPUT_INFO_LIST."""
    while answer.more:
        yield _stream(answer, "mUU", "tP")


def playbacks(answer: Reader) -> Iterator[Stream]:
    """The streams in an answer to GET_SINK_INPUT_INFO_LIST."""
    while answer.more:
        yield _stream(answer, "mvUU", "t1P")


def _stream(answer: Reader, before_the_method: str, after_it: str) -> Stream:
    answer.skip("LtL")  # its number, its title, the module that made it
    client, device = answer.number(), answer.number()
    rate = answer.rate()
    answer.skip(before_the_method)
    peaks = answer.says(b"peaks")
    answer.skip(after_it)
    corked = answer.flag()
    meter = peaks or rate < LEAST_FOR_SPEECH_HZ
    return Stream(device, used=client != NOBODY and not corked and not meter)


def is_monitor(answer: Reader) -> bool:
    """Whether the source in an answer to GET_SOURCE_INFO is what a speaker plays, and no microphone."""
    answer.skip("Ltt")
    answer.rate()
    answer.skip("mLv1")
    return answer.number() != NOWHERE
