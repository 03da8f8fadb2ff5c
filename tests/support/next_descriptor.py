"""Whoever gets a descriptor that another has given back."""

from __future__ import annotations

import fcntl
import os
import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.turning import turn_for
from tray_agent.shell.loop import SelectorLoop


@contextmanager
def taken(loop: SelectorLoop, fd: int) -> Iterator[Callable[[], bool]]:
    """Inside `with`, somebody else is watched under this number; tells whether the loop still hears it."""
    assert not Path(f"/proc/self/fd/{fd}").exists(), "it was taken already"
    here, writes = os.pipe()
    there = fcntl.fcntl(writes, fcntl.F_DUPFD, fd + 1)
    os.close(writes)
    if here != fd:
        os.dup2(here, fd)
        os.close(here)
    heard: list[bytes] = []
    loop.watch(fd, lambda: heard.append(os.read(fd, 1)))

    def hears() -> bool:
        os.write(there, b"!")
        assert select.select([fd], [], [], 1)[0]
        turn_for(loop, 0.05)
        return heard != []

    try:
        yield hears
    finally:
        loop.unwatch(fd)
        os.close(there)
        os.close(fd)
