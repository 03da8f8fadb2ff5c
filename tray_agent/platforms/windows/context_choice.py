"""The sensors of what goes on around the person: which mechanism each is built on, and what they share.

They are imported when they are made, so that one that is switched off costs nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from tray_agent.ports import ContextSensor, Loop, Unavailable

assert sys.platform == "win32"

if TYPE_CHECKING:
    from tray_agent.platforms.windows.worker import Worker

Told = Callable[[bool | None], object]

NOBODY_TELLS = {
    "sharing": "Windows tells nobody who takes pictures of the screen; a call and do-not-disturb stand in",
}
"""Why a sensor does not exist here."""


class ContextChoice:
    """Makes sensors; the thread that talks to Windows' audio begins when it is wanted."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._makers: dict[str, Callable[[Told], ContextSensor]] = {
            "microphone": self._microphone,
            "camera": self._camera,
            "display_awake": self._display_awake,
            "screen_reader": self._screen_reader,
            "fullscreen": self._fullscreen,
            "do_not_disturb": self._do_not_disturb,
            "player": self._player,
        }

    def make(self, name: str, told: Told) -> ContextSensor:
        """The sensor of this name, one of `sensing.*`; raises `Unavailable` where it cannot work."""
        if name in NOBODY_TELLS:
            raise Unavailable(NOBODY_TELLS[name])
        return self._makers[name](told)

    def close(self) -> None:
        """Let go of what the sensors, closed before, have shared."""
        if "_worker" in self.__dict__:
            self.__dict__.pop("_worker").close()

    @cached_property
    def _worker(self) -> Worker:
        from tray_agent.platforms.windows.worker import Worker

        return Worker(self._loop)

    def _microphone(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.windows.microphone import Microphone

        return Microphone(self._loop, self._worker, told)

    def _camera(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.windows.camera import Camera

        return Camera(self._loop, told)

    def _display_awake(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.windows.display_awake import display_awake

        return display_awake(self._loop, told)

    def _screen_reader(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.windows.speaking import speaking

        return speaking(self._worker, told)

    def _fullscreen(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.windows.fullscreen import fullscreen

        return fullscreen(self._loop, told)

    def _do_not_disturb(self, told: Told) -> ContextSensor:
        """As Windows 11 tells it; before, as the shell's own parts know."""
        from tray_agent.platforms.windows.focus import focus

        try:
            return focus(self._worker, told)
        except Unavailable:
            from tray_agent.platforms.windows.do_not_disturb import do_not_disturb

            return do_not_disturb(self._loop, told)

    def _player(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.windows.player import video_player

        return video_player(self._worker, told)
