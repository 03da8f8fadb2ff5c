"""The session sensor by the messages Windows sends.

Wine takes the registration but locks, sleeps and disconnects nothing, and does not say how the session is:
the messages are sent by hand to the real window, and what Windows would answer is given by hand.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.taskbar import post, send
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.windows import session
from tray_agent.platforms.windows.clocks import (
    PBT_APMRESUMEAUTOMATIC,
    PBT_APMRESUMESUSPEND,
    WM_POWERBROADCAST,
)
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.platforms.windows.session import (
    CONSOLE_CONNECT,
    CONSOLE_DISCONNECT,
    LOCK,
    PBT_APMSUSPEND,
    REMOTE_CONNECT,
    REMOTE_DISCONNECT,
    UNLOCK,
    WM_WTSSESSION_CHANGE,
    Seen,
    WtsSession,
    ask,
)
from tray_agent.ports import News, State
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

LOGON, REMOTE_CONTROL, PBT_APMPOWERSTATUSCHANGE = 5, 9, 0x0A
RPC_S_INVALID_BINDING = 1702


class Machine:
    """A sensor, what it told, and what Windows answers when it is asked."""

    def __init__(self, loop: SelectorLoop, window: MessageWindow, seen: Seen | None) -> None:
        self.loop, self.hwnd = loop, window.hwnd
        self.seen = seen
        self.asked = 0
        self.news: list[News] = []
        self.sensor = WtsSession(loop, window, self.news.append, self._ask)

    def says(self, *changes: int, message: int = WM_WTSSESSION_CHANGE) -> None:
        for what in changes:
            send(self.hwnd, message, what, 1)
        turn_for(self.loop, 0.05)

    def power(self, *events: int) -> None:
        self.says(*events, message=WM_POWERBROADCAST)

    def told(self) -> list[News]:
        turn_for(self.loop, 0.05)
        told = self.news.copy()
        self.news.clear()
        return told

    def _ask(self) -> Seen | None:
        self.asked += 1
        return self.seen


Make = Callable[[Seen | None], Machine]


@pytest.fixture
def make(loop: SelectorLoop, window: MessageWindow) -> Iterator[Make]:
    made: list[Machine] = []

    def make(seen: Seen | None) -> Machine:
        made.append(Machine(loop, window, seen))
        return made[-1]

    yield make
    for machine in made:
        machine.sensor.close()


@pytest.fixture
def machine(make: Make) -> Machine:
    machine = make(Seen(locked=False, connected=True))
    assert machine.told() == [News.UNLOCKED]
    return machine


def test_a_lock_and_its_end(machine: Machine) -> None:
    machine.says(LOCK)
    assert machine.told() == [News.LOCKED]
    assert machine.sensor.health().reason == "locked"
    machine.says(LOCK, UNLOCK, UNLOCK)
    assert machine.told() == [News.UNLOCKED]
    assert machine.sensor.health().reason == "not locked"


@pytest.mark.parametrize("locked", [True, False])
def test_how_it_is_at_the_beginning(make: Make, locked: bool) -> None:
    machine = make(Seen(locked, connected=True))
    assert machine.news == [], "callbacks come from the loop, never from inside the call"
    assert machine.told() == [News.LOCKED if locked else News.UNLOCKED]


def test_where_windows_does_not_say_nothing_is_told_before_something_happens(make: Make) -> None:
    machine = make(None)
    assert machine.told() == []
    assert machine.sensor.health().reason == "not known to be locked"
    machine.says(LOCK)
    assert machine.told() == [News.LOCKED]
    machine.says(UNLOCK)
    assert machine.told() == [News.UNLOCKED]


def test_a_person_at_work_has_no_locked_session(make: Make) -> None:
    machine = make(None)
    machine.told()
    machine.sensor.input_seen(0.0)
    assert machine.told() == [News.UNLOCKED]


@pytest.mark.parametrize(
    ("leaves", "returns"), [(CONSOLE_DISCONNECT, CONSOLE_CONNECT), (REMOTE_DISCONNECT, REMOTE_CONNECT)]
)
def test_another_in_front_is_a_lock(machine: Machine, leaves: int, returns: int) -> None:
    machine.says(leaves)
    assert machine.told() == [News.LOCKED]
    assert machine.sensor.health().reason == "another session is in front"
    machine.says(LOCK, returns)
    assert machine.told() == [], "it is back, and locked"
    machine.says(UNLOCK)
    assert machine.told() == [News.UNLOCKED]


def test_from_the_desk_to_afar_is_no_news_in_the_end(machine: Machine) -> None:
    machine.says(CONSOLE_DISCONNECT, REMOTE_CONNECT)
    assert machine.told() == [News.LOCKED, News.UNLOCKED]


def test_what_else_happens_to_sessions_is_no_news(machine: Machine) -> None:
    machine.says(LOGON, REMOTE_CONTROL)
    machine.power(PBT_APMPOWERSTATUSCHANGE)
    assert machine.told() == []


def test_sleep_is_told_once_and_so_is_its_end(machine: Machine) -> None:
    machine.power(PBT_APMSUSPEND, PBT_APMSUSPEND)
    assert machine.told() == [News.SLEEPING]
    machine.power(PBT_APMRESUMEAUTOMATIC, PBT_APMRESUMESUSPEND)
    assert machine.told() == [News.WOKE]


def test_a_lock_that_came_with_sleep_is_found_on_return(machine: Machine) -> None:
    machine.power(PBT_APMSUSPEND)
    machine.seen = Seen(locked=True, connected=True)
    machine.power(PBT_APMRESUMEAUTOMATIC)
    assert machine.told() == [News.SLEEPING, News.WOKE, News.LOCKED]


def test_input_ends_a_lock_that_is_over(machine: Machine) -> None:
    machine.says(LOCK)
    machine.seen = Seen(locked=True, connected=True)
    machine.sensor.input_seen(0.0)
    assert machine.told() == [News.LOCKED], "somebody types a password"
    machine.seen = Seen(locked=False, connected=True)
    machine.sensor.input_seen(0.0)
    assert machine.told() == [News.UNLOCKED]


def test_input_costs_no_question_while_nothing_is_locked(machine: Machine) -> None:
    asked = machine.asked
    machine.sensor.input_seen(0.0)
    assert machine.asked == asked


def test_an_answer_that_leaves_the_lock_open_changes_nothing(machine: Machine) -> None:
    machine.says(LOCK)
    machine.seen = Seen(locked=None, connected=True)
    machine.sensor.input_seen(0.0)
    assert machine.told() == [News.LOCKED]


def test_messages_that_wait_in_the_queue_arrive_in_order(machine: Machine) -> None:
    for what in (LOCK, UNLOCK, LOCK):
        post(machine.hwnd, WM_WTSSESSION_CHANGE, what, 1)
    turn_until(machine.loop, lambda: len(machine.news) == 3, "the news")
    assert machine.told() == [News.LOCKED, News.UNLOCKED, News.LOCKED]


def test_health_says_where_the_person_sits(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    health = machine.sensor.health()
    assert (health.name, health.source, health.state) == ("session", "wts", State.OK)
    assert health.value == "local"

    class Afar:
        def GetSystemMetrics(self, index: int) -> int:  # noqa: N802
            return int(index == 0x1000)

        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

    real = session._user32
    monkeypatch.setattr(session, "_user32", Afar())
    assert machine.sensor.health().value == "remote"


def test_a_service_that_is_not_there_yet_is_asked_again(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    class Late:
        refusals = 2

        def WTSRegisterSessionNotification(self, *of: object) -> int:  # noqa: N802
            self.refusals -= 1
            ctypes.set_last_error(RPC_S_INVALID_BINDING)
            return 0 if self.refusals >= 0 else int(real.WTSRegisterSessionNotification(*of))

        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

    real = session._wtsapi32
    monkeypatch.setattr(session, "_wtsapi32", Late())
    monkeypatch.setattr(session, "REGISTER_AGAIN_AFTER_S", (0.3, 0.05))
    machine = make(Seen(locked=False, connected=True))
    health = machine.sensor.health()
    assert health.state is State.DEGRADED
    assert (health.reason or "").startswith("Windows does not tell of the lock: ")
    turn_until(machine.loop, lambda: machine.news, "how it is at the beginning")
    machine.seen = Seen(locked=True, connected=True)
    turn_until(machine.loop, lambda: machine.sensor.health().state is State.OK, "the service")
    assert machine.told() == [News.UNLOCKED, News.LOCKED], "what it did not tell meanwhile is found out"


def test_what_was_asked_for_is_given_back(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    given_back: list[str] = []

    class Counting:
        def __init__(self, real: Any) -> None:
            self._real = real

        def __getattr__(self, name: str) -> Any:
            if name.lower().startswith(("wtsunregister", "unregister")):
                given_back.append(name)
            return getattr(self._real, name)

    monkeypatch.setattr(session, "_wtsapi32", Counting(session._wtsapi32))
    monkeypatch.setattr(session, "_user32", Counting(session._user32))
    machine = make(None)
    machine.sensor.close()
    machine.sensor.close()
    assert given_back == ["WTSUnRegisterSessionNotification", "UnregisterSuspendResumeNotification"]
    machine.says(LOCK)
    machine.power(PBT_APMSUSPEND)
    assert machine.told() == []


def test_news_on_their_way_when_it_is_closed_are_not_told(machine: Machine) -> None:
    send(machine.hwnd, WM_WTSSESSION_CHANGE, LOCK, 1)
    send(machine.hwnd, WM_POWERBROADCAST, PBT_APMSUSPEND, 0)
    machine.sensor.close()
    assert machine.told() == []


@pytest.mark.parametrize(
    ("flags", "state", "seen"),
    [
        (0, 0, Seen(locked=True, connected=True)),
        (1, 0, Seen(locked=False, connected=True)),
        (-1, 0, Seen(locked=None, connected=True)),
        (0, 4, Seen(locked=True, connected=False)),
    ],
)
def test_the_answer_is_read_as_windows_lays_it_out(
    monkeypatch: pytest.MonkeyPatch, flags: int, state: int, seen: Seen
) -> None:
    freed: list[object] = []
    answer = session._InfoEx(level=1, session=3, state=state, flags=flags)

    class Answering:
        size = ctypes.sizeof(session._InfoEx) + 200

        def WTSQuerySessionInformationW(  # noqa: N802
            self, _server: None, _session: int, kind: int, info: Any, size: Any
        ) -> int:
            assert kind == 25
            info._obj.contents = answer
            size._obj.value = self.size
            return 1

        def WTSFreeMemory(self, info: object) -> None:  # noqa: N802
            freed.append(info)

    monkeypatch.setattr(session, "_wtsapi32", Answering())
    assert ask() == seen
    answer.level = 2
    assert ask() is None
    assert len(freed) == 2
