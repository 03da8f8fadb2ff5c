"""What Windows tells of this session, as messages to the real window."""

from __future__ import annotations

import sys

from tests.contract.worlds import SessionWorld
from tests.support.taskbar import send
from tray_agent.platforms.windows import session as wts
from tray_agent.platforms.windows.clocks import PBT_APMRESUMEAUTOMATIC, WM_POWERBROADCAST
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.ports import SessionSensor

assert sys.platform == "win32"


def in_a_session(world: SessionWorld) -> SessionSensor:
    window = _window(world)

    def happens() -> None:
        for now in (True, True, False):
            send(window.hwnd, wts.WM_WTSSESSION_CHANGE, wts.LOCK if now else wts.UNLOCK)
            send(window.hwnd, WM_POWERBROADCAST, wts.PBT_APMSUSPEND if now else PBT_APMRESUMEAUTOMATIC)
            send(
                window.hwnd, wts.WM_WTSSESSION_CHANGE, wts.CONSOLE_DISCONNECT if now else wts.CONSOLE_CONNECT
            )

    world.happens = happens
    return wts.WtsSession(world.loop, window, world.news.append)


def that_does_not_say_whether_it_is_locked(world: SessionWorld) -> SessionSensor:
    window = _window(world)
    world.happens = lambda: send(window.hwnd, wts.WM_WTSSESSION_CHANGE, wts.LOCK)
    return wts.WtsSession(world.loop, window, world.news.append, lambda: None)


def _window(world: SessionWorld) -> MessageWindow:
    window = MessageWindow(world.loop)
    world.stack.callback(window.close)
    return window


MAKERS = [in_a_session, that_does_not_say_whether_it_is_locked]
