"""The end of the session, by the messages Windows sends; a real logoff would end the test with it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from tests.support.taskbar import send, user32
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.windows import session_end
from tray_agent.platforms.windows.message_window import WM_CLOSE, MessageWindow
from tray_agent.platforms.windows.session_end import WM_ENDSESSION, SessionEnd
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

WM_QUERYENDSESSION = 0x0011
YES, NO = 1, 0


class Stage:
    def __init__(self, loop: SelectorLoop, window: MessageWindow) -> None:
        self.loop, self.hwnd = loop, window.hwnd
        self.ended: list[str] = []
        self.end = SessionEnd(loop, window, lambda: self.ended.append("ended"))

    def system_says(self, message: int, wparam: int) -> list[int]:
        """The answer will be in the list once it is given."""
        answers: list[int] = []
        threading.Thread(target=lambda: answers.append(send(self.hwnd, message, wparam))).start()
        return answers


@pytest.fixture
def stage(loop: SelectorLoop, window: MessageWindow) -> Iterator[Stage]:
    stage = Stage(loop, window)
    yield stage
    stage.end.close()


def test_the_session_may_end_and_only_asking_ends_nothing(stage: Stage) -> None:
    assert send(stage.hwnd, WM_QUERYENDSESSION) == YES
    turn_for(stage.loop, 0.1)
    assert stage.ended == []


def test_another_program_s_veto_ends_nothing(stage: Stage) -> None:
    assert send(stage.hwnd, WM_ENDSESSION, NO) == 0
    turn_for(stage.loop, 0.1)
    assert stage.ended == []


def test_the_system_waits_until_everything_is_saved(stage: Stage) -> None:
    answers = stage.system_says(WM_ENDSESSION, YES)
    turn_until(stage.loop, lambda: stage.ended, "the end")
    turn_for(stage.loop, 0.2)
    assert answers == []
    stage.end.close()
    turn_until(stage.loop, lambda: answers, "the answer")
    assert answers == [0]


def test_it_does_not_wait_for_ever(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_end, "PATIENCE_S", 0.2)
    answers = stage.system_says(WM_ENDSESSION, YES)
    turn_until(stage.loop, lambda: answers, "the answer", 2)
    assert answers == [0]


def test_a_wish_to_close_ends_the_program_in_order(stage: Stage) -> None:
    assert send(stage.hwnd, WM_CLOSE) == 0
    turn_until(stage.loop, lambda: stage.ended, "the end")
    assert user32.IsWindow(stage.hwnd)


def test_nobody_hears_of_it_after_closing(stage: Stage) -> None:
    stage.end.close()
    stage.end.close()
    send(stage.hwnd, WM_ENDSESSION, YES)
    send(stage.hwnd, WM_CLOSE)
    turn_for(stage.loop, 0.1)
    assert stage.ended == []
