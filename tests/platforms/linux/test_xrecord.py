from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.next_descriptor import taken
from tests.support.person import Person
from tests.support.turning import turn_for, turn_until
from tests.support.waiting import wait_until
from tests.support.x_clients import cut_off, free_contexts
from tests.support.xserver import XServer, xserver
from tray_agent.platforms.linux.xcb import DEAD
from tray_agent.platforms.linux.xrecord import ENDED, PynputListener
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop

STORM = """
import sys, time
from tests.support.person import Person
with Person(sys.argv[1]) as person:
    began, sent = time.monotonic(), 0
    print("begun", flush=True)
    while time.monotonic() < began + float(sys.argv[2]):
        person.move()
        sent += 1
        time.sleep(max(0.0, began + sent / 1000 - time.monotonic()))
    print(sent)
"""


def nobody(_reason: str) -> None:
    pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[XServer]:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
    with xserver() as running:
        monkeypatch.setenv("DISPLAY", running.display)
        yield running


@pytest.fixture
def lost() -> list[str]:
    return []


@pytest.fixture
def listener(
    loop: SelectorLoop,
    server: XServer,
    lost: list[str],
) -> Iterator[PynputListener]:
    with closing(PynputListener(loop, lost.append)) as listener:
        yield listener


@pytest.fixture
def person(server: XServer) -> Iterator[Person]:
    with Person(server.display) as person:
        yield person


def test_arming_again_at_once_hears_no_input_that_was_not(
    loop: SelectorLoop, listener: PynputListener, person: Person
) -> None:
    heard: list[int] = []
    for n in range(200):
        listener.arm(lambda n=n: heard.append(n))  # type: ignore[misc]
        if n % 3:
            loop.step(0.002)
        listener.disarm()
    listener.arm(lambda: heard.append(-1))
    assert listener.alive()
    turn_for(loop, 0.1)
    assert heard == []
    person.move()
    turn_until(loop, lambda: heard, "the input")
    assert heard == [-1]


