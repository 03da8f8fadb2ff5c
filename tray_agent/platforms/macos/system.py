"""macOS, as `select` offers it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # What is not asked for is not loaded: most commands want one part alone.
    from tray_agent.platforms.macos.autostart import MacAutostart
    from tray_agent.platforms.macos.desktop import MacDesktop
    from tray_agent.platforms.macos.policies import ManagedPreferences
    from tray_agent.platforms.usual_folders import Places
    from tray_agent.ports import Advice, Channel, Loop, Renewal

NO_SCREEN = "nobody is logged in at the screen of this Mac"


def desktop(loop: Loop) -> MacDesktop:
    """What AppKit and the other frameworks tell and show; raises `Unavailable` where there is no screen."""
    from tray_agent.platforms.macos.desktop import MacDesktop
    from tray_agent.ports import Unavailable

    if not _has_screen():
        raise Unavailable(NO_SCREEN)
    return MacDesktop(loop)


def lead(agent: Callable[[], int]) -> int:
    """On a second thread: the first belongs to AppKit.

    Without a screen there is no AppKit, which would end the process; the agent can say so for itself.
    """
    if not _has_screen():
        return agent()
    from tray_agent.platforms.macos import main_thread

    return main_thread.lead(agent)


def awake() -> Callable[[], float]:
    """CLOCK_UPTIME_RAW."""
    from tray_agent.platforms.macos.awake import awake_s

    return awake_s


def channel() -> Channel | None:
    """None: by a Unix socket."""
    return None


def places() -> Places:
    """One folder for everything, in the Application Support of this person."""
    from tray_agent.platforms import usual_folders

    return usual_folders.together("tray-agent")


def renewal(loop: Loop, turned: Callable[[], object]) -> Renewal | None:  # noqa: ARG001 - nothing to watch
    """None: the package's own scripts end the agent and start it again."""
    return None


def policies(names: Collection[str]) -> ManagedPreferences:
    """Profiles, and what an administrator has put into /Library/Preferences."""
    from tray_agent.platforms.macos.policies import ManagedPreferences

    return ManagedPreferences(names)


def autostart() -> MacAutostart:
    """A login item of the bundle, or a launch agent."""
    from tray_agent.platforms.macos.autostart import MacAutostart
    from tray_agent.platforms.own_command import AT_LOGIN, own_command

    return MacAutostart(lambda: (*own_command(), *AT_LOGIN))


def languages() -> Sequence[str]:
    """The list in the system's settings; NSLocale may be asked on any thread."""
    import objc
    from Foundation import NSLocale

    # No other thread than the first lets go of what was made for it, unless it is told when.
    with objc.autorelease_pool():
        return tuple(str(language) for language in NSLocale.preferredLanguages())


def advice() -> Advice:
    """The words for macOS."""
    from tray_agent.platforms.macos.advice import ADVICE

    return ADVICE


def _has_screen() -> bool:
    """Whether this is a session of the window server, as one by ssh or at boot is not (CGSession)."""
    from Quartz import CGSessionCopyCurrentDictionary

    return CGSessionCopyCurrentDictionary() is not None
