"""Whether a player shows a video, as players tell Windows for its media keys.

Music holds nobody on a chair.  Browsers call whatever they play music, and keep the display awake by
themselves.  What is played, and by which program, is never asked for.  Microsoft Learn:
"GlobalSystemMediaTransportControlsSessionManager Class", "MediaPlaybackType Enum".
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress

from tray_agent.core.model import Signal
from tray_agent.platforms.asked import Asked, Found
from tray_agent.platforms.windows.runtime_class import failing_as_os_error, wanted
from tray_agent.platforms.windows.worker import Worker

assert sys.platform == "win32"

CLASS = "Windows.Media.Control.GlobalSystemMediaTransportControlsSessionManager"
PATIENCE_S = 2.0
"""Longer, nobody behind the question has to wait for it."""


def video_player(worker: Worker, told: Callable[[bool | None], object]) -> Asked:
    """The sensor `player`; raises `Unavailable` where Windows has no such sessions."""
    wanted(CLASS)
    return Asked(
        worker,
        told,
        name="player",
        signal=Signal.MEDIA,
        source="media_controls",
        asks=failing_as_os_error(lambda: Found(a_video_plays())),
    )


def a_video_plays() -> bool:
    """Ask all players; raises `OSError`, and what `failing_as_os_error` knows."""
    from winrt.windows.foundation import AsyncStatus
    from winrt.windows.media import MediaPlaybackType
    from winrt.windows.media.control import (
        GlobalSystemMediaTransportControlsSessionManager as Manager,
    )
    from winrt.windows.media.control import (
        GlobalSystemMediaTransportControlsSessionPlaybackStatus as Status,
    )

    request = Manager.request_async()
    if request.wait(PATIENCE_S) == AsyncStatus.STARTED:
        request.cancel()
        raise OSError(f"no answer from the players in {PATIENCE_S:g} s")
    for player in request.get_results().get_sessions():
        with suppress(OSError):  # one that has just ended
            playback = player.get_playback_info()
            if (playback.playback_status, playback.playback_type) == (
                Status.PLAYING,
                MediaPlaybackType.VIDEO,
            ):
                return True
    return False
