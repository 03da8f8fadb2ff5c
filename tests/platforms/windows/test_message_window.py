"""The hidden window: real messages, sent and posted to it."""

from __future__ import annotations

import ctypes
import sys
import threading
from functools import partial
from types import SimpleNamespace

import pytest

from tests.support.taskbar import BROADCAST, post, send, tell, user32
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.windows import message_window
from tray_agent.platforms.windows.message_window import WM_APP, WM_CLOSE, MessageWindow
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

WM_QUERYENDSESSION, WM_GETTEXTLENGTH = 0x0011, 0x000E
OURS = WM_APP + 77
PER_MONITOR_AWARE = 2


def test_a_handler_gets_what_was_posted_on_the_window_s_own_thread(
    loop: SelectorLoop, window: MessageWindow
) -> None:
    heard: list[tuple[int, int, str]] = []
    window.on(OURS, lambda w, p: heard.append((w, p, threading.current_thread().name)))
    post(window.hwnd, OURS, 7, -8)
    turn_until(loop, lambda: heard, "the message")
    assert heard == [(7, -8, "window")]


def test_the_first_answer_counts_and_none_asks_the_next(window: MessageWindow) -> None:
    window.on(OURS, lambda _w, _p: None)
    window.on(OURS, lambda _w, _p: 5)
    window.on(OURS, lambda _w, _p: 6)
    assert send(window.hwnd, OURS) == 5


def test_a_handler_that_was_stopped_is_not_asked_and_its_twin_is(window: MessageWindow) -> None:
    def answer(_wparam: int, _lparam: int) -> int:
        return 5

    stop, stop_twin = window.on(OURS, answer), window.on(OURS, answer)
    stop()
    stop()
    assert send(window.hwnd, OURS) == 5
    stop_twin()
    assert send(window.hwnd, OURS) == 0


def test_what_nobody_handles_the_system_answers(window: MessageWindow) -> None:
    """pystray would answer 0, which forbids the session to end."""
    assert send(window.hwnd, WM_QUERYENDSESSION) == 1


def test_a_wish_to_close_it_leaves_it_there(window: MessageWindow) -> None:
    assert send(window.hwnd, WM_CLOSE) == 0
    assert user32.IsWindow(window.hwnd)


def test_what_is_told_to_all_windows_reaches_it(loop: SelectorLoop, window: MessageWindow) -> None:
    message = user32.RegisterWindowMessageW("TrayAgentTest")
    heard: list[int] = []
    window.on(message, lambda w, _p: heard.append(w))
    tell(BROADCAST, message, 3)
    turn_until(loop, lambda: heard, "the broadcast")
    assert heard == [3]


def test_calls_are_made_in_their_order_on_the_window_s_thread(
    loop: SelectorLoop, window: MessageWindow
) -> None:
    made: list[tuple[int, str]] = []

    def make(number: int) -> None:
        made.append((number, threading.current_thread().name))

    for number in range(100):
        window.post(partial(make, number))
    turn_until(loop, lambda: len(made) == 100, "the calls")
    assert made == [(number, "window") for number in range(100)]


def test_a_bug_on_its_thread_is_raised_on_the_loop_and_the_window_lives_on(
    loop: SelectorLoop, window: MessageWindow
) -> None:
    window.post(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        turn_until(loop, lambda: False, "the bug")
    window.on(OURS, lambda _w, _p: 5)
    assert send(window.hwnd, OURS) == 5


def test_when_it_is_closed_what_was_posted_is_done_and_nothing_is_left(loop: SelectorLoop) -> None:
    window = MessageWindow(loop)
    made: list[int] = []
    window.post(lambda: made.append(1))
    window.close()
    window.close()
    assert made == [1]
    assert not user32.IsWindow(window.hwnd)
    assert "window" not in [thread.name for thread in threading.enumerate()]
    window.post(lambda: made.append(2))
    turn_for(loop, 0.05)
    assert made == [1]


def test_many_one_after_the_other_leave_no_class_and_no_window_behind(loop: SelectorLoop) -> None:
    for _ in range(20):
        window = MessageWindow(loop)
        window.close()
        assert not user32.IsWindow(window.hwnd)


def test_the_process_gets_the_program_s_name_for_the_taskbar(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wine takes the name and cannot say it again."""
    names: list[str] = []
    shell = SimpleNamespace(SetCurrentProcessExplicitAppUserModelID=names.append)
    monkeypatch.setattr(message_window, "_shell32", shell)
    MessageWindow(loop).close()
    assert names == ["org.trayagent.TrayAgent"]


def test_it_knows_the_scale_of_each_monitor(window: MessageWindow) -> None:
    user32.GetWindowDpiAwarenessContext.restype = ctypes.c_void_p
    context = user32.GetWindowDpiAwarenessContext(ctypes.c_void_p(window.hwnd))
    assert user32.GetAwarenessFromDpiAwarenessContext(ctypes.c_void_p(context)) == PER_MONITOR_AWARE


def test_so_does_the_process_by_which_other_windows_are_measured(window: MessageWindow) -> None:
    user32.GetThreadDpiAwarenessContext.restype = ctypes.c_void_p
    context = user32.GetThreadDpiAwarenessContext()
    assert user32.GetAwarenessFromDpiAwarenessContext(ctypes.c_void_p(context)) == PER_MONITOR_AWARE
