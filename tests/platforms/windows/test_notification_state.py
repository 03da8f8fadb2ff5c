"""Wine's shell, which says that notifications are welcome whatever there is on the screen."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from tray_agent.platforms.windows import notification_state as module
from tray_agent.platforms.windows.notification_state import Notifications, notification_state
from tray_agent.ports import Unavailable

assert sys.platform == "win32"


def test_the_shell_is_asked() -> None:
    assert notification_state() is Notifications.ACCEPTED


class Shell:
    """One that answers what it is told to."""

    def __init__(self, answers: Callable[[Any], int]) -> None:
        self.SHQueryUserNotificationState = answers


def test_each_state_has_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for number, name in ((1, "NOT_PRESENT"), (2, "BUSY"), (3, "EXCLUSIVE"), (4, "PRESENTATION"), (7, "APP")):

        def says(where: Any, number: int = number) -> int:
            where._obj.value = number
            return 0

        monkeypatch.setattr(module, "_shell32", Shell(says))
        assert notification_state().name == name


def test_a_state_that_nobody_knows_and_a_failure_are_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_where: Any) -> int:
        raise OSError("no shell")

    for answers in (lambda _where: 0, fails):
        monkeypatch.setattr(module, "_shell32", Shell(answers))
        with pytest.raises(Unavailable):
            notification_state()
