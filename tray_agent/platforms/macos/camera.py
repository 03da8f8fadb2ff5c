"""A camera in use, by whatever program; to open one would light its lamp, so none is.

Apple developer documentation: "kCMIOHardwarePropertyDevices", "kCMIODevicePropertyDeviceIsRunningSomewhere".
"""

from __future__ import annotations

from collections.abc import Callable

from tray_agent.core.model import Signal
from tray_agent.platforms.asked import Asked, Found
from tray_agent.platforms.macos.hardware import Cameras
from tray_agent.platforms.questions import Questions
from tray_agent.ports import Unavailable

DEVICES, RUNNING_SOMEWHERE = "dev#", "gone"


def in_use() -> Found:
    """Whether some program uses a camera; raises `Unavailable`."""
    cameras = Cameras()
    return Found(any(cameras.number(one, RUNNING_SOMEWHERE) for one in cameras.things(DEVICES)))


def camera(
    questions: Questions[Unavailable],
    told: Callable[[bool | None], object],
    asks: Callable[[], Found] = in_use,
) -> Asked:
    """The sensor."""
    return Asked(questions, told, name="camera", signal=Signal.CALL, source="core_media_io", asks=asks)
