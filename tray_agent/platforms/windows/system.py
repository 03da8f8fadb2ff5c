"""Windows, as `select` offers it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

assert sys.platform == "win32"

if TYPE_CHECKING:
    # What is not asked for is not loaded: most commands want one part alone.
    from tray_agent.platforms.usual_folders import Places
    from tray_agent.platforms.windows.autostart import RunKey
    from tray_agent.platforms.windows.desktop import WindowsDesktop
    from tray_agent.platforms.windows.policies import RegistryPolicies
    from tray_agent.ports import Advice, Channel, Loop, Renewal


def desktop(loop: Loop) -> WindowsDesktop:
    """What Windows tells and shows."""
    from tray_agent.platforms.windows.desktop import WindowsDesktop

    return WindowsDesktop(loop)


def lead(agent: Callable[[], int]) -> int:
    """On the thread that asks: the window with the messages brings its own."""
    return agent()


def awake() -> Callable[[], float]:
    """QueryUnbiasedInterruptTime; `time.monotonic` counts sleep here."""
    from tray_agent.platforms.windows.clocks import awake_s

    return awake_s


def channel() -> Channel | None:
    """A named pipe."""
    from tray_agent.platforms.windows.pipe import NamedPipe

    return NamedPipe()


def places() -> Places:
    """One folder for everything, in the part of the profile that stays on this machine."""
    from tray_agent.platforms import usual_folders

    return usual_folders.together("TrayAgent")


def renewal(loop: Loop, turned: Callable[[], object]) -> Renewal | None:  # noqa: ARG001 - nothing to watch
    """None: no file of a running program can be replaced."""
    return None


def policies(names: Collection[str]) -> RegistryPolicies:  # noqa: ARG001 - whatever stands there is read
    """What Group Policy and Intune write into the registry."""
    from tray_agent.platforms.windows.policies import RegistryPolicies

    return RegistryPolicies()


def autostart() -> RunKey:
    """The Run key of this person."""
    from tray_agent.platforms.own_command import AT_LOGIN
    from tray_agent.platforms.windows.autostart import RunKey
    from tray_agent.platforms.windows.own_command import quiet_command

    return RunKey(lambda: (*quiet_command(), *AT_LOGIN))


def languages() -> Sequence[str]:
    """Those chosen for Windows' own sentences."""
    from tray_agent.platforms.windows.ui_languages import preferred

    return preferred()


def advice() -> Advice:
    """The words for Windows."""
    from tray_agent.platforms.windows.advice import ADVICE

    return ADVICE
