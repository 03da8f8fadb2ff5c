"""The notification center, with and without the person's leave, and what comes after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.contract.macos.played import mac
from tests.contract.worlds import NoteWorld
from tests.support.macos import corefoundation, usernotifications
from tray_agent.platforms.macos.notifications import MacNotifier
from tray_agent.platforms.notifier_chain import NotifierChain
from tray_agent.platforms.null import NullNotifier
from tray_agent.ports import Note, Notifier


def with_leave(world: NoteWorld) -> Notifier:
    return world.well(_notifier(world, usernotifications.UNAuthorizationStatusAuthorized))


def without_leave(world: NoteWorld) -> Notifier:
    return _notifier(world, usernotifications.UNAuthorizationStatusDenied)


def chain(world: NoteWorld) -> Notifier:
    denied = usernotifications.UNAuthorizationStatusDenied
    return NotifierChain(
        lambda refused: _notifier(world, denied, refused), lambda: NullNotifier("no window is offered")
    )


def _notifier(
    world: NoteWorld, status: int, refused: Callable[[Note], object] = lambda _note: None
) -> MacNotifier:
    mac(world)
    corefoundation.played.is_app("org.trayagent.TrayAgent")
    usernotifications.played.status = status
    return MacNotifier(world.loop, world.answered, Path("icon.png"), refused)


MAKERS = [with_leave, without_leave, chain]
