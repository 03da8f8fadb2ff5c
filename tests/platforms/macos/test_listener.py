"""The listener on macOS: only where it is wanted, allowed and can hear keys; then once, and never what."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.support.macos import quartz
from tests.support.macos.c_library import provide
from tests.support.macos.iokit import access, carbon
from tests.support.macos.pynput_darwin import pynput_of_macos
from tests.support.macos.quartz import server
from tests.support.turning import turn_for, turn_until
from tests.support.waiting import wait_until
from tray_agent.platforms.macos.listener import KEPT, MacListener
from tray_agent.ports import Listener, Unavailable
from tray_agent.shell.loop import SelectorLoop


@pytest.fixture(scope="module", autouse=True)
def pynput() -> Iterator[None]:
    with pynput_of_macos():
        yield


@pytest.fixture
def keeps(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """A Mac that allows it; the last of these is whether a program keeps the keys to itself."""
    quartz.begin()
    server.may_listen = True
    keeps = [False]
    provide(monkeypatch, Carbon=carbon(keeps), IOKit=access(2))
    yield keeps
    quartz.begin()


@pytest.fixture
def lost() -> list[str]:
    return []


@pytest.fixture
def listener(loop: SelectorLoop, keeps: list[bool], lost: list[str]) -> Iterator[MacListener]:
    listener = MacListener(loop, lost.append, wanted=True)
    yield listener
    listener.close()
    assert server.taps == []


def types() -> None:
    for tap in server.taps:
        tap.sends(quartz.kCGEventKeyDown, object())


def heard(times: list[int]) -> Callable[[], None]:
    return lambda: times.append(1)


def test_it_keeps_the_port(listener: MacListener) -> None:
    kept: Listener = listener
    assert kept.name == "tap"
    assert kept.doubt is None
    assert listener.permission == "Input Monitoring: granted"


def test_nobody_wants_it_by_default(loop: SelectorLoop, keeps: list[bool], lost: list[str]) -> None:
    with pytest.raises(Unavailable, match="switched off"):
        MacListener(loop, lost.append)
    assert server.asked_to_listen == 0
    assert server.taps == []


@pytest.mark.parametrize(("answer", "said", "asked"), [(1, "denied", 0), (2, "not asked", 1)])
def test_without_permission_no_tap_is_tried_and_only_who_never_was_is_asked(  # noqa: PLR0917
    loop: SelectorLoop,
    keeps: list[bool],
    lost: list[str],
    monkeypatch: pytest.MonkeyPatch,
    answer: int,
    said: str,
    asked: int,
) -> None:
    provide(monkeypatch, Carbon=carbon(keeps), IOKit=access(answer))
    server.may_listen = False
    monkeypatch.setattr(quartz, "CGEventTapCreate", None)
    with pytest.raises(Unavailable, match="does not let it hear keys") as refused:
        MacListener(loop, lost.append, wanted=True)
    assert refused.value.permission == f"Input Monitoring: {said}"
    assert server.asked_to_listen == asked


def test_one_arming_hears_one_input(listener: MacListener, loop: SelectorLoop) -> None:
    times: list[int] = []
    types()
    listener.arm(heard(times))
    turn_for(loop, 0.02)
    assert times == []
    types()
    types()
    turn_until(loop, lambda: times, "the input")
    types()
    turn_for(loop, 0.02)
    assert times == [1]


def test_the_counter_hears_of_it_first(loop: SelectorLoop, keeps: list[bool], lost: list[str]) -> None:
    told: list[str] = []
    listener = MacListener(loop, lost.append, wanted=True, also=lambda: told.append("counter"))
    listener.arm(lambda: told.append("watcher"))
    types()
    turn_until(loop, lambda: len(told) == 2, "both")
    assert told == ["counter", "watcher"]
    listener.close()


def test_armed_anew_it_tells_the_new_one_and_disarmed_none(listener: MacListener, loop: SelectorLoop) -> None:
    old: list[int] = []
    new: list[int] = []
    listener.arm(heard(old))
    listener.arm(heard(new))
    types()
    turn_until(loop, lambda: new, "the input")
    listener.arm(heard(new))
    listener.disarm()
    listener.disarm()
    types()
    turn_for(loop, 0.02)
    assert (old, new) == ([], [1])


def test_it_can_be_armed_by_what_it_calls(listener: MacListener, loop: SelectorLoop) -> None:
    times: list[int] = []

    def again() -> None:
        times.append(1)
        listener.arm(again)

    listener.arm(again)
    for n in range(1, 6):
        types()
        turn_until(loop, lambda n=n: len(times) == n, f"input {n}")  # type: ignore[misc]


def test_secure_input_is_a_doubt_and_no_life(
    listener: MacListener, loop: SelectorLoop, keeps: list[bool], lost: list[str]
) -> None:
    assert listener.alive()
    keeps.append(True)
    assert not listener.alive()
    assert listener.doubt == KEPT
    with pytest.raises(Unavailable, match="Secure Input"):
        MacListener(loop, lost.append, wanted=True)
    keeps.append(False)
    assert listener.alive()
    assert listener.doubt is None


def test_a_permission_taken_back_is_no_life(listener: MacListener) -> None:
    server.may_listen = False
    assert not listener.alive()


def test_a_loss_is_told_once(listener: MacListener, loop: SelectorLoop, lost: list[str]) -> None:
    listener.arm(lambda: None)
    server.taps[0].removed()
    turn_until(loop, lambda: lost, "the loss")
    turn_for(loop, 0.02)
    assert lost == ["macOS has taken the event tap away"]
    assert not listener.alive()


def test_closed_it_is_silent_and_not_alive(
    listener: MacListener, loop: SelectorLoop, lost: list[str]
) -> None:
    times: list[int] = []
    listener.arm(heard(times))
    listener.close()
    listener.close()
    listener.arm(heard(times))
    listener.disarm()
    types()
    turn_for(loop, 0.02)
    assert (times, lost) == ([], [])
    assert not listener.alive()
    wait_until(lambda: not listener._ears.is_alive(), "the thread's end")


def test_a_tap_that_macos_refuses_all_the_same_is_said_so(
    loop: SelectorLoop, keeps: list[bool], lost: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = iter([True, False])
    monkeypatch.setattr(
        type(server), "may_listen", property(lambda _self: next(allowed, False), lambda _self, _value: None)
    )
    with pytest.raises(Unavailable, match="makes no event tap"):
        MacListener(loop, lost.append, wanted=True)
    turn_for(loop, 0.02)
    assert lost == []
