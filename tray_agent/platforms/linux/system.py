"""Linux, as `select` offers it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # What is not asked for is not loaded: most commands want one part alone.
    from tray_agent.platforms.linux.autostart import LinuxAutostart
    from tray_agent.platforms.linux.desktop import LinuxDesktop
    from tray_agent.platforms.linux.policies import PolicyFolders
    from tray_agent.platforms.linux.renewal import Renewal
    from tray_agent.platforms.usual_folders import Places
    from tray_agent.ports import Advice, Channel, Loop

APP = "tray-agent"


def desktop(loop: Loop) -> LinuxDesktop:
    """What X, Wayland and the buses offer."""
    from tray_agent.platforms.linux.desktop import LinuxDesktop

    return LinuxDesktop(loop)


def lead(agent: Callable[[], int]) -> int:
    """On the thread that asks: nothing here wants one of its own."""
    return agent()


def awake() -> Callable[[], float]:
    """CLOCK_MONOTONIC."""
    return time.monotonic


def channel() -> Channel | None:
    """None: by a Unix socket."""
    return None


def places() -> Places:
    """As the XDG Base Directory Specification has it."""
    from tray_agent.platforms.linux import plain_session

    if (plain := plain_session.places(APP)) is not None:
        return plain
    from tray_agent.platforms import usual_folders

    return usual_folders.apart(APP)


def renewal(loop: Loop, turned: Callable[[], object]) -> Renewal | None:
    """By the folder the program lies in."""
    from tray_agent.platforms.linux.renewal import renewal

    return renewal(loop, turned)


def policies(names: Collection[str]) -> PolicyFolders:  # noqa: ARG001 - whatever stands there is read
    """The files in /etc/tray-agent/policies."""
    from tray_agent.platforms.linux.policies import PolicyFolders

    return PolicyFolders()


def autostart() -> LinuxAutostart:
    """An entry of XDG or a service of systemd."""
    from tray_agent.platforms.linux.autostart import LinuxAutostart
    from tray_agent.platforms.own_command import AT_LOGIN, own_command

    return LinuxAutostart(lambda: (*own_command(), *AT_LOGIN))


def languages() -> Sequence[str]:
    """None: the session's variables say it all, and those are read on every system."""
    return ()


def advice() -> Advice:
    """The words for desktops of Linux; the one that runs is named by its session."""
    from tray_agent.platforms.linux import advice as linux

    return linux.advice(os.environ.get("XDG_CURRENT_DESKTOP", ""))
