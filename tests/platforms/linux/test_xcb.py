from __future__ import annotations

import gc
import mmap
import signal
import struct
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.waiting import wait_until
from tests.support.xserver import XServer, xserver
from tray_agent.platforms.linux.xcb import DEAD, PATIENCE_S, Connection, Extension
from tray_agent.ports import Unavailable

INITIALIZE, LIST_SYSTEM_COUNTERS, QUERY_COUNTER = 0, 1, 5


@pytest.fixture
def server() -> Iterator[XServer]:
    with xserver() as running:
        yield running


@pytest.fixture
def x(server: XServer) -> Iterator[Connection]:
    with closing(Connection(server.display)) as connection:
        yield connection


@pytest.fixture
def sync(x: Connection) -> Extension:
    extension = Extension(b"SYNC")
    x.require(extension)
    x.ask(extension, INITIALIZE, bytes((3, 1, 0, 0)))
    return extension


def test_a_question_brings_the_whole_reply(x: Connection, sync: Extension) -> None:
    reply = x.ask(sync, LIST_SYSTEM_COUNTERS, b"")
    assert len(reply) == 32 + 4 * struct.unpack_from("=I", reply, 4)[0]
    assert b"IDLETIME" in reply


def test_the_root_window_is_known(x: Connection) -> None:
    assert x.root() > 0


def test_ids_differ(x: Connection) -> None:
    assert x.new_id() != x.new_id()


def test_a_missing_extension_is_named(x: Connection) -> None:
    with pytest.raises(Unavailable, match=r"^the X server has no TELEPATHY$"):
        x.require(Extension(b"TELEPATHY"))


def test_a_refused_question_is_said_so_and_the_connection_lives(x: Connection, sync: Extension) -> None:
    with pytest.raises(Unavailable, match=r"^the X server refused a question$"):
        x.ask(sync, QUERY_COUNTER, struct.pack("=I", 0xDEAD))
    assert not x.broken
    assert x.ask(sync, LIST_SYSTEM_COUNTERS, b"")


def test_a_refused_request_arrives_as_an_event(x: Connection, sync: Extension) -> None:
    destroy_counter = 6
    x.send(sync, destroy_counter, struct.pack("=I", 0xDEAD))
    assert wait_until(lambda: list(x.events()), "an error")[0][0] == 0


def test_nobody_at_the_display_is_said_so() -> None:
    with pytest.raises(Unavailable, match=r"^no X server answers at :4321$"):
        Connection(":4321")


def test_a_dead_server_leaves_a_broken_connection_and_a_living_process(
    server: XServer, x: Connection, sync: Extension
) -> None:
    server.kill()
    wait_until(lambda: list(x.events()) or x.broken, "the connection to break")
    with pytest.raises(Unavailable, match=rf"^{DEAD}$"):
        x.ask(sync, LIST_SYSTEM_COUNTERS, b"")


def test_a_server_that_hangs_is_not_waited_for_without_end(
    server: XServer, x: Connection, sync: Extension
) -> None:
    server.process.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    try:
        with pytest.raises(Unavailable, match=r"^the X server does not answer$"):
            x.ask(sync, LIST_SYSTEM_COUNTERS, b"")
    finally:
        server.process.send_signal(signal.SIGCONT)
    assert PATIENCE_S <= time.monotonic() - began < PATIENCE_S + 0.5
    assert x.ask(sync, LIST_SYSTEM_COUNTERS, b""), "the late reply is no answer to the next question"


def test_a_closed_connection_says_so(x: Connection, sync: Extension) -> None:
    x.close()
    x.close()
    assert x.broken
    assert not list(x.events())
    for use in (x.root, x.new_id, lambda: x.require(sync), lambda: x.send(sync, 0, b"")):
        with pytest.raises(Unavailable):
            use()


def test_replies_and_connections_are_given_back(server: XServer, x: Connection, sync: Extension) -> None:
    def resident_kib() -> int:
        gc.collect()
        return int(Path("/proc/self/statm").read_text().split()[1]) * mmap.PAGESIZE // 1024

    def ask_often() -> None:
        for _ in range(5000):
            x.ask(sync, LIST_SYSTEM_COUNTERS, b"")
        for _ in range(20):
            Connection(server.display).close()

    ask_often()
    before, open_files = resident_kib(), len(list(Path("/proc/self/fd").iterdir()))
    ask_often()
    # Unfreed, 5000 replies of some 200 bytes would take a megabyte, and 20 connections half a one.
    assert resident_kib() - before < 512
    assert len(list(Path("/proc/self/fd").iterdir())) == open_files
