"""The one by kqueue, which real files tell."""

from __future__ import annotations

from tests.contract.macos.played import mac
from tests.contract.worlds import FolderWorld
from tests.support.macos import kqueue
from tests.support.watched import Watching
from tray_agent.platforms.macos.folder_watch import FolderWatch


def by_kqueue(world: FolderWorld) -> Watching:
    kqueue.put_in(mac(world))
    return FolderWatch


MAKERS = [by_kqueue]
