"""Lock and sleep as a real bus and python-dbusmock's logind tell them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.support.logind_mock import Logind
from tests.support.private_bus import PrivateBus
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux import logind
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.logind import LogindSession
from tray_agent.ports import News, State
from tray_agent.shell.loop import SelectorLoop

LOCKED, UNLOCKED, SLEEPING, WOKE = News
QUIET_S = 0.1


class Scene:
    """A machine's bus with its logind, and a sensor that listens to it; `news` is all it told."""

    def __init__(self, loop: SelectorLoop, daemon: PrivateBus) -> None:
        self.loop, self.daemon = loop, daemon
        self.logind = Logind(daemon.address)
        self.bus = Bus(loop, daemon.address)
        self.news: list[News] = []

    def listens(self, session_id: str = "c1") -> LogindSession:
        self.sensor = LogindSession(self.loop, self.bus, self.news.append, session_id)
        return self.sensor

    def settles(self, state: State = State.OK) -> None:
        turn_until(self.loop, lambda: self.sensor.health().state is state, f"health {state}")

    def hears(self, *news: News) -> None:
        """Just these since the last time, and nothing after them."""
        turn_until(self.loop, lambda: len(self.news) >= len(news), f"{news}, not {self.news}")
        turn_for(self.loop, QUIET_S)
        assert self.news == list(news)
        self.news.clear()

    def close(self) -> None:
        self.sensor.close()
        self.bus.close()
        self.logind.kill()


@pytest.fixture
def scene(loop: SelectorLoop) -> Iterator[Scene]:
    with PrivateBus() as daemon:
        scene = Scene(loop, daemon)
        scene.logind.start()
        yield scene
        scene.close()


@pytest.fixture
def session(scene: Scene) -> str:
    """The person's session, which the sensor has found unlocked."""
    path = scene.logind.opens("c1")
    scene.listens()
    scene.hears(UNLOCKED)
    return path


def test_the_hint_is_followed(scene: Scene, session: str) -> None:
    scene.logind.hints(session, locked=True)
    scene.hears(LOCKED)
    assert scene.sensor.health().reason == "locked"
    scene.logind.hints(session, locked=False)
    scene.hears(UNLOCKED)
    assert scene.sensor.health().reason == "not locked"


def test_where_both_tell_it_is_told_once(scene: Scene, session: str) -> None:
    for _ in range(2):
        scene.logind.asks_to_lock(session)
        scene.logind.hints(session, locked=True)
        scene.hears(LOCKED)
        scene.logind.asks_to_lock(session, lock=False)
        scene.logind.hints(session, locked=False)
        scene.hears(UNLOCKED)


def test_where_the_hint_is_kept_a_request_alone_is_no_lock(scene: Scene, session: str) -> None:
    scene.logind.hints(session, locked=True)
    scene.logind.hints(session, locked=False)
    scene.hears(LOCKED, UNLOCKED)
    scene.logind.asks_to_lock(session)
    scene.hears()


def test_without_a_hint_requests_are_all_there_is(scene: Scene, session: str) -> None:
    scene.logind.asks_to_lock(session)
    scene.hears(LOCKED)
    scene.logind.asks_to_lock(session, lock=False)
    scene.hears(UNLOCKED)


