"""pynput's own code for macOS over a window server that is played: one blind tap, on only while armed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from tests.support.macos import quartz
from tests.support.macos.pynput_darwin import pynput_of_macos
from tests.support.macos.quartz import server
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from tray_agent.platforms.macos.pynput_tap import BlindTap


class Unseen:
    """An event that must not be looked at."""

    def __getattribute__(self, name: str) -> NoReturn:
        raise AssertionError(f"{name} was read")


@dataclass
class Round:
    waits: bool = True


@dataclass
class Heard:
    tap: BlindTap | None = None
    rounds: list[Any] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)

    def started(self) -> BlindTap:
        from tray_agent.platforms.macos.pynput_tap import BlindTap

        self.tap = BlindTap(self.rounds.append, self.ends.append)
        self.tap.start()
        assert self.tap.started.wait(5)
        return self.tap


@pytest.fixture(scope="module", autouse=True)
def pynput() -> Iterator[None]:
    with pynput_of_macos():
        yield


@pytest.fixture
def heard() -> Iterator[Heard]:
    quartz.begin()
    server.may_listen = True
    heard = Heard()
    yield heard
    if heard.tap is not None:
        heard.tap.finish(5)
        assert not heard.tap.is_alive()
    quartz.begin()


def sends(kind: int = quartz.kCGEventKeyDown) -> None:
    server.taps[0].sends(kind, Unseen())


def settled() -> None:
    """Everything that was sent has been handled by the tap's thread."""
    done = threading.Event()
    loop = server.taps[0].loop
    assert loop is not None
    loop.post(done.set)
    assert done.wait(5)


def test_it_hears_keys_and_mouse_but_no_releases(heard: Heard) -> None:
    heard.started()
    mask = server.taps[0].mask
    assert mask >> quartz.kCGEventKeyDown & 1
    assert mask >> quartz.kCGEventFlagsChanged & 1
    assert mask >> quartz.kCGEventMouseMoved & 1
    assert mask >> quartz.kCGEventScrollWheel & 1
    assert not mask >> 11 & 1, "a key that is let go may have been pressed before a password"


def test_unarmed_the_tap_is_off(heard: Heard) -> None:
    tap = heard.started()
    assert not server.taps[0].enabled
    sends()
    settled()
    of = Round()
    tap.listen(of)
    assert server.taps[0].enabled
    tap.listen(None)
    assert not server.taps[0].enabled
    assert heard.rounds == []


@pytest.mark.parametrize(
    "kind",
    [
        quartz.kCGEventKeyDown,
        quartz.kCGEventFlagsChanged,
        quartz.kCGEventMouseMoved,
        quartz.kCGEventScrollWheel,
    ],
)
def test_a_round_hears_one_event_which_nobody_looks_at(heard: Heard, kind: int) -> None:
    tap = heard.started()
    of = Round()
    tap.listen(of)
    for _ in range(3):
        sends(kind)
    settled()
    assert heard.rounds == [of]
    assert not of.waits
    assert not server.taps[0].enabled, "then it costs nothing"
    assert heard.ends == []


def test_injected_input_counts(heard: Heard) -> None:
    """Who sent an event is not asked, which the stand-in would refuse."""
    tap = heard.started()
    tap.listen(Round())
    sends()
    settled()
    assert len(heard.rounds) == 1


@pytest.mark.parametrize("why", [quartz.kCGEventTapDisabledByTimeout, quartz.kCGEventTapDisabledByUserInput])
def test_a_tap_that_the_system_turned_off_is_turned_on_again(heard: Heard, why: int) -> None:
    tap = heard.started()
    of = Round()
    tap.listen(of)
    sends(why)
    settled()
    assert heard.rounds == [], "that is no input"
    assert server.taps[0].enabled
    sends()
    settled()
    assert heard.rounds == [of]


def test_one_that_is_turned_off_while_nobody_waits_stays_off(heard: Heard) -> None:
    heard.started()
    sends(quartz.kCGEventTapDisabledByTimeout)
    settled()
    assert not server.taps[0].enabled


def test_idle_it_never_wakes(heard: Heard) -> None:
    heard.started()
    loop = server.taps[0].loop
    assert loop is not None
    wait_until(lambda: loop.rounds == 1, "the first round")
    settled()
    settled()
    assert loop.rounds == 1
    assert loop.patience_s >= 3600


def test_its_end_is_told_once_and_lets_the_tap_go(heard: Heard) -> None:
    tap = heard.started()
    tap.finish(5)
    tap.finish(5)
    assert not tap.is_alive()
    assert len(heard.ends) == 1
    assert server.taps == []


def test_a_tap_that_is_taken_away_ends_it(heard: Heard) -> None:
    tap = heard.started()
    server.taps[0].removed()
    wait_until(lambda: heard.ends, "the end")
    assert heard.ends == ["macOS has taken the event tap away"]
    wait_until(lambda: not tap.is_alive(), "the thread's end")
    assert not tap.running, "which pynput itself would not say"
    tap.listen(Round())


def test_without_permission_there_is_no_tap(heard: Heard) -> None:
    server.may_listen = False
    tap = heard.started()
    wait_until(lambda: not tap.is_alive(), "the thread's end")
    assert not tap.running
    assert heard.ends == ["macOS makes no event tap for this program"]


def test_a_fault_in_the_thread_is_its_end_and_no_hang(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    faults: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda fault: faults.append(fault.exc_value))
    monkeypatch.setattr(sys.modules["pynput._util.darwin"], "CGEventTapCreate", None)
    tap = heard.started()
    wait_until(lambda: faults, "the fault")
    assert not tap.running
    assert heard.ends == [tap.reason]
    assert "TypeError" in tap.reason


def test_a_stop_that_comes_before_the_run_loop_runs_is_repeated(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    tap = heard.started()
    stop: Callable[[], object] = tap._stop_platform
    lost: list[int] = []
    monkeypatch.setattr(tap, "_stop_platform", lambda: stop() if lost else lost.append(1))
    tap.finish(5)
    assert not tap.is_alive()
