"""Lock by logind and screen savers together: python-dbusmock's logind, and stand-ins for screen savers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.logind_mock import Logind
from tests.support.private_bus import PrivateBus
from tests.support.screen_savers import ScreenSaver
from tests.support.sensing import heeded
from tests.support.turning import turn_until
from tray_agent.platforms.linux import logind
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.session_news import SessionNews
from tray_agent.ports import Health, News, State
from tray_agent.shell.loop import SelectorLoop

LOCKED, UNLOCKED, SLEEPING, WOKE = News
GNOME = "org.gnome.ScreenSaver"


class Scene:
    """A machine whose one bus is both; `news` is all the sensor told."""

    def __init__(self, loop: SelectorLoop, daemon: PrivateBus) -> None:
        self.loop, self.daemon = loop, daemon
        self.logind = Logind(daemon.address)
        self.logind.start()
        self.session = self.logind.opens("c1")
        self.system, self.bus = Bus(loop, daemon.address), Bus(loop, daemon.address)
        self.news: list[News] = []
        self.sensor = SessionNews(loop, self.system, self.bus, self.news.append, "c1")
        self.hears(UNLOCKED)
        self.saver = ScreenSaver(loop, daemon.address, "gnome")
        self.settles(State.OK, f"logind, {GNOME}", "not locked", "local")

    def settles(self, state: State, source: str, reason: str, value: str | None = None) -> None:
        due = Health("session", state, source, reason, value)
        turn_until(self.loop, lambda: self.sensor.health() == due, f"{due}, not {self.sensor.health()}")

    def hears(self, *news: News) -> None:
        """Just these since the last time, and nothing after them."""
        turn_until(self.loop, lambda: len(self.news) >= len(news), f"{news}, not {self.news}")
        for bus in (self.system, self.bus):
            heeded(self.loop, bus)
        assert self.news == list(news)
        self.news.clear()

    def turns(self, *, active: bool) -> None:
        """The screen saver does, and the sensor has heard of it."""
        self.saver.turns(active=active)
        heeded(self.loop, self.saver.bus)
        heeded(self.loop, self.bus)


@pytest.fixture
def scene(loop: SelectorLoop, daemon: PrivateBus) -> Iterator[Scene]:
    scene = Scene(loop, daemon)
    yield scene
    scene.sensor.close()
    for bus in (scene.system, scene.bus, scene.saver.bus):
        bus.close()
    scene.logind.kill()


def test_a_screen_saver_alone_locks_and_unlocks(scene: Scene) -> None:
    scene.turns(active=True)
    scene.hears(LOCKED)
    assert scene.sensor.health() == Health("session", State.OK, f"logind, {GNOME}", "locked", "local")
    scene.turns(active=False)
    scene.hears(UNLOCKED)


def test_where_both_tell_it_is_told_once_and_ends_with_the_last(scene: Scene) -> None:
    scene.turns(active=True)
    scene.logind.hints(scene.session, locked=True)
    scene.hears(LOCKED)
    scene.turns(active=False)
    scene.hears()
    scene.logind.hints(scene.session, locked=False)
    scene.hears(UNLOCKED)


def test_input_at_the_password_does_not_end_a_lock_that_the_screen_saver_confirms(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logind, "HANDS_OFF_S", 0.0)
    scene.logind.asks_to_lock(scene.session)
    scene.turns(active=True)
    scene.hears(LOCKED)
    scene.sensor.input_seen(0.0)
    scene.hears()
    scene.turns(active=False)
    scene.hears(UNLOCKED)


def test_a_screen_saver_that_lets_the_person_in_ends_what_was_only_asked_for(scene: Scene) -> None:
    scene.logind.asks_to_lock(scene.session)
    scene.turns(active=True)
    scene.hears(LOCKED)
    scene.turns(active=False)
    scene.hears(UNLOCKED)


def test_a_screen_saver_that_just_begins_lets_nobody_in(scene: Scene) -> None:
    scene.logind.asks_to_lock(scene.session)
    scene.hears(LOCKED)
    later = ScreenSaver(scene.loop, scene.daemon.address, "mate")
    turn_until(scene.loop, lambda: "mate" in (scene.sensor.health().source or ""), "it to be heard")
    scene.hears()
    later.leave()


def test_input_ends_what_was_only_asked_for(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logind, "HANDS_OFF_S", 0.0)
    scene.logind.asks_to_lock(scene.session)
    scene.hears(LOCKED)
    scene.sensor.input_seen(0.0)
    scene.hears(UNLOCKED)


def test_sleep_is_passed_on(scene: Scene) -> None:
    scene.logind.prepares_for_sleep(asleep=True)
    scene.logind.prepares_for_sleep(asleep=False)
    scene.hears(SLEEPING, WOKE)


def test_without_logind_the_screen_saver_still_tells(scene: Scene) -> None:
    scene.logind.kill()
    scene.settles(State.DEGRADED, GNOME, "not locked; logind is not running")
    scene.turns(active=True)
    scene.hears(LOCKED)
    scene.settles(State.DEGRADED, GNOME, "locked; logind is not running")


def test_without_a_screen_saver_logind_still_tells(scene: Scene) -> None:
    scene.turns(active=True)
    scene.hears(LOCKED)
    scene.saver.leave()
    scene.hears(UNLOCKED)
    scene.settles(State.OK, "logind", "not locked", "local")


def test_closed_it_is_silent(scene: Scene) -> None:
    scene.sensor.close()
    scene.sensor.close()
    scene.logind.hints(scene.session, locked=True)
    scene.turns(active=True)
    scene.hears()
