"""The one by a thread.  Under Wine a watched folder that is deleted stays until nobody watches it."""

from __future__ import annotations

import sys
import threading

from tests.contract.worlds import FolderWorld
from tests.support.watched import Watching
from tray_agent.platforms.windows.folder_watch import FolderWatch

assert sys.platform == "win32"


def by_a_thread(world: FolderWorld) -> Watching:
    world.loses = lambda folder: folder.rename(world.folder / "elsewhere")
    world.held = threading.active_count
    world.burst = 2
    return FolderWatch


MAKERS = [by_a_thread]
