"""A launch agent, and the login item of an app."""

from __future__ import annotations

from tests.contract.macos.played import mac
from tests.contract.worlds import StartWorld
from tests.support.macos import corefoundation, foundation
from tray_agent.platforms.macos.autostart import MacAutostart
from tray_agent.platforms.macos.launch_agent import LaunchAgent
from tray_agent.ports import Autostart


def by_a_launch_agent(world: StartWorld) -> Autostart:
    mac(world).setattr(foundation.NSProcessInfo, "version", (14, 5, 0))
    return MacAutostart(
        lambda: ["/bin/sh", "run"], LaunchAgent(world.folder / "home", world.folder / "machine")
    )


def by_a_login_item(world: StartWorld) -> Autostart:
    autostart = by_a_launch_agent(world)
    corefoundation.played.is_app("org.trayagent.TrayAgent")
    return autostart


def where_nothing_can_be_written(world: StartWorld) -> Autostart:
    (world.folder / "home").write_text("in the way")
    return by_a_launch_agent(world)


MAKERS = [by_a_launch_agent, by_a_login_item, where_nothing_can_be_written]
