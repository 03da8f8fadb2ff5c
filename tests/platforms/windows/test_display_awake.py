"""What the system is asked for.  Wine answers the real call, but never counts what programs asked of it."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator

import pytest

from tests.support.turning import turn_until
from tray_agent.core.model import Signal
from tray_agent.platforms.windows import display_awake as module
from tray_agent.platforms.windows.display_awake import display_awake, execution_state
from tray_agent.ports import Health, State, Unavailable
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

UNTIL_TOLD, SYSTEM, DISPLAY, USER = 0x80000000, 0x1, 0x2, 0x4


@pytest.fixture
def kept_awake() -> Iterator[None]:
    ask = ctypes.WinDLL("kernel32").SetThreadExecutionState
    assert ask(ctypes.c_ulong(UNTIL_TOLD | SYSTEM | DISPLAY))
    yield
    ask(ctypes.c_ulong(UNTIL_TOLD))


def test_the_system_answers() -> None:
    assert execution_state() & ~(SYSTEM | DISPLAY | USER) == 0


@pytest.mark.usefixtures("kept_awake")
def test_wine_does_not_count_what_was_asked() -> None:
    # Once it does, this is where to see the real thing.
    assert not execution_state() & DISPLAY


def test_a_refusal_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SYSTEM_EXECUTION_STATE", 9999)
    with pytest.raises(Unavailable, match="does not say what keeps it awake"):
        execution_state()


def test_only_the_display_counts(loop: SelectorLoop) -> None:
    told: list[bool | None] = []
    states = [USER, SYSTEM | USER, DISPLAY | USER, SYSTEM | DISPLAY, 0]
    sensor = display_awake(loop, told.append, lambda: states.pop(0))
    assert (sensor.name, sensor.signal) == ("display_awake", Signal.MEDIA)
    for n in range(5):
        sensor.look()
        turn_until(loop, lambda n=n: len(told) == n + 1, "an answer")  # type: ignore[misc]
    assert told == [False, False, True, True, False]
    assert sensor.health() == Health("display_awake", State.OK, "execution_state", None, "off")


def test_what_cannot_be_read_is_lost_until_it_can(loop: SelectorLoop) -> None:
    told: list[bool | None] = []
    broken = [True]

    def state() -> int:
        if broken:
            raise Unavailable("no")
        return DISPLAY

    sensor = display_awake(loop, told.append, state)
    sensor.look()
    turn_until(loop, lambda: told, "an answer")
    assert sensor.health() == Health("display_awake", State.LOST, "execution_state", "no")
    broken.clear()
    sensor.look()
    turn_until(loop, lambda: len(told) == 2, "another")
    assert told == [None, True]
    assert sensor.health() == Health("display_awake", State.OK, "execution_state", None, "on")


def test_nothing_is_told_after_the_end(loop: SelectorLoop) -> None:
    told: list[bool | None] = []
    sensor = display_awake(loop, told.append)
    sensor.look()
    sensor.close()
    sensor.close()
    loop.step(0)
    assert told == []
