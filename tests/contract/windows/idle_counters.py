"""GetLastInputInfo.  Nothing ends it but the session: its refusal is played."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing

from tests.contract.worlds import CounterWorld, Kept
from tests.support.turning import turn_for, turn_until
from tests.support.windows_person import scroll
from tray_agent.platforms.windows.last_input import LastInputIdle, last_input_tick
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"


def last_input(_kept: Kept) -> Iterator[CounterWorld]:
    lost: list[str] = []
    refusals: list[str] = []

    def tick() -> int:
        if refusals:
            raise Unavailable(refusals[0])
        return last_input_tick()

    def kill() -> None:
        refusals.append("refused")
        counter.watch(0.1, lambda _active, _idle: None)

    with closing(SelectorLoop()) as loop, closing(LastInputIdle(loop, lost.append, tick)) as counter:
        yield CounterWorld(
            touch=scroll,
            let_pass=lambda seconds: turn_for(loop, seconds),
            until=lambda condition, what: turn_until(loop, condition, what),
            kill=kill,
            lost=lost,
            counter=counter,
        )


MAKERS = [last_input]
