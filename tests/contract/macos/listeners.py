"""pynput's tap, made blind, on a Mac that allows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing

from tests.contract.macos.played import mac
from tests.contract.worlds import ListenerWorld, World
from tests.support.macos import quartz
from tests.support.macos.c_library import provide
from tests.support.macos.iokit import access, carbon
from tests.support.macos.pynput_darwin import pynput_of_macos
from tray_agent.platforms.macos.listener import MacListener
from tray_agent.shell.loop import SelectorLoop


def tap() -> Iterator[ListenerWorld]:
    lost: list[str] = []
    with ExitStack() as stack:
        world = World(stack.enter_context(closing(SelectorLoop())), stack)
        provide(mac(world), Carbon=carbon([False]), IOKit=access(2))
        stack.enter_context(pynput_of_macos())
        quartz.server.may_listen = True
        with closing(MacListener(world.loop, lost.append, wanted=True)) as listener:
            yield ListenerWorld(
                touch=_type,
                let_pass=world.turn_for,
                until=world.until,
                kill=listener._ears.stop,
                lost=lost,
                listener=listener,
            )


def _type() -> None:
    for each in quartz.server.taps:
        each.sends(quartz.kCGEventKeyDown, object())


MAKERS = [tap]
