from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.person import Person
from tests.support.waiting import wait_until
from tests.support.x_clients import free_contexts
from tests.support.xserver import XServer, xserver
from tray_agent.platforms.linux.xcb import DEAD
from tray_agent.platforms.linux.xrecord import Round

IMPORT = "import tray_agent.platforms.linux.pynput_record"


class Secret:
    """An event that must not be touched in any way, least of all read."""

    def __getattribute__(self, name: str) -> Any:
        raise AssertionError(f"somebody looked at .{name} of an input event")

    def __bool__(self) -> bool:
        raise AssertionError("somebody looked at an input event")

    __eq__ = __hash__ = __len__ = __iter__ = __getitem__ = __repr__ = __str__ = __bool__  # type: ignore[assignment]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[XServer]:
    with xserver() as running:
        monkeypatch.setenv("DISPLAY", running.display)
        yield running


class Ear:
    """A listener that runs, and all it said."""

    def __init__(self) -> None:
        # Imported late: pynput asks for the display at once.
        from tray_agent.platforms.linux.pynput_record import BlindListener

        self.calls: list[Round] = []
        self.ended: list[str] = []
        self.listener = BlindListener(self.calls.append, self.ended.append)
        self.listener.start()
        assert self.listener.started.wait(5)

    def begin(self) -> Round:
        of = Round(lambda: None)
        self.listener.begin_round(of)
        wait_until(lambda: of in self.calls, "the round to begin")
        return of


@pytest.fixture
def ear(server: XServer) -> Iterator[Ear]:
    ear = Ear()
    yield ear
    ear.listener.finish(5)


def test_an_event_is_not_looked_at(ear: Ear) -> None:
    of = Round(lambda: None)
    ear.listener._round = of
    ear.listener._handler(Secret())
    assert ear.calls == [of]


def test_it_is_pynputs_listener(ear: Ear) -> None:
    from pynput._util import AbstractListener
    from pynput._util.xorg import ListenerMixin

    assert isinstance(ear.listener, AbstractListener)
    assert isinstance(ear.listener, ListenerMixin)


def test_a_round_hears_keys_buttons_and_motion(ear: Ear, server: XServer) -> None:
    ear.begin()
    with Person(server.display) as person:
        acts: list[Callable[[], object]] = [person.type, person.move, lambda: person.click(5, 5)]
        for act in acts:
            ear.calls.clear()
            act()
            wait_until(lambda: ear.calls, "the input to be heard")


def test_a_round_ends_at_once_though_nobody_touches_anything(ear: Ear) -> None:
    first = ear.begin()
    assert ear.listener.recording(expected=True, patience_s=1)
    ear.listener.end_round()
    wait_until(lambda: not ear.listener._enabled(1), "the server to stop recording", 1)
    second = ear.begin()
    assert ear.calls == [first, first, second], "began, ended, and began: no input"


def test_a_round_that_is_over_before_it_began_is_left_out(ear: Ear) -> None:
    ear.listener.begin_round(Round(lambda: None, over=True))
    wanted = ear.begin()
    assert ear.calls == [wanted]


def test_the_server_is_asked_whether_it_records(ear: Ear) -> None:
    assert ear.listener.recording(expected=False, patience_s=1)
    assert not ear.listener.recording(expected=True, patience_s=0.1)


def test_a_context_that_is_gone_records_nothing(
    ear: Ear, server: XServer, capfd: pytest.CaptureFixture[str]
) -> None:
    free_contexts(server.display, os.getpid())
    assert not ear.listener.recording(expected=False, patience_s=5)
    ear.listener.finish(5)
    assert "protocol error" not in capfd.readouterr().err


@pytest.mark.parametrize("listening", [False, True])
def test_finishing_ends_the_thread_and_both_connections(ear: Ear, listening: bool) -> None:
    if listening:
        ear.begin()
    sockets = [ear.listener._display_stop.display.socket, ear.listener._display_record.display.socket]
    ear.listener.finish(1)
    ear.listener.finish(1)
    assert not ear.listener.is_alive()
    assert [end.fileno() for end in sockets] == [-1, -1]
    with pytest.raises(ConnectionResetError):
        ear.listener.end_round()


@pytest.mark.usefixtures("server")
def test_a_round_that_begins_while_finishing_does_not_keep_the_thread() -> None:
    for _ in range(20):
        ear = Ear()
        ear.listener.begin_round(Round(lambda: None))
        ear.listener.finish(1)
        assert not ear.listener.is_alive()


@pytest.mark.parametrize("listening", [False, True])
def test_a_dead_server_ends_the_thread_without_noise(
    server: XServer, listening: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise: list[object] = []
    monkeypatch.setattr(threading, "excepthook", noise.append)
    ear = Ear()
    if listening:
        ear.begin()
    server.kill()
    if not listening:
        ear.listener.begin_round(Round(lambda: None))
    ear.listener.join(5)
    assert ear.ended == [DEAD]
    assert not noise
    with pytest.raises(ConnectionResetError):
        ear.listener.read_control()


def test_a_fault_in_a_round_is_told(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> None:
        raise ValueError("a fault")

    monkeypatch.setattr(ear.listener._display_record, "record_enable_context", fault, raising=False)
    ear.listener.begin_round(Round(lambda: None))
    wait_until(lambda: ear.ended, "the end")
    assert ear.ended == ["the listener's thread ended with ValueError: a fault"]


def test_without_a_display_the_import_says_why() -> None:
    env = {**os.environ, "DISPLAY": ":4321"}
    told = subprocess.run(
        [sys.executable, "-c", IMPORT], env=env, capture_output=True, text=True, check=False
    )
    assert "ImportError: this platform is not supported: " in told.stderr
