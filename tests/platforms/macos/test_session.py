"""Lock, sleep and who sits where, told by notifications and checked against the session's dictionary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import AppKit
import pytest
from AppKit import NSWorkspace
from Foundation import NSDistributedNotificationCenter

from tests.support.fake_loop import FakeLoop
from tests.support.macos import quartz
from tests.support.macos.played_main import main
from tests.support.macos.quartz import server
from tray_agent.platforms.macos.session import IS_LOCKED, LOCKED, UNLOCKED, MacSession, Seen, ask
from tray_agent.ports import Health, News, State

ON_CONSOLE = quartz.kCGSessionOnConsoleKey


class Mac:
    """A session, and what it told; `hears` lets its loop take what the main thread heard."""

    def __init__(self) -> None:
        self.loop = FakeLoop()
        self.news: list[News] = []
        self.session = MacSession(self.loop, self.news.append)
        self.hears()

    def hears(self) -> None:
        main.settle()
        self.loop.settle()

    def broadcasts(self, name: str) -> None:
        NSDistributedNotificationCenter.defaultCenter().postNotificationName_object_(name, None)
        self.hears()

    def notifies(self, name: str) -> None:
        main.ask(
            lambda: (
                NSWorkspace.sharedWorkspace()
                .notificationCenter()
                .postNotificationName_object_(getattr(AppKit, f"NSWorkspace{name}Notification"), None)
            )
        )
        self.hears()

    def locks(self) -> None:
        server.session = {ON_CONSOLE: True, IS_LOCKED: True}

    def unlocks(self) -> None:
        server.session = {ON_CONSOLE: True}


@pytest.fixture(autouse=True)
def window_server() -> Iterator[None]:
    quartz.begin()
    yield
    quartz.begin()


@pytest.fixture
def mac() -> Iterator[Mac]:
    mac = Mac()
    yield mac
    mac.session.close()
    main.settle()
    assert observers() == 0


def observers() -> int:
    centre: Any = NSDistributedNotificationCenter.defaultCenter()
    workspace: Any = main.ask(lambda: NSWorkspace.sharedWorkspace().notificationCenter())
    return int(centre.heard() + workspace.heard())


def test_the_beginning_is_news(mac: Mac) -> None:
    assert mac.news == [News.UNLOCKED]
    assert mac.session.health() == Health("session", State.OK, "workspace", "not locked")


def test_it_may_begin_locked() -> None:
    server.session = {ON_CONSOLE: True, IS_LOCKED: 1}
    mac = Mac()
    assert mac.news == [News.LOCKED]
    assert mac.session.health().reason == "locked"
    mac.session.close()


def test_lock_and_unlock(mac: Mac) -> None:
    mac.locks()
    mac.broadcasts(LOCKED)
    mac.broadcasts(LOCKED)
    mac.loop.advance(60)
    mac.unlocks()
    mac.broadcasts(UNLOCKED)
    mac.loop.advance(60)
    assert mac.news == [News.UNLOCKED, News.LOCKED, News.UNLOCKED]


def test_a_dictionary_that_lags_behind_takes_nothing_back(mac: Mac) -> None:
    mac.broadcasts(LOCKED)
    assert mac.news[-1] is News.LOCKED
    mac.loop.advance(1)
    mac.locks()
    mac.loop.advance(5)
    assert mac.news == [News.UNLOCKED, News.LOCKED]


def test_a_false_word_is_put_right(mac: Mac) -> None:
    mac.broadcasts(LOCKED)
    mac.loop.advance(5)
    assert mac.news == [News.UNLOCKED, News.LOCKED, News.UNLOCKED]


def test_a_lock_that_nobody_told_of_is_found_at_the_next_notification(mac: Mac) -> None:
    mac.locks()
    mac.notifies("ScreensDidSleep")
    mac.loop.advance(5)
    assert mac.news[-1] is News.LOCKED


def test_an_unlocking_that_nobody_told_of_is_found_at_the_next_input(mac: Mac) -> None:
    mac.locks()
    mac.broadcasts(LOCKED)
    mac.loop.advance(5)
    mac.session.input_seen(0.0)
    assert mac.news == [News.UNLOCKED, News.LOCKED], "somebody types a password"
    mac.unlocks()
    mac.session.input_seen(0.0)
    assert mac.news == [News.UNLOCKED, News.LOCKED, News.UNLOCKED]


def test_sleep_and_wake(mac: Mac) -> None:
    for _ in range(2):
        mac.notifies("WillSleep")
    for _ in range(2):
        mac.notifies("DidWake")
    assert mac.news == [News.UNLOCKED, News.SLEEPING, News.WOKE]


def test_a_wake_is_no_unlocking(mac: Mac) -> None:
    mac.notifies("WillSleep")
    mac.locks()
    mac.broadcasts(LOCKED)
    mac.notifies("DidWake")
    mac.notifies("ScreensDidWake")
    mac.loop.advance(300)
    assert mac.news == [News.UNLOCKED, News.SLEEPING, News.LOCKED, News.WOKE]
    mac.unlocks()
    mac.broadcasts(UNLOCKED)
    assert mac.news[-1] is News.UNLOCKED


def test_a_dark_display_is_no_sleep(mac: Mac) -> None:
    mac.notifies("ScreensDidSleep")
    mac.notifies("ScreensDidWake")
    mac.loop.advance(5)
    assert mac.news == [News.UNLOCKED]


def test_another_persons_session_in_front_is_as_good_as_locked(mac: Mac) -> None:
    server.session = {ON_CONSOLE: False}
    mac.notifies("SessionDidResignActive")
    assert mac.news == [News.UNLOCKED, News.LOCKED]
    assert mac.session.health().reason == "another session is in front"
    mac.loop.advance(5)
    server.session = {ON_CONSOLE: True, IS_LOCKED: True}
    mac.notifies("SessionDidBecomeActive")
    mac.loop.advance(5)
    assert mac.news == [News.UNLOCKED, News.LOCKED]
    assert mac.session.health().reason == "locked"
    mac.unlocks()
    mac.broadcasts(UNLOCKED)
    assert mac.news == [News.UNLOCKED, News.LOCKED, News.UNLOCKED]


def test_a_switch_that_nobody_told_of_is_in_the_dictionary(mac: Mac) -> None:
    server.session = {ON_CONSOLE: False}
    mac.notifies("ScreensDidWake")
    mac.loop.advance(5)
    assert mac.news[-1] is News.LOCKED


def test_where_nothing_is_said_the_first_input_is_an_unlocked_session() -> None:
    server.session = None
    mac = Mac()
    assert mac.news == []
    assert mac.session.health().state is State.DEGRADED
    mac.session.input_seen(0.0)
    assert mac.news == [News.UNLOCKED]
    mac.session.close()


def test_of_the_dictionary_two_keys_are_read() -> None:
    class Private(dict[str, object]):
        def get(self, key: str, default: object = None) -> object:
            assert key in (IS_LOCKED, ON_CONSOLE), f"{key} was read"
            return super().get(key, default)

    server.session = Private({ON_CONSOLE: True, "kCGSSessionUserNameKey": "private"})
    assert ask() == Seen(locked=False, in_front=True)


def test_closed_it_tells_nothing(mac: Mac) -> None:
    mac.broadcasts(LOCKED)
    mac.session.close()
    mac.session.close()
    mac.notifies("WillSleep")
    mac.loop.advance(60)
    assert mac.news == [News.UNLOCKED, News.LOCKED]
