"""The sensors of what goes on around the person: which mechanism each is built on, and what they share.

They are imported when they are made, so that one that is switched off costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from tray_agent.platforms.linux.bus import Bus
from tray_agent.ports import ContextSensor, Loop

if TYPE_CHECKING:
    from tray_agent.platforms.linux.pulse import Pulse
    from tray_agent.platforms.linux.video_nodes import VideoNodes

Told = Callable[[bool | None], object]


class ContextChoice:
    """Makes sensors over the agent's two buses; connections to sound and video are made when wanted."""

    def __init__(self, loop: Loop, bus: Bus, system_bus: Bus) -> None:
        self._loop = loop
        self._bus = bus
        self._system_bus = system_bus
        self._makers: dict[str, Callable[[Told], ContextSensor]] = {
            "microphone": self._microphone,
            "camera": self._camera,
            "display_awake": self._display_awake,
            "player": self._player,
            "screen_reader": self._screen_reader,
            "sharing": self._sharing,
            "fullscreen": self._fullscreen,
            "do_not_disturb": self._do_not_disturb,
        }

    def make(self, name: str, told: Told) -> ContextSensor:
        """The sensor of this name, one of `sensing.*`; raises `Unavailable` where it cannot work."""
        return self._makers[name](told)

    def close(self) -> None:
        """Let go of what the sensors, closed before, have shared."""
        for shared in ("_pulse", "_video"):
            if shared in self.__dict__:
                self.__dict__.pop(shared).close()

    @cached_property
    def _pulse(self) -> Pulse:
        from tray_agent.platforms.linux.pulse import Pulse

        return Pulse(self._loop)

    @cached_property
    def _video(self) -> VideoNodes:
        from tray_agent.platforms.linux.video_nodes import VideoNodes

        return VideoNodes(self._loop)

    def _microphone(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.linux.microphone import Microphone

        return Microphone(self._loop, self._pulse, told)

    def _camera(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.linux.camera import Camera

        return Camera(self._loop, self._video, told)

    def _display_awake(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.linux.display_awake import DisplayAwake

        return DisplayAwake(self._loop, self._bus, self._system_bus, told)

    def _player(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.linux.player import VideoPlayer

        return VideoPlayer(self._loop, self._bus, told)

    def _screen_reader(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.linux.speaking import Speaking

        return Speaking(self._loop, self._bus, self._pulse, told)

    def _sharing(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.linux.sharing import Sharing

        return Sharing(self._video, told)

    def _fullscreen(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.linux.fullscreen import FullScreen

        return FullScreen(self._loop, told)

    def _do_not_disturb(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.linux.do_not_disturb import DoNotDisturb

        return DoNotDisturb(self._loop, self._bus, told)
