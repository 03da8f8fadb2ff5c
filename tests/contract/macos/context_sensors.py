"""Every sensor of a Mac, on one whose sound and cameras do not answer."""

from __future__ import annotations

from functools import partial

from tests.contract.macos.played import mac
from tests.contract.worlds import Kept, SenseWorld
from tray_agent.platforms.macos.context_choice import NOBODY_TELLS, ContextChoice
from tray_agent.ports import ContextSensor
from tray_agent.shell.contexts import NAMES


def on_a_mac(name: str, world: SenseWorld, _kept: Kept) -> ContextSensor:
    mac(world)
    choice = ContextChoice(world.loop)
    world.stack.callback(choice.close)
    return choice.make(name, world.told)


MAKERS = [partial(on_a_mac, name) for name in NAMES if name not in NOBODY_TELLS]
