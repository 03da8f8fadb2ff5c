"""The center's own part: what it makes of settings and answers; the rest is in test_notifications."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.macos import corefoundation
from tests.support.macos import usernotifications as system
from tests.support.macos.played_main import main
from tray_agent.platforms.macos.notification_center import NotificationCenter, Permission, permission

AUTHORIZED = system.UNAuthorizationStatusAuthorized
DENIED = system.UNAuthorizationStatusDenied
NOT_ASKED = system.UNAuthorizationStatusNotDetermined
PROVISIONAL = 3
ON, OFF = system.UNNotificationSettingEnabled, system.UNNotificationSettingDisabled
BANNER, NONE = system.UNAlertStyleBanner, system.UNAlertStyleNone


@pytest.fixture(autouse=True)
def machine() -> Iterator[None]:
    corefoundation.played.begin()
    corefoundation.played.is_app("org.trayagent.TrayAgent")
    system.played.begin()
    yield
    system.played.end()
    corefoundation.played.begin()


@pytest.mark.parametrize(
    ("status", "alert", "style", "expected"),
    [
        (NOT_ASKED, ON, BANNER, Permission(asked=False, allowed=False, shown=False)),
        (DENIED, ON, BANNER, Permission(asked=True, allowed=False, shown=False)),
        (AUTHORIZED, ON, BANNER, Permission(asked=True, allowed=True, shown=True)),
        (AUTHORIZED, OFF, BANNER, Permission(asked=True, allowed=True, shown=False)),
        (AUTHORIZED, ON, NONE, Permission(asked=True, allowed=True, shown=False)),
        # Delivered quietly, where nobody looks at the moment.
        (PROVISIONAL, ON, BANNER, Permission(asked=True, allowed=True, shown=False)),
    ],
)
def test_settings_are_read(status: int, alert: int, style: int, expected: Permission) -> None:
    system.played.status, system.played.alert, system.played.style = status, alert, style
    center = main.ask(lambda: NotificationCenter(lambda _prompt, _key: None))
    answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
    main.ask(lambda: center.look(answers.put))
    assert permission(answers.get(timeout=5)) == expected


def test_an_answer_to_somebody_elses_note_is_taken_and_means_nothing() -> None:
    heard: list[tuple[int, str]] = []
    center = main.ask(lambda: NotificationCenter(lambda prompt, key: heard.append((prompt, key))))
    foreign = system.UNNotificationRequest.of(content=system.UNNotificationContent.of(userInfo={}))
    done: list[str] = []
    system.played.delegate.userNotificationCenter_didReceiveNotificationResponse_withCompletionHandler_(
        None,
        system.UNNotificationResponse.of(
            actionIdentifier="start", notification=system.UNNotification.of(request=foreign)
        ),
        lambda: done.append("done"),
    )
    assert done == ["done"] and heard == []
    main.ask(center.close)


def test_the_center_keeps_no_delegate_alive_so_we_do() -> None:
    center = main.ask(lambda: NotificationCenter(lambda _prompt, _key: None))
    assert center._delegate is system.played.delegate
