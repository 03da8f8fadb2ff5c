"""The listener that Windows and macOS share, over a thread that is played."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.fake_loop import FakeLoop
from tray_agent.platforms.once_listener import OnceListener, Round
from tray_agent.ports import Unavailable


class Thread:
    """Hears what it is told to hear."""

    def __init__(self, called: Callable[[Any], object], ended: Callable[[str], object]) -> None:
        self.called, self.ended = called, ended
        self.started = threading.Event()
        self.running = True
        self.reason = "refused by the system"
        self.round: Round | None = None
        self.finished = 0

    def start(self) -> None:
        self.started.set()

    def stop(self) -> None:
        self.running = False

    def is_alive(self) -> bool:
        return self.running

    def listen(self, of: Round | None) -> None:
        self.round = of

    def finish(self, _patience_s: float) -> None:
        self.finished += 1
        self.stop()

    def hears(self, of: Round | None = None) -> None:
        """An input, in the round that it was told of, or one that it still had in hand."""
        if (of := of or self.round) is not None:
            self.called(of)


class Desk:
    """A listener and what it told."""

    def __init__(self, make: Callable[..., Thread] = Thread) -> None:
        self.loop = FakeLoop()
        self.told: list[str] = []
        self.listener: OnceListener[Round, Thread] = OnceListener(
            self.loop, self.told.append, lambda: self.told.append("also"), Round, make
        )
        self.thread = self.listener._ears

    def arm(self, name: str = "input") -> None:
        self.listener.arm(lambda: self.told.append(name))

    def settle(self) -> list[str]:
        self.loop.advance(0)
        return self.told


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_one_arming_tells_of_one_input_and_the_counter_hears_first(desk: Desk) -> None:
    desk.arm()
    desk.thread.hears()
    desk.thread.hears()
    assert desk.settle() == ["also", "input"]


def test_armed_anew_it_tells_the_new_one_alone(desk: Desk) -> None:
    desk.arm("old")
    desk.arm("new")
    desk.thread.hears()
    assert desk.settle() == ["also", "new"]


def test_disarmed_it_tells_nobody_of_what_was_under_way(desk: Desk) -> None:
    desk.arm()
    under_way = desk.thread.round
    desk.listener.disarm()
    assert desk.thread.round is None
    assert under_way is not None
    assert not under_way.waits
    desk.thread.hears(under_way)
    assert desk.settle() == []


def test_a_thread_that_ends_is_told_once_and_let_go(desk: Desk) -> None:
    desk.thread.ended("taken away")
    desk.thread.ended("once more")
    assert desk.settle() == ["taken away"]
    assert desk.thread.finished == 1
    desk.arm()
    assert desk.thread.round is None


def test_closed_it_is_not_lost(desk: Desk) -> None:
    desk.listener.close()
    desk.listener.close()
    desk.thread.ended("gone")
    assert desk.settle() == []
    assert desk.thread.finished == 1


def missing(_called: object, _ended: object) -> Thread:
    raise ImportError("No module named 'pynput'\nand more")


class Refused(Thread):
    def start(self) -> None:
        self.running = False
        super().start()


def test_what_cannot_be_is_said_so() -> None:
    with pytest.raises(Unavailable, match=r"^pynput cannot be imported: No module named 'pynput'$"):
        Desk(missing)
    with pytest.raises(Unavailable, match="refused by the system"):
        Desk(Refused)


def test_a_thread_that_never_starts_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Thread, "start", lambda _self: None)
    with pytest.raises(Unavailable, match="could not start"):
        Desk()
