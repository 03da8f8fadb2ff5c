"""The icon in the taskbar, in one that is there and in one that takes nothing."""

from __future__ import annotations

import sys

import pytest
from pystray._util import win32

from tests.contract.worlds import World
from tests.support.taskbar import played_taskbar
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.platforms.windows.tray import WindowsTray
from tray_agent.ports import Entry, Tray
from tray_agent.shell.icon import draw

assert sys.platform == "win32"


def in_the_taskbar(world: World) -> Tray:
    return world.well(icon(world))


def that_the_taskbar_has_not_taken_yet(world: World) -> Tray:
    tray = icon(world)
    patch = world.stack.enter_context(pytest.MonkeyPatch.context())
    patch.setattr(tray, "_told", lambda _taken: None)
    return tray


def that_the_taskbar_refuses(world: World) -> Tray:
    patch = world.stack.enter_context(pytest.MonkeyPatch.context())
    taskbar = world.stack.enter_context(played_taskbar(patch, {win32.NIM_ADD, win32.NIM_MODIFY}))
    tray = icon(world)
    world.until(lambda: taskbar.told, "the attempt")
    world.turn_for(0.05)
    return tray


def icon(world: World) -> WindowsTray:
    """Wanted, and perhaps there."""
    window = MessageWindow(world.loop)
    world.stack.callback(window.close)
    tray = WindowsTray(
        world.loop, window, lambda: [Entry("Quit", lambda: None)], draw, activated=lambda: None
    )
    world.stack.callback(tray.close)
    return tray


MAKERS = [in_the_taskbar, that_the_taskbar_has_not_taken_yet, that_the_taskbar_refuses]
