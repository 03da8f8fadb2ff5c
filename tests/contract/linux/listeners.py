"""pynput's listener on X, made blind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress

import pytest
from Xlib.error import ConnectionClosedError

from tests.contract.worlds import ListenerWorld
from tests.support.person import Person
from tests.support.turning import turn_for, turn_until
from tests.support.xserver import xserver
from tray_agent.platforms.linux.xrecord import PynputListener
from tray_agent.shell.loop import SelectorLoop


def record() -> Iterator[ListenerWorld]:
    lost: list[str] = []
    with xserver() as server, closing(SelectorLoop()) as loop, pytest.MonkeyPatch.context() as patch:
        for name in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
            patch.delenv(name, raising=False)
        patch.setenv("DISPLAY", server.display)
        person = Person(server.display)
        with closing(PynputListener(loop, lost.append)) as listener:
            yield ListenerWorld(
                touch=person.type,
                let_pass=lambda seconds: turn_for(loop, seconds),
                until=lambda condition, what: turn_until(loop, condition, what),
                kill=server.kill,
                lost=lost,
                listener=listener,
            )
        with suppress(ConnectionClosedError):  # its server may have been killed
            person.leave()


MAKERS = [record]
