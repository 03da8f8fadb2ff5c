"""pynput's hooks, made blind."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing

from tests.contract.worlds import ListenerWorld
from tests.support.turning import turn_for, turn_until
from tests.support.windows_person import press_key
from tray_agent.platforms.windows.listener import HookListener
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"


def hooks() -> Iterator[ListenerWorld]:
    lost: list[str] = []
    with closing(SelectorLoop()) as loop, closing(HookListener(loop, lost.append)) as listener:
        yield ListenerWorld(
            touch=press_key,
            let_pass=lambda seconds: turn_for(loop, seconds),
            until=lambda condition, what: turn_until(loop, condition, what),
            kill=listener._ears.stop,
            lost=lost,
            listener=listener,
        )


MAKERS = [hooks]
