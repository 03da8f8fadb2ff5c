"""The event source of the hardware, whose seconds the test sets."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import ExitStack, closing

from tests.contract.macos.played import mac
from tests.contract.worlds import CounterWorld, Kept, World
from tray_agent.platforms.macos.awake import awake_s
from tray_agent.platforms.macos.last_input import EventSourceIdle
from tray_agent.platforms.macos.mouse_monitor import MouseMonitor
from tray_agent.shell.loop import SelectorLoop


def event_source(_kept: Kept) -> Iterator[CounterWorld]:
    lost: list[str] = []
    with ExitStack() as stack:
        world = World(stack.enter_context(closing(SelectorLoop())), stack)
        mac(world)
        last = awake_s()

        def touch() -> None:
            nonlocal last
            last = awake_s()

        def kill() -> None:
            nonlocal last
            last = math.nan
            counter.watch(0.1, lambda _active, _idle_s: None)

        with closing(
            EventSourceIdle(
                world.loop,
                lost.append,
                MouseMonitor(world.loop),
                since=lambda: awake_s() - last,
                dark=lambda: False,
                slept=lambda: 0.0,
            )
        ) as counter:
            yield CounterWorld(
                touch=touch,
                let_pass=world.turn_for,
                until=world.until,
                kill=kill,
                lost=lost,
                counter=counter,
            )


MAKERS = [event_source]
