"""The wire against a compositor of the test's own, and against sway."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.compositors import Sway
from tests.support.turning import turn_for, turn_until
from tests.support.wayland_input import string
from tests.support.wayland_server import DISPLAY, WaylandServer
from tray_agent.platforms.linux import wayland_wire
from tray_agent.platforms.linux.wayland_wire import NEW, Malformed, Offer, Wayland, arguments
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop

THEIRS = 0xFF000000


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WaylandServer]:
    with WaylandServer((("wl_seat", 7), ("wl_output", 4), ("wl_output", 3))) as server:
        live_in(server.env, monkeypatch)
        yield server


@pytest.fixture
def lost() -> list[str]:
    return []


@pytest.fixture
def wayland(loop: SelectorLoop, server: WaylandServer, lost: list[str]) -> Iterator[Wayland]:
    with closing(Wayland(loop, lost.append)) as wayland:
        yield wayland


def live_in(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, env[name])


def nobody(_reason: str) -> None:
    pass


def heard_by(wayland: Wayland, signature: str) -> tuple[int, list[tuple[object, ...]]]:
    """An object of ours whose event 3 carries that, and what it hears."""
    heard: list[tuple[object, ...]] = []
    thing = wayland.make(77, 0, {3: (signature, lambda *carried: heard.append(carried))}, NEW)
    return thing, heard


def test_it_learns_what_is_offered(wayland: Wayland) -> None:
    assert wayland.offered("wl_seat") == [Offer(1, "wl_seat", 7)]
    assert [offer.version for offer in wayland.offered("wl_output")] == [4, 3]
    assert wayland.offered("wl_shm") == []


def test_globals_come_and_go(loop: SelectorLoop, server: WaylandServer, lost: list[str]) -> None:
    changes: list[tuple[Offer, bool]] = []
    with closing(Wayland(loop, lost.append, lambda *change: changes.append(change))) as wayland:
        assert changes == [], "what is there from the start is no change"
        server.offer(9, "wl_seat", 5)
        server.withdraw(1)
        server.withdraw(1)
        turn_until(loop, lambda: len(changes) == 2, "both changes")
        new = Offer(9, "wl_seat", 5)
        assert changes == [(new, True), (Offer(1, "wl_seat", 7), False)]
        assert wayland.offered("wl_seat") == [new]


def test_a_global_is_bound_in_the_highest_version_both_know(wayland: Wayland, server: WaylandServer) -> None:
    seat = wayland.bind(wayland.offered("wl_seat")[0], 5)
    output = wayland.bind(wayland.offered("wl_output")[1], 9)
    wayland.roundtrip()
    assert server.bound == {seat: ("wl_seat", 5), output: ("wl_output", 3)}


def test_a_request_carries_its_numbers_and_the_new_id(wayland: Wayland, server: WaylandServer) -> None:
    made = wayland.make(77, 4, {}, 5, NEW, 6)
    wayland.send(made, 2, 8)
    wayland.roundtrip()
    asked = [(thing, opcode, struct.unpack("=" + "I" * (len(body) // 4), body))
             for thing, opcode, body in server.requests if thing in (77, made)]  # fmt: skip
    assert asked == [(77, 4, (5, made, 6)), (made, 2, (8,))]


def test_an_event_brings_what_its_signature_names(
    loop: SelectorLoop, wayland: Wayland, server: WaylandServer
) -> None:
    thing, heard = heard_by(wayland, "uisao")
    wayland.roundtrip()
    body = struct.pack("=Ii", 4_000_000_000, -5) + string("abc") + struct.pack("=I5s3xI", 5, b"array", 6)
    server.event(thing, 3, body)
    server.event(thing, 2, b"some event nobody asked about....")
    turn_until(loop, lambda: heard, "the event")
    assert heard == [(4_000_000_000, -5, b"array", 6)]


def test_strings_are_neither_decoded_nor_kept(
    loop: SelectorLoop, wayland: Wayland, server: WaylandServer
) -> None:
    thing, heard = heard_by(wayland, "su")
    wayland.roundtrip()
    no_text = b"\xff\xfesecret title\0"  # would not decode
    server.event(thing, 3, struct.pack("=I15sxI", len(no_text), no_text, 1))
    turn_until(loop, lambda: heard, "the event")
    assert heard == [(1,)]
    assert b"secret" not in b"".join(
        value for value in vars(wayland).values() if isinstance(value, bytearray)
    )


def test_an_object_the_compositor_made_is_heard_until_it_is_dropped(
    loop: SelectorLoop, wayland: Wayland, server: WaylandServer
) -> None:
    heard: list[int] = []
    wayland.adopt(THEIRS, {0: ("u", heard.append)})
    server.event(THEIRS, 0, struct.pack("=I", 1))
    turn_until(loop, lambda: heard, "the event")
    wayland.drop(THEIRS, 7)
    server.event(THEIRS, 0, struct.pack("=I", 2))
    wayland.roundtrip()
    assert heard == [1]
    assert (THEIRS, 7, b"") in server.requests


def test_a_message_may_arrive_in_pieces(loop: SelectorLoop, wayland: Wayland, server: WaylandServer) -> None:
    thing, heard = heard_by(wayland, "u")
    wayland.roundtrip()
    for byte in struct.pack("=IIIII", thing, 12 << 16 | 3, 42, thing, 12 << 16 | 3):
        server.raw(bytes([byte]))
        turn_for(loop, 0.001)
    server.raw(struct.pack("=I", 43))
    turn_until(loop, lambda: len(heard) == 2, "both events")
    assert heard == [(42,), (43,)]


def test_ids_that_were_freed_are_used_again(wayland: Wayland) -> None:
    wayland.roundtrip()
    first = wayland.make(77, 0, {}, NEW)
    for _ in range(100):
        wayland.roundtrip()
    assert wayland.make(77, 0, {}, NEW) <= first + 2


@pytest.mark.parametrize(
    "nonsense",
    [
        struct.pack("=II", DISPLAY, 4 << 16),
        struct.pack("=II", DISPLAY, 0),
        struct.pack("=III", DISPLAY, 13 << 16 | 9, 1),
        struct.pack("=II", DISPLAY, 8 << 16),
        struct.pack("=IIII", 2, 16 << 16, 9, 4000),
        b"\xff" * 64,
    ],
    ids=["shorter than its head", "empty", "odd", "no body", "a string past its end", "noise"],
)
def test_nonsense_is_a_loss(
    nonsense: bytes, loop: SelectorLoop, wayland: Wayland, server: WaylandServer, lost: list[str]
) -> None:
    server.raw(nonsense)
    turn_until(loop, lambda: lost, "the loss")
    turn_for(loop, 0.05)
    assert lost == ["the Wayland compositor sent nonsense"]
    with pytest.raises(Unavailable, match="nonsense"):
        wayland.roundtrip()


def test_a_protocol_error_is_a_loss(
    loop: SelectorLoop, wayland: Wayland, server: WaylandServer, lost: list[str]
) -> None:
    server.refuse(7, 3, "you did something wrong")
    turn_until(loop, lambda: lost, "the loss")
    assert lost == ["the Wayland compositor refused a request (error 3)"]


def test_a_cut_line_is_a_loss_told_once(
    loop: SelectorLoop, wayland: Wayland, server: WaylandServer, lost: list[str]
) -> None:
    server.hang_up()
    turn_until(loop, lambda: lost, "the loss")
    wayland.send(1, 0)
    turn_for(loop, 0.05)
    assert lost == ["the Wayland compositor closed the connection"]


def test_writing_to_nobody_is_a_loss(
    loop: SelectorLoop, wayland: Wayland, server: WaylandServer, lost: list[str]
) -> None:
    server.hang_up()
    while not lost:
        wayland.send(77, 0)
        turn_for(loop, 0.01)
    assert len(lost) == 1


def test_a_compositor_that_does_not_read_is_a_loss(
    loop: SelectorLoop, wayland: Wayland, server: WaylandServer, lost: list[str]
) -> None:
    server.stop_reading()
    for _ in range(100_000):
        wayland.send(77, 0, *range(100))
        if loop._posted:
            break
    turn_until(loop, lambda: lost, "the loss")
    assert lost == ["the Wayland compositor does not read"]


def test_who_hung_up_hears_of_no_loss(
    loop: SelectorLoop, wayland: Wayland, server: WaylandServer, lost: list[str]
) -> None:
    server.raw(b"\xff" * 64)
    with pytest.raises(Unavailable):
        wayland.roundtrip()
    wayland.close()
    wayland.close()
    turn_for(loop, 0.05)
    assert lost == []


def test_a_compositor_that_hangs_is_given_a_second_and_no_other_is_tried(
    loop: SelectorLoop, server: WaylandServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wayland_wire.PATIENCE_S == 1.0
    monkeypatch.setattr(wayland_wire, "PATIENCE_S", 0.2)
    with WaylandServer(mute=True) as mute:
        monkeypatch.setenv("WAYLAND_DISPLAY", f"{mute.folder}/wayland-1")
        with pytest.raises(Unavailable, match="the Wayland compositor does not answer"):
            Wayland(loop, nobody)
    assert server.requests == []


def test_without_a_compositor_it_says_so(
    loop: SelectorLoop, server: WaylandServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.die()
    with pytest.raises(Unavailable, match=r"no Wayland compositor \(Connection refused\)"):
        Wayland(loop, nobody)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nonexistent")
    with pytest.raises(Unavailable, match=r"no Wayland compositor \(No such file or directory\)"):
        Wayland(loop, nobody)


def test_one_that_listens_under_another_name_is_found(
    loop: SelectorLoop, server: WaylandServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    with closing(Wayland(loop, nobody)) as wayland:
        assert wayland.offered("wl_seat")


def test_a_door_that_is_shut_at_once_is_no_loss_of_the_next(
    loop: SelectorLoop, server: WaylandServer, lost: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    with closing(socket.socket(socket.AF_UNIX)) as listener:
        listener.bind(f"{server.folder}/wayland-7")
        listener.listen()

        def shut() -> None:
            listener.accept()[0].close()

        threading.Thread(target=shut).start()
        with closing(Wayland(loop, lost.append)) as wayland:
            turn_for(loop, 0.05)
            assert wayland.offered("wl_seat")
    assert lost == []


def test_arguments_end_where_the_body_ends() -> None:
    assert list(arguments("", b"more than wanted")) == []
    assert list(arguments("k", string("wl_seat"))) == ["wl_seat"]
    for signature, body in (("u", b"\0\0\0"), ("a", struct.pack("=I", 1)), ("s", struct.pack("=I", 1 << 31))):
        with pytest.raises(Malformed):
            list(arguments(signature, body))


def test_sway_answers(loop: SelectorLoop, lost: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with Sway() as sway:
        live_in(sway.env, monkeypatch)
        with closing(Wayland(loop, lost.append)) as wayland:
            heard: list[tuple[object, ...]] = []
            events = {0: ("u", lambda *carried: heard.append(carried)), 1: ("s", lambda: heard.append(()))}
            wayland.bind(wayland.offered("wl_seat")[0], 2, events)
            wayland.roundtrip()
            assert sorted(map(len, heard)) == [0, 1], "its name, unread, and what it can do"
            wayland.send(77, 0)
            turn_until(loop, lambda: lost, "sway to refuse a request to nothing")
            assert lost == ["the Wayland compositor refused a request (error 0)"]
            lost.clear()
        with closing(Wayland(loop, lost.append)):
            sway.kill()
            turn_until(loop, lambda: lost, "the loss")
