"""Wine has no such state, which is said; on Windows the call keeps the form that is arranged here.

The call is undocumented: its arguments, and 0 none, 1 priority only, 2 alarms only, are what programs that
use it found on Windows 10 and 11.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import POINTER, c_long, c_uint32, c_uint64, c_ulong, c_void_p
from typing import Any

import pytest

from tests.support.turning import turn_until
from tray_agent.core.model import Signal
from tray_agent.platforms.windows.do_not_disturb import do_not_disturb, profile, published_profile
from tray_agent.ports import Health, State, Unavailable
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

REFUSED = -0x3FFFFFDE
Query = ctypes.WINFUNCTYPE(
    c_long, POINTER(c_uint64), c_void_p, c_void_p, POINTER(c_uint32), POINTER(c_uint32), POINTER(c_ulong)
)


def publishes(value: int, *, changes: int = 1, size: int = 4, status: int = 0) -> Callable[..., int]:
    """The system's call, by its table of arguments, where this was published."""

    def query(*asked: Any) -> int:
        name, kind, scope, count, buffer, room = asked
        assert (name[0], kind, scope, room[0]) == (0x0D83063EA3BF1C75, None, None, 4)
        count[0], buffer[0], room[0] = changes, value, size
        return status

    return Query(query)


def test_under_wine_it_is_absent_and_says_why(loop: SelectorLoop) -> None:
    with pytest.raises(Unavailable, match="Wine has no do-not-disturb"):
        do_not_disturb(loop, lambda _on: None)
    with pytest.raises(Unavailable):
        published_profile()


def test_the_profile_is_what_was_published() -> None:
    assert [profile(publishes(value)) for value in (0, 1, 2)] == [0, 1, 2]


def test_what_nobody_has_ever_published_is_off() -> None:
    assert profile(publishes(77, changes=0, size=0)) == 0


def test_a_refusal_or_something_of_another_size_is_no_answer() -> None:
    assert profile(publishes(1, status=REFUSED)) is None
    assert profile(publishes(1, size=2)) is None


def test_a_look_is_answered_and_health_says_it(loop: SelectorLoop) -> None:
    told: list[bool | None] = []
    published: list[int | None] = [0, 1, 2, None, 0, 1]
    sensor = do_not_disturb(loop, told.append, lambda: published.pop(0))
    assert (sensor.name, sensor.signal) == ("do_not_disturb", Signal.DND)
    assert sensor.health() == Health("do_not_disturb", State.OK, "focus_assist")
    seen = []
    for n in range(5):
        sensor.look()
        turn_until(loop, lambda n=n: len(told) == n + 1, "an answer")  # type: ignore[misc]
        seen.append(sensor.health())
    assert told == [False, True, True, None, False]
    assert [health.value for health in seen] == ["off", "on", "on", None, "off"]
    assert seen[3].state is State.LOST
    sensor.look()
    sensor.close()
    loop.step(0)
    assert len(told) == 5
