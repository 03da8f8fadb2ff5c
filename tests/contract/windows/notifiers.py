"""Toasts of a played Windows Runtime, balloons of the icon in the taskbar, and what comes after them."""

from __future__ import annotations

import sys
import winreg
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pystray._util import win32

from tests.contract.windows.trays import icon
from tests.contract.worlds import NoteWorld
from tests.support.taskbar import played_taskbar
from tests.support.windows_runtime import NotificationSetting, PlayedRuntime, played_runtime
from tray_agent.platforms.notifier_chain import NotifierChain
from tray_agent.platforms.plyer_notifier import PlyerNotifier
from tray_agent.platforms.windows import runtime_class
from tray_agent.platforms.windows.balloon import BalloonNotifier
from tray_agent.platforms.windows.message_window import APP
from tray_agent.platforms.windows.toasts import ToastNotifier
from tray_agent.platforms.windows.tray import WindowsTray
from tray_agent.ports import Note, Notifier

assert sys.platform == "win32"


def toasts(world: NoteWorld) -> Notifier:
    return _toasts(world)[0]


def toasts_that_are_switched_off(world: NoteWorld) -> Notifier:
    notifier, windows = _toasts(world)
    windows.setting = NotificationSetting.DISABLED_FOR_APPLICATION
    return notifier


def at_the_icon(world: NoteWorld) -> Notifier:
    return _balloons(world, world.well(icon(world)))


def without_an_icon(world: NoteWorld) -> Notifier:
    return _balloons(world, None)


def at_an_icon_whose_balloons_are_refused(world: NoteWorld) -> Notifier:
    patch = world.stack.enter_context(pytest.MonkeyPatch.context())
    taskbar = world.stack.enter_context(played_taskbar(patch, set()))
    tray = world.well(icon(world))
    taskbar.refuses.add(win32.NIM_MODIFY)
    return _balloons(world, tray)


def chain(world: NoteWorld) -> Notifier:
    def notify(**_text: Any) -> None:
        pass

    return NotifierChain(
        lambda refused: _balloons(world, None, refused), lambda: PlyerNotifier(world.loop, notify)
    )


def _toasts(world: NoteWorld) -> tuple[ToastNotifier, PlayedRuntime]:
    patch = world.stack.enter_context(pytest.MonkeyPatch.context())
    windows = played_runtime(patch)
    patch.setattr(runtime_class, "registered", lambda _name: True)
    notifier = ToastNotifier(world.loop, world.answered, Path("C:/icon.png"))
    world.stack.callback(_forget)
    world.stack.callback(notifier.close)
    return notifier, windows


def _forget() -> None:
    """What a toast needs to bear our name."""
    with suppress(FileNotFoundError):
        winreg.DeleteKey(winreg.HKEY_CURRENT_USER, rf"Software\Classes\AppUserModelId\{APP}")


def _balloons(
    world: NoteWorld, tray: WindowsTray | None, refused: Callable[[Note], object] = lambda _note: None
) -> BalloonNotifier:
    return BalloonNotifier(world.loop, lambda: tray, world.answered, refused)


MAKERS = [
    toasts,
    toasts_that_are_switched_off,
    at_the_icon,
    without_an_icon,
    at_an_icon_whose_balloons_are_refused,
    chain,
]