def test_a_lock_that_was_only_asked_for_ends_with_later_input(
    scene: Scene, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who unlocks i3lock with a password is not announced, and must not stay locked for ever."""
    monkeypatch.setattr(logind, "HANDS_OFF_S", 0.2)
    scene.sensor.input_seen(0.0)
    scene.logind.asks_to_lock(session)
    scene.hears(LOCKED)
    scene.sensor.input_seen(0.3)
    scene.hears()
    turn_for(scene.loop, 0.2)
    scene.sensor.input_seen(0.0)
    scene.hears(UNLOCKED)


def test_a_lock_that_the_hint_confirms_does_not_end_with_input(
    scene: Scene, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logind, "HANDS_OFF_S", 0.0)
    scene.logind.asks_to_lock(session)
    scene.logind.hints(session, locked=True)
    scene.hears(LOCKED)
    scene.sensor.input_seen(0.0)
    scene.hears()


def test_the_locks_of_others_are_their_affair(scene: Scene, session: str) -> None:
    other = scene.logind.opens("c2", uid=os.getuid() + 1)
    scene.logind.asks_to_lock(other)
    scene.logind.hints(other, locked=True)
    scene.hears()
    assert scene.sensor.health().reason == "not locked"


def test_a_session_behind_another_counts_as_locked(scene: Scene, session: str) -> None:
    """Somebody else's session is in front, or a greeter that locks in this way, or a text console."""
    scene.logind.puts_in_front(session, active=False)
    scene.hears(LOCKED)
    assert scene.sensor.health().reason == "another session is in front"
    scene.logind.hints(session, locked=True)
    scene.logind.puts_in_front(session, active=True)
    scene.hears()
    assert scene.sensor.health().reason == "locked"
    scene.logind.hints(session, locked=False)
    scene.hears(UNLOCKED)


def test_a_session_that_is_not_in_front_at_first_counts_as_locked(scene: Scene) -> None:
    path = scene.logind.opens("c1", active=False)
    scene.listens()
    scene.hears(LOCKED)
    scene.logind.puts_in_front(path, active=True)
    scene.hears(UNLOCKED)


def test_a_session_behind_another_needs_no_hint_to_be_believed(scene: Scene, session: str) -> None:
    """That it is in front or not is no word about the hint: requests go on counting."""
    scene.logind.puts_in_front(session, active=False)
    scene.logind.puts_in_front(session, active=True)
    scene.hears(LOCKED, UNLOCKED)
    scene.logind.asks_to_lock(session)
    scene.hears(LOCKED)


def test_what_others_put_in_front_is_their_affair(scene: Scene, session: str) -> None:
    other = scene.logind.opens("c2", uid=os.getuid() + 1)
    scene.logind.puts_in_front(other, active=False)
    scene.hears()


@pytest.mark.parametrize(
    ("remote", "seat", "value"), [(False, True, "local"), (True, True, "remote"), (False, False, "remote")]
)
def test_where_the_person_sits(scene: Scene, remote: bool, seat: bool, value: str) -> None:
    """xrdp and VNC do not say that they are remote, but their sessions are on no seat."""
    scene.logind.opens("c1", remote=remote, seat=seat)
    scene.listens()
    scene.settles()
    assert scene.sensor.health().value == value


def test_a_locker_that_lets_the_person_in_ends_what_was_only_asked_for(scene: Scene, session: str) -> None:
    scene.logind.asks_to_lock(session)
    scene.hears(LOCKED)
    scene.sensor.let_in()
    scene.hears(UNLOCKED)
    scene.logind.hints(session, locked=True)
    scene.hears(LOCKED)
    scene.sensor.let_in()
    scene.hears()


def test_sleep_is_announced_and_its_end(scene: Scene, session: str) -> None:
    scene.logind.prepares_for_sleep(asleep=True)
    scene.hears(SLEEPING)
    scene.logind.prepares_for_sleep(asleep=False)
    scene.hears(WOKE)


def test_a_lock_that_nobody_told_of_shows_on_waking(scene: Scene, session: str) -> None:
    scene.logind.prepares_for_sleep(asleep=True)
    scene.hears(SLEEPING)
    scene.logind.becomes_locked_in_silence(session)
    scene.logind.prepares_for_sleep(asleep=False)
    scene.hears(WOKE, LOCKED)


def test_a_lock_asked_for_before_sleep_outlasts_it_and_ends_with_the_next_input(
    scene: Scene, session: str
) -> None:
    scene.logind.asks_to_lock(session)
    scene.logind.prepares_for_sleep(asleep=True)
    scene.logind.prepares_for_sleep(asleep=False)
    scene.hears(LOCKED, SLEEPING, WOKE)
    scene.sensor.input_seen(0.0)
    scene.hears(UNLOCKED)


def test_a_logind_that_starts_anew_is_asked_anew(scene: Scene, session: str) -> None:
    scene.logind.prepares_for_sleep(asleep=True)
    scene.hears(SLEEPING)
    scene.logind.kill()
    scene.settles(State.LOST)
    assert scene.sensor.health().reason == "logind is not running"
    scene.logind.start()
    scene.hears(WOKE)
    assert scene.sensor.health().state is State.LOST
    again = scene.logind.opens("c1")
    scene.settles()
    scene.logind.hints(again, locked=True)
    scene.hears(LOCKED)


def test_with_the_next_bus_all_is_well_again(scene: Scene, session: str) -> None:
    scene.logind.hints(session, locked=True)
    scene.hears(LOCKED)
    scene.daemon.kill()
    scene.settles(State.LOST)
    assert (scene.sensor.health().reason or "").startswith("no system bus: ")
    scene.logind.kill()
    scene.daemon.start()
    scene.logind.start()
    scene.logind.opens("c1")
    scene.settles()
    scene.hears(UNLOCKED)


def test_the_end_of_the_session_shows_and_the_next_one_is_taken(scene: Scene, session: str) -> None:
    scene.logind.ends("c1", session)
    scene.settles(State.LOST)
    scene.hears()
    later = scene.logind.opens("c7")
    scene.settles()
    scene.logind.hints(later, locked=True)
    scene.hears(LOCKED)


def test_a_lock_ends_with_its_session(scene: Scene, session: str) -> None:
    scene.logind.asks_to_lock(session)
    scene.hears(LOCKED)
    scene.logind.ends("c1", session)
    scene.settles(State.LOST)
    scene.logind.opens("c7")
    scene.hears(UNLOCKED)


def test_a_closed_sensor_is_silent(scene: Scene, session: str) -> None:
    scene.sensor.close()
    scene.sensor.close()
    scene.logind.hints(session, locked=True)
    scene.logind.prepares_for_sleep(asleep=True)
    scene.hears()
