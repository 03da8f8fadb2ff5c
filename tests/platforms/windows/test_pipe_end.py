"""Two ends in one process."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tray_agent.platforms.windows import pipe
from tray_agent.platforms.windows.agent_names import name
from tray_agent.platforms.windows.pipe_end import PipeEnd, Signal, wait

SIZE = 64 * 1024


@pytest.fixture
def stop() -> Iterator[Signal]:
    made = Signal()
    yield made
    made.close()


@pytest.fixture
def ends(stop: Signal, tmp_path: Path) -> Iterator[tuple[PipeEnd, PipeEnd]]:
    whole = name(tmp_path / "runtime" / "agent.sock")
    server = PipeEnd(pipe.instance(whole, first=True), stop)
    client = PipeEnd(pipe._opened(whole, time.monotonic() + 5))
    assert server.connected()
    yield server, client
    server.close()
    client.close()
    client.close()


def test_what_is_written_is_read(ends: tuple[PipeEnd, PipeEnd]) -> None:
    server, client = ends
    client.write(b"question", 1)
    assert server.read(1) == b"question"
    server.write(b"answer", 1)
    assert client.read(1) == b"answer"


def test_nothing_comes_in_time(ends: tuple[PipeEnd, PipeEnd]) -> None:
    server, client = ends
    with pytest.raises(TimeoutError):
        server.read(0.1)
    client.write(b"late", 1)
    assert server.read(1) == b"late"


def test_nobody_reads_in_time(ends: tuple[PipeEnd, PipeEnd]) -> None:
    _server, client = ends
    with pytest.raises(TimeoutError):
        client.write(b"x" * 64 * SIZE, 0.1)


def test_what_was_written_before_hanging_up_is_read(ends: tuple[PipeEnd, PipeEnd]) -> None:
    server, client = ends
    server.write(b"x" * 1000, 1)
    server.close()
    assert client.read(1) == b"x" * 1000
    assert client.read(1) == b""
    with pytest.raises(OSError):
        client.write(b"more", 1)


def test_turned_away_is_hung_up(ends: tuple[PipeEnd, PipeEnd]) -> None:
    server, client = ends
    server.disconnect()
    assert client.read(1) == b""


def test_a_signal_ends_waiting(ends: tuple[PipeEnd, PipeEnd], stop: Signal) -> None:
    server, _client = ends
    threading.Timer(0.1, stop.give).start()
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        server.read(10)
    assert time.monotonic() - began < 5
    server.disconnect()
    assert not server.connected()


def test_the_first_of_several_signals_is_told(stop: Signal) -> None:
    other = Signal()
    assert wait(0, stop.handle, other.handle) is None
    other.give()
    assert wait(0, stop.handle, other.handle) == 1
    stop.give()
    assert wait(None, stop.handle, other.handle) == 0
    other.close()
