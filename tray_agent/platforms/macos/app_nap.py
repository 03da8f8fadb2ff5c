"""Keeps App Nap away: a nap would put off every timer of a program that shows no window.

NSAppSleepDisabled in a bundle's Info.plist says the same, but an agent that pip has installed has no bundle.
The activity lets the machine and its display sleep as they like, and costs nothing while nothing is done:
there are no more wake-ups than the agent's own timers ask for.

Apple developer documentation: "beginActivityWithOptions:reason:" and "NSActivityOptions"; NSProcessInfo is
thread-safe.
"""

from __future__ import annotations

from Foundation import NSActivityUserInitiatedAllowingIdleSystemSleep, NSProcessInfo

REASON = "Tray Agent counts the minutes of sitting"
"""What `pmset -g assertions` and the energy report of Xcode show."""


class Activity:
    """What the system was told is going on, until `end`."""

    def __init__(self) -> None:
        self._token = NSProcessInfo.processInfo().beginActivityWithOptions_reason_(
            NSActivityUserInitiatedAllowingIdleSystemSleep, REASON
        )

    def end(self) -> None:
        """Let App Nap come; safe to call twice."""
        token, self._token = self._token, None
        if token is not None:
            NSProcessInfo.processInfo().endActivity_(token)


def stay_awake() -> Activity:
    """Begin the activity."""
    return Activity()
