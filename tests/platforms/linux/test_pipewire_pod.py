import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_agent.platforms.linux.pipewire_pod import (
    STRING,
    STRUCT,
    Malformed,
    chosen,
    integer,
    integers,
    members,
    structure,
    text,
)

NAME = "Ärztin, Befund.odt"


def test_values_are_laid_out_as_pipewire_has_them() -> None:
    assert integer(-2) == struct.pack("=IIiI", 4, 4, -2, 0)
    assert text("ab") == struct.pack("=II8s", 3, 8, b"ab\0")
    assert structure(integer(1), text("ab")) == struct.pack("=II", 32, 14) + integer(1) + text("ab")


def test_members_are_told_apart_and_what_follows_is_left_alone() -> None:
    message = structure(integer(7), text("seven"), structure(), integer(8))
    kinds = [(kind, bytes(body)) for kind, body in members(memoryview(message + integer(9)))]
    seven, eight = struct.pack("=i", 7), struct.pack("=i", 8)
    assert kinds == [(4, seven), (STRING, b"seven\0"), (STRUCT, b""), (4, eight)]


def test_numbers_are_read_and_nothing_else_passes_for_one() -> None:
    assert integers(memoryview(structure(integer(-1), integer(5), text("x"))), 2) == [-1, 5]
    with pytest.raises(Malformed, match="1 values instead of 2"):
        integers(memoryview(structure(integer(-1))), 2)
    with pytest.raises(Malformed, match="type 8 instead of a number"):
        integers(memoryview(structure(text("abc"))), 1)


def test_only_what_was_asked_for_is_taken_from_a_dictionary() -> None:
    pairs = [text(part) for part in ("node.name", NAME, "media.class", "Video/Source", "node.nick", NAME)]
    dictionary = next(members(memoryview(structure(structure(integer(3), *pairs)))))
    assert chosen(dictionary, {b"media.class", b"media.role"}) == {b"media.class": b"Video/Source"}


def test_what_is_no_dictionary_is_malformed() -> None:
    for wrong in (integer(1), structure()):
        with pytest.raises(Malformed):
            chosen(next(members(memoryview(structure(wrong)))), {b"media.class"})


def test_a_message_cut_off_anywhere_is_malformed() -> None:
    message = structure(integer(7), text("seven"), structure(integer(1), text("a"), text("b")))
    for end in range(len(message)):
        with pytest.raises(Malformed):
            list(members(memoryview(message[:end])))


@given(st.binary(max_size=200), st.booleans())
def test_no_bytes_make_it_fail_otherwise(data: bytes, wrapped: bool) -> None:
    message = struct.pack("=II", len(data), STRUCT) + data if wrapped else data
    try:
        for member in members(memoryview(message)):
            chosen(member, {b"media.class"})
    except Malformed:
        pass