def test_a_storm_costs_nothing_while_disarmed(
    loop: SelectorLoop, server: XServer, listener: PynputListener
) -> None:
    heard: list[bool] = []
    listener.arm(lambda: heard.append(True))
    command = [sys.executable, "-c", STORM, server.display, "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as storm:
        assert storm.stdout is not None
        assert storm.stdout.readline() == "begun\n"
        turn_until(loop, lambda: heard, "the first gust")
        turn_for(loop, 0.1)
        cpu_before, before = time.process_time(), time.monotonic()
        loop.step(1.0)
        cpu, real = time.process_time() - cpu_before, time.monotonic() - before
        sent = int(storm.stdout.read())
    assert sent > 500
    assert real >= 0.99, "nothing woke the loop"
    assert cpu < 0.01
    assert len(heard) == 1


def test_a_round_wakes_the_loop_for_input_alone(
    loop: SelectorLoop, listener: PynputListener, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted: list[Callable[[], object]] = []
    post = loop.call_soon

    def counted(call: Callable[[], object]) -> None:
        posted.append(call)
        post(call)

    monkeypatch.setattr(loop, "call_soon", counted)
    heard: list[bool] = []
    listener.arm(lambda: heard.append(True))
    turn_for(loop, 0.1)
    person.move()
    turn_until(loop, lambda: heard, "the input")
    turn_for(loop, 0.1)
    assert listener.alive()
    assert len(posted) == 1


@pytest.mark.usefixtures("server")
def test_making_and_closing_listeners_leaves_nothing(loop: SelectorLoop) -> None:
    def remains() -> tuple[int, int]:
        gc.collect()
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    PynputListener(loop, nobody).close()
    before = remains()
    for n in range(12):
        listener = PynputListener(loop, nobody)
        if n % 2:
            listener.arm(lambda: None)
        if n % 4 == 3:
            assert listener.alive()
        listener.close()
    assert remains() == before


@pytest.mark.parametrize("armed", [False, True])
def test_a_server_that_dies_is_reported_once(
    loop: SelectorLoop, server: XServer, listener: PynputListener, lost: list[str], armed: bool
) -> None:
    if armed:
        listener.arm(lambda: None)
    assert listener.alive()
    server.kill()
    turn_until(loop, lambda: lost, "the loss")
    turn_for(loop, 0.1)
    assert lost == [DEAD]
    assert not listener.alive()
    listener.arm(lambda: None)
    listener.disarm()


def test_whoever_gets_its_descriptor_before_the_loss_is_told_is_heard(
    loop: SelectorLoop, server: XServer, listener: PynputListener, lost: list[str]
) -> None:
    """The thread hangs up as soon as the server is gone, and the loop learns of that later."""
    listener.arm(lambda: None)
    assert listener.alive()
    fd = listener._listener._display_stop.fileno()
    server.kill()
    wait_until(lambda: not Path(f"/proc/self/fd/{fd}").exists(), "the thread to hang up")
    with taken(loop, fd) as hears:
        turn_until(loop, lambda: lost, "the loss")
        assert hears()


def test_a_dead_thread_is_reported(loop: SelectorLoop, listener: PynputListener, lost: list[str]) -> None:
    listener._listener.stop()
    turn_until(loop, lambda: lost, "the loss")
    assert not listener.alive()


def test_an_armed_listener_whose_context_is_not_enabled_is_not_alive(
    loop: SelectorLoop, listener: PynputListener
) -> None:
    listener.arm(lambda: None)
    assert listener.alive()
    listener._listener.end_round()
    turn_until(loop, lambda: not listener.alive(), "the server to say so")


@pytest.mark.parametrize("armed", [True, False])
def test_a_context_that_others_freed_is_a_dead_listener_and_no_input(
    loop: SelectorLoop, server: XServer, listener: PynputListener, lost: list[str], armed: bool
) -> None:
    heard: list[int] = []
    if armed:
        listener.arm(lambda: heard.append(1))
        turn_until(loop, lambda: listener._round is not None and listener._round.begun, "the round to begin")
    free_contexts(server.display, os.getpid())
    if armed:
        turn_until(loop, lambda: lost, "the loss")
        assert lost == [ENDED]
    asked = time.monotonic()
    assert not listener.alive()
    assert time.monotonic() - asked < 0.5, "it was refused an answer, not kept waiting for one"
    turn_for(loop, 0.1)
    assert not heard


def test_connections_that_were_cut_off_are_a_loss(
    loop: SelectorLoop, server: XServer, listener: PynputListener, lost: list[str]
) -> None:
    turn_for(loop, 0.05)
    assert cut_off(server.display, os.getpid())
    assert not listener.alive(), "asked, it says so"
    listener.arm(lambda: None)
    turn_until(loop, lambda: lost, "the loss, as soon as it matters")
    assert lost == [DEAD]


def test_a_server_that_hangs_is_no_reason_to_give_the_listener_up(
    loop: SelectorLoop, server: XServer, listener: PynputListener
) -> None:
    listener.arm(lambda: None)
    server.process.send_signal(signal.SIGSTOP)
    try:
        assert listener.alive()
    finally:
        server.process.send_signal(signal.SIGCONT)
    turn_for(loop, 0.1)
    assert listener.alive()


def test_no_display_is_said_so(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
    with pytest.raises(Unavailable, match=r"^DISPLAY is not set$"):
        PynputListener(loop, nobody)


@pytest.mark.usefixtures("server")
def test_wayland_is_said_so(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(Unavailable, match=r"^XWayland sees only its own windows$"):
        PynputListener(loop, nobody)


def test_a_server_without_record_is_said_so(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
    with xserver("-extension", "RECORD") as server:
        monkeypatch.setenv("DISPLAY", server.display)
        with pytest.raises(Unavailable, match=r"^the X server has no RECORD$"):
            PynputListener(loop, nobody)


@pytest.mark.usefixtures("server")
def test_missing_pynput_is_said_so(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tray_agent.platforms.linux.pynput_record", None)
    with pytest.raises(Unavailable, match=r"^pynput cannot be imported: "):
        PynputListener(loop, nobody)
