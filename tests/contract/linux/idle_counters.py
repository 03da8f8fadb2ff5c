"""The counters of X, of its screen saver, of Wayland and of Mutter, each over the real thing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import pytest
from Xlib.error import ConnectionClosedError

from tests.contract.worlds import CounterWorld, Kept
from tests.support.compositors import Compositor, KWin, Mutter
from tests.support.person import Person
from tests.support.turning import turn_for, turn_until
from tests.support.xserver import xserver
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.mutter_idle import NAME, MutterIdle
from tray_agent.platforms.linux.wayland_idle import WaylandIdle
from tray_agent.platforms.linux.xidle import XSyncIdle
from tray_agent.platforms.linux.xscreensaver import XScreenSaverIdle
from tray_agent.ports import IdleCounter
from tray_agent.shell.loop import SelectorLoop

TRIES = 100
"""A move may come while the watch is still on its way to Mutter."""
GRAIN_S = 0.02
"""The pause a compositor tells of here: the shorter, the less of the little time a test has is in doubt."""


def xsync(_kept: Kept) -> Iterator[CounterWorld]:
    yield from _on_x(XSyncIdle)


def xscreensaver(_kept: Kept) -> Iterator[CounterWorld]:
    yield from _on_x(XScreenSaverIdle)


def kwin(kept: Kept) -> Iterator[CounterWorld]:
    compositor = _running(kept, KWin)
    lost: list[str] = []
    with closing(SelectorLoop()) as loop, pytest.MonkeyPatch.context() as patch:
        for name in ("WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
            patch.setenv(name, compositor.env[name])
        with closing(WaylandIdle(loop, lost.append, GRAIN_S)) as counter:
            yield _on_wayland(compositor, counter, loop, lost)


def mutter(kept: Kept) -> Iterator[CounterWorld]:
    compositor = _running(kept, Mutter)
    lost: list[str] = []
    with closing(SelectorLoop()) as loop, closing(Bus(loop, compositor.bus.address)) as bus:
        owner: list[str | None] = []
        bus.watch_name(NAME, owner.append)
        turn_until(loop, lambda: owner and owner[-1], "Mutter's monitor on the bus")
        with closing(MutterIdle(loop, lost.append, bus, GRAIN_S)) as counter:
            known: list[bool] = []
            counter.watch(GRAIN_S, lambda active, _idle_s: known.append(active))
            for _try in range(TRIES):
                compositor.move_pointer()
                turn_for(loop, 3 * GRAIN_S)
                if known:
                    break
            turn_until(loop, lambda: known or lost, "Mutter's first word")
            assert not lost
            yield _on_wayland(compositor, counter, loop, lost)


def _on_x(kind: type[XSyncIdle | XScreenSaverIdle]) -> Iterator[CounterWorld]:
    lost: list[str] = []
    with xserver() as server, closing(SelectorLoop()) as loop:
        person = Person(server.display)
        with closing(kind(loop, lost.append, server.display)) as counter:
            yield CounterWorld(
                touch=person.move,
                let_pass=lambda seconds: turn_for(loop, seconds),
                until=lambda condition, what: turn_until(loop, condition, what),
                kill=server.kill,
                lost=lost,
                counter=counter,
            )
        with suppress(ConnectionClosedError):  # its server may have been killed
            person.leave()


def _on_wayland(
    compositor: Compositor, counter: IdleCounter, loop: SelectorLoop, lost: list[str]
) -> CounterWorld:
    return CounterWorld(
        touch=compositor.move_pointer,
        let_pass=lambda seconds: turn_for(loop, seconds),
        until=lambda condition, what: turn_until(loop, condition, what),
        kill=compositor.kill,
        lost=lost,
        counter=counter,
        late_s=0.1,
    )


def _running(kept: Kept, kind: type[Compositor]) -> Any:
    """Started when it is first wanted, and again when a test has killed it."""
    compositor = kept.once(kind)
    if not compositor.alive:
        compositor.start()
    return compositor


MAKERS = [xsync, xscreensaver, kwin, mutter]
