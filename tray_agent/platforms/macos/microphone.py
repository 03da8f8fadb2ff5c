"""A call, as the microphone tells it: some program takes sound in.  Nothing is heard."""

from __future__ import annotations

from collections.abc import Callable

from tray_agent.core.model import Signal
from tray_agent.platforms.asked import Asked, Found
from tray_agent.platforms.macos.sound import recorded
from tray_agent.platforms.questions import Questions
from tray_agent.ports import Unavailable


def microphone(
    questions: Questions[Unavailable],
    told: Callable[[bool | None], object],
    asks: Callable[[], Found] = recorded,
) -> Asked:
    """The sensor."""
    return Asked(questions, told, name="microphone", signal=Signal.CALL, source="core_audio", asks=asks)
