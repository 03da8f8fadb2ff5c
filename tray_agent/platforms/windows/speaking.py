"""A screen reader that speaks on Windows, by Core Audio's sessions."""

from __future__ import annotations

import sys
from collections.abc import Callable

from tray_agent.platforms.asked import Found
from tray_agent.platforms.speaking import Speaking
from tray_agent.platforms.windows.audio_sessions import played
from tray_agent.platforms.windows.screen_reader import screen_reader_runs
from tray_agent.platforms.windows.worker import Worker

assert sys.platform == "win32"


def speaking(
    worker: Worker,
    told: Callable[[bool | None], object],
    runs: Callable[[], bool] = screen_reader_runs,
    asks: Callable[[], bool] = played,
) -> Speaking:
    """The sensor `screen_reader`."""

    def sound() -> Found:
        try:
            return Found(asks())
        except OSError as error:
            code = (error.winerror or 0) & 0xFFFFFFFF
            raise OSError(f"Windows' audio does not say who plays ({code:#010x})") from error

    return Speaking(worker, told, runs, sound)
