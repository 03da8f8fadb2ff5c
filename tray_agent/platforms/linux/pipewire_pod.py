"""PipeWire's values as bytes (SPA POD): makes the few we send, walks those we get.

A value is its size, its type and its body, filled up to eight bytes.  Walking decodes nothing: a text
stays bytes of the message it came in until somebody asks for it, so names that a server hands us are
skipped and never become text here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import islice

ID, INT, STRING, STRUCT = 3, 4, 8, 14
HEADER = struct.Struct("=II")
NUMBER = struct.Struct("=i")


class Malformed(Exception):
    """Bytes that are not what PipeWire's protocol says they are."""


def integer(number: int) -> bytes:
    """A 32-bit number."""
    return _value(INT, NUMBER.pack(number))


def text(words: str) -> bytes:
    """A text."""
    return _value(STRING, words.encode() + b"\0")


def structure(*values: bytes) -> bytes:
    """Several values as one."""
    return _value(STRUCT, b"".join(values))


def members(message: memoryview) -> Iterator[tuple[int, memoryview]]:
    """Type and body of each value in the structure a message consists of.

    What follows the structure is left alone.  Raises `Malformed` where a size leads out of it.
    """
    kind, body, _rest = _first(message)
    if kind != STRUCT:
        raise Malformed(f"a value of type {kind} instead of a structure")
    return _walk(body)


def integers(message: memoryview, count: int) -> list[int]:
    """The first `count` numbers of a message; raises `Malformed` when there are fewer."""
    return [number(member) for member in all_of(members(message), count)]


def all_of(walk: Iterator[tuple[int, memoryview]], count: int) -> list[tuple[int, memoryview]]:
    """The next `count` values; raises `Malformed` when there are fewer."""
    taken = list(islice(walk, count))
    if len(taken) < count:
        raise Malformed(f"{len(taken)} values instead of {count}")
    return taken


def number(member: tuple[int, memoryview]) -> int:
    """A 32-bit number, an enumeration's too; raises `Malformed` on any other value."""
    kind, body = member
    if kind not in (ID, INT) or len(body) != NUMBER.size:
        raise Malformed(f"a value of type {kind} instead of a number")
    return int(NUMBER.unpack(body)[0])


def chosen(dictionary: tuple[int, memoryview], keys: AbstractSet[bytes]) -> dict[bytes, bytes]:
    """What a dictionary says of `keys`, each text without its end mark; the rest is skipped unread."""
    kind, body = dictionary
    if kind != STRUCT:
        raise Malformed(f"a value of type {kind} instead of a dictionary")
    walk = _walk(body)
    all_of(walk, 1)  # how many there are
    return {
        known: bytes(value[:-1])
        for (_key, key), (_value, value) in zip(walk, walk, strict=False)
        if (known := bytes(key[:-1])) in keys
    }


def _value(kind: int, body: bytes) -> bytes:
    return HEADER.pack(len(body), kind) + body + bytes(-len(body) % 8)


def _walk(body: memoryview) -> Iterator[tuple[int, memoryview]]:
    while body:
        kind, value, body = _first(body)
        yield kind, value


def _first(values: memoryview) -> tuple[int, memoryview, memoryview]:
    if len(values) < HEADER.size:
        raise Malformed("a value without its size")
    size, kind = HEADER.unpack_from(values)
    end = HEADER.size + size
    if end > len(values):
        raise Malformed("a value longer than its message")
    return kind, values[HEADER.size : end], values[end + -end % 8 :]
