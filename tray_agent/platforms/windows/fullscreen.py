"""Whether a program fills a monitor, by where its window is and by what the shell says.

A film, slides or a game is no moment for a prompt.  A window with the keys that fills its monitor counts.
What the shell says is taken alone only where no window could show it: presentation mode, and games that
have the screen to themselves.  Its `BUSY` may come from nothing but a graphics driver's layer, so then
some window has to fill a monitor as well, the active one or another that one sees.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from tray_agent.core.model import Signal
from tray_agent.platforms.asked import Asked, Found
from tray_agent.platforms.questions import AtOnce
from tray_agent.platforms.windows.notification_state import Notifications, notification_state
from tray_agent.platforms.windows.windows_seen import active_fills, some_fills
from tray_agent.ports import Loop, Unavailable

assert sys.platform == "win32"

BY_ITSELF = (Notifications.EXCLUSIVE, Notifications.PRESENTATION)
BY_A_WINDOW = (Notifications.BUSY, Notifications.APP)


def fullscreen(
    loop: Loop, told: Callable[[bool | None], object], state: Callable[[], Notifications] = notification_state
) -> Asked:
    """The sensor; `state` asks the shell."""
    return Asked(
        AtOnce(loop),
        told,
        name="fullscreen",
        signal=Signal.FULLSCREEN,
        source="windows",
        asks=lambda: fills(state),
    )


def fills(asks: Callable[[], Notifications]) -> Found:
    """Whether a program does now; in doubt where the shell does not say what it sees."""
    try:
        state = asks()
    except Unavailable as why:
        return Found(active_fills(), str(why))
    if state is Notifications.NOT_PRESENT:  # locked: nobody sees what lies behind
        return Found(on=False)
    return Found(state in BY_ITSELF or active_fills() or (state in BY_A_WINDOW and some_fills()))
