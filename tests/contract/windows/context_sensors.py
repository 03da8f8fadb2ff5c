"""Every sensor that Windows lets one make."""

from __future__ import annotations

import sys
from functools import partial

from tests.contract.worlds import Kept, SenseWorld
from tray_agent.platforms.windows.context_choice import NOBODY_TELLS, ContextChoice
from tray_agent.ports import ContextSensor
from tray_agent.shell.contexts import NAMES

assert sys.platform == "win32"

ABSENT = {*NOBODY_TELLS, "do_not_disturb", "player"}
"""The last two are absent under Wine alone."""


def on_windows(name: str, world: SenseWorld, _kept: Kept) -> ContextSensor:
    choice = ContextChoice(world.loop)
    world.stack.callback(choice.close)
    return choice.make(name, world.told)


MAKERS = [partial(on_windows, name) for name in NAMES if name not in ABSENT]
