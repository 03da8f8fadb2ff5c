"""Whether the person wants no disturbance, as Windows 11 tells programs since the end of 2023.

Do-not-disturb and a focus session each hold notifications back.  Reading is all that is done here.
Microsoft Learn: "ToastNotificationManagerForUser.NotificationMode Property", "FocusSessionManager Class".
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from tray_agent.core.model import Signal
from tray_agent.platforms.asked import Asked, Found
from tray_agent.platforms.windows.runtime_class import failing_as_os_error, registered, wanted
from tray_agent.platforms.windows.worker import Worker
from tray_agent.ports import Unavailable

assert sys.platform == "win32"

FIRST_BUILD = 23504
CLASS = "Windows.UI.Notifications.ToastNotificationManager"
FOCUS = "Windows.UI.Shell.FocusSessionManager"


def focus(worker: Worker, told: Callable[[bool | None], object], build: int | None = None) -> Asked:
    """The sensor `do_not_disturb`; raises `Unavailable` where Windows does not tell."""
    if (build or sys.getwindowsversion().build) < FIRST_BUILD:
        raise Unavailable("this Windows does not say whether do-not-disturb is on")
    wanted(CLASS)
    return Asked(
        worker,
        told,
        name="do_not_disturb",
        signal=Signal.DND,
        source="notification_mode",
        asks=failing_as_os_error(lambda: Found(is_on())),
    )


def is_on() -> bool:
    """Ask Windows; raises `OSError`, and what `failing_as_os_error` knows."""
    from winrt.windows.ui.notifications import ToastNotificationManager, ToastNotificationMode

    mode = ToastNotificationManager.get_default().notification_mode
    return bool(mode != ToastNotificationMode.UNRESTRICTED) or _in_a_session()


def _in_a_session() -> bool:
    """Some editions of Windows have no focus sessions."""
    if not registered(FOCUS):
        return False
    from winrt.windows.ui.shell import FocusSessionManager

    return bool(FocusSessionManager.is_supported and FocusSessionManager.get_default().is_focus_active)
