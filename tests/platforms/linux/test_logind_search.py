"""Which of a machine's sessions is ours: python-dbusmock's logind has all kinds of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from jeepney import Message

from tests.support.logind_mock import Logind
from tests.support.private_bus import PrivateBus
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux import logind_search
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.logind_search import LOGIND, MANAGER, SessionSearch
from tray_agent.shell.loop import SelectorLoop

NONE = "logind knows no session on a display"


class Seeker:
    """Takes down what searches on a bus come to: a session's path, or why there is none."""

    def __init__(self, loop: SelectorLoop, address: str) -> None:
        self.loop = loop
        self.bus = Bus(loop, address)
        self.came_to: list[str] = []
        turn_until(loop, lambda: self.bus.connected, "the connection")

    def search(self, session_id: str = "") -> SessionSearch:
        def found(path: str, properties: dict[str, Any]) -> None:
            assert "LockedHint" in properties
            self.came_to.append(path)

        return SessionSearch(self.loop, self.bus, session_id, found, self.came_to.append)

    def finds(self, session_id: str = "") -> str:
        """What one search comes to."""
        self.search(session_id).begin()
        turn_until(self.loop, lambda: self.came_to, "an end of the search")
        return self.came_to.pop()


@pytest.fixture
def logind(daemon: PrivateBus) -> Iterator[Logind]:
    with Logind(daemon.address) as logind:
        yield logind


@pytest.fixture
def seeker(loop: SelectorLoop, daemon: PrivateBus) -> Iterator[Seeker]:
    seeker = Seeker(loop, daemon.address)
    yield seeker
    seeker.bus.close()


def test_the_session_of_the_environment_comes_before_the_one_on_the_display(
    logind: Logind, seeker: Seeker
) -> None:
    first = logind.opens("c1", display=False)
    on_display = logind.opens("c2")
    assert seeker.finds("c1") == first
    assert seeker.finds("") == on_display


@pytest.mark.parametrize(
    ("uid", "kind"), [(os.getuid() + 1, "user"), (os.getuid(), "manager"), (os.getuid(), "background")]
)
def test_an_id_that_is_not_the_persons_is_not_believed(
    logind: Logind, seeker: Seeker, uid: int, kind: str
) -> None:
    """What systemd starts for the person may carry the id of something else."""
    logind.opens("c1", uid=uid, kind=kind, display=False)
    on_display = logind.opens("c2")
    assert seeker.finds("c1") == on_display


def test_an_id_of_a_session_that_is_over(logind: Logind, seeker: Seeker) -> None:
    on_display = logind.opens("c2")
    assert seeker.finds("c1") == on_display


def test_nobody_on_a_display(logind: Logind, seeker: Seeker) -> None:
    assert seeker.finds("") == NONE
    logind.opens("c1", display=False)
    assert seeker.finds("") == NONE


def test_the_session_that_was_found_is_asked_again_and_another_looked_for_once_it_is_gone(
    logind: Logind, seeker: Seeker
) -> None:
    path = logind.opens("c1")
    search = seeker.search()
    search.look_again(path)
    turn_until(seeker.loop, lambda: seeker.came_to == [path], "the same session")
    logind.ends("c1", path)
    later = logind.opens("c2")
    search.look_again(path)
    turn_until(seeker.loop, lambda: seeker.came_to[1:] == [later], "the other session")


def test_a_search_that_was_stopped_comes_to_nothing(logind: Logind, seeker: Seeker) -> None:
    logind.opens("c1")
    search = seeker.search()
    search.begin()
    search.stop()
    turn_for(seeker.loop, 0.2)
    assert seeker.came_to == []


def test_a_logind_too_busy_to_answer_is_asked_again(
    loop: SelectorLoop, daemon: PrivateBus, seeker: Seeker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logind_search, "RETRY_S", 0.05)
    monkeypatch.setattr(seeker.bus, "call", _impatient(seeker.bus))
    busy = Bus(loop, daemon.address)
    busy.request_name(LOGIND)
    busy.serve(MANAGER.object_path, lambda _call: None)
    owners: list[str | None] = []
    seeker.bus.watch_name(LOGIND, owners.append)
    turn_until(loop, lambda: owners and owners[-1], "the busy logind")
    assert seeker.finds("c1") == "logind does not answer"
    busy.close()
    with Logind(daemon.address) as logind:
        path = logind.opens("c1")
        turn_until(loop, lambda: seeker.came_to and seeker.came_to[-1] == path, "the session")


def _impatient(bus: Bus) -> Any:
    """The bus's `call`, which waits a twentieth of a second and no longer."""
    call = bus.call

    def quick(message: Message, reply: Any = None, failed: Any = None, signature: str | None = None) -> None:
        call(message, reply, failed, 0.05, signature)

    return quick
