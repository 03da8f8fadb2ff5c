"""Every sensor of Linux, among services that answer and where there are none."""

from __future__ import annotations

from functools import partial

import pytest

from tests.contract.worlds import Kept, SenseWorld
from tests.support.private_bus import PrivateBus
from tests.support.sound_servers import PipeWire
from tests.support.xserver import xserver
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.context_choice import ContextChoice
from tray_agent.ports import ContextSensor
from tray_agent.shell.contexts import NAMES


def among_services(name: str, world: SenseWorld, kept: Kept) -> ContextSensor:
    bus, sound = kept.once(PrivateBus), kept.once(PipeWire)
    return _made(name, world, bus.address, kept.once(xserver).display, sound.env["XDG_RUNTIME_DIR"])


def among_none(name: str, world: SenseWorld, kept: Kept) -> ContextSensor:
    """With a screen all the same: without one, full screen is not sensed at all."""
    return _made(name, world, "unix:path=/nowhere", kept.once(xserver).display, "/nowhere")


def _made(name: str, world: SenseWorld, address: str, display: str, runtime: str) -> ContextSensor:
    patch = world.stack.enter_context(pytest.MonkeyPatch.context())
    for variable in ("WAYLAND_DISPLAY", "PULSE_SERVER", "PULSE_RUNTIME_PATH", "PIPEWIRE_REMOTE"):
        patch.delenv(variable, raising=False)
    patch.setenv("DISPLAY", display)
    patch.setenv("XDG_RUNTIME_DIR", runtime)
    session, system = Bus(world.loop, address), Bus(world.loop, address)
    choice = ContextChoice(world.loop, session, system)
    for shared in (session, system, choice):
        world.stack.callback(shared.close)
    return choice.make(name, world.told)


MAKERS = [partial(plight, name) for plight in (among_services, among_none) for name in NAMES]
