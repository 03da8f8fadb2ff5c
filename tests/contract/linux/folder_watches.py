"""The one by inotify."""

from __future__ import annotations

from tests.contract.worlds import FolderWorld
from tests.support.watched import Watching
from tray_agent.platforms.linux.inotify import FolderWatch


def by_inotify(_world: FolderWorld) -> Watching:
    return FolderWatch


MAKERS = [by_inotify]
