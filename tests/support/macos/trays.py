"""The icon in the menu bar for the contract of trays: in one that is there, and in those that are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.macos.installed import install

install()

from tests.support.macos.appkit import NSStatusItem  # noqa: E402  the stand-ins come first
from tests.support.macos.played_main import main  # noqa: E402
from tray_agent.platforms.macos.tray import MacTray  # noqa: E402
from tray_agent.ports import Entry, Tray  # noqa: E402
from tray_agent.shell.icon import draw  # noqa: E402

if TYPE_CHECKING:
    from tests.contract.worlds import World


def in_the_menu_bar(world: World) -> Tray:
    return world.well(mac_tray(world))


def that_the_menu_bar_has_not_taken_yet(world: World) -> Tray:
    tray = mac_tray(world)
    patch = world.stack.enter_context(pytest.MonkeyPatch.context())
    patch.setattr(tray, "_told", lambda _placed: None)
    return tray


def without_a_menu_bar(world: World) -> Tray:
    patch = world.stack.enter_context(pytest.MonkeyPatch.context())
    patch.setattr(NSStatusItem, "button", lambda _item: None)
    tray = mac_tray(world)
    main.settle()
    world.turn_for(0.05)
    return tray


def mac_tray(world: World) -> MacTray:
    """Wanted, and perhaps there."""
    main.begin()
    world.stack.callback(main.end)
    tray = MacTray(world.loop, lambda: [Entry("Quit", lambda: None)], draw)
    world.stack.callback(tray.close)
    return tray


MAKERS = [in_the_menu_bar, that_the_menu_bar_has_not_taken_yet, without_a_menu_bar]
