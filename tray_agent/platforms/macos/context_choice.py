"""The sensors of what goes on around the person: which mechanism each is built on, and what they share.

They are imported when they are made, so that one that is switched off costs nothing.  None of them needs a
permission, and each asks only when it is looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import objc

from tray_agent.platforms.macos.screen_reader import VoiceOver
from tray_agent.platforms.questions import Questions
from tray_agent.ports import ContextSensor, Loop, Unavailable

Told = Callable[[bool | None], object]

NOBODY_TELLS = {
    "player": "players tell macOS alone what they do; a display kept awake stands in",
    "sharing": "macOS tells nobody who takes pictures of the screen; a call stands in",
    "do_not_disturb": "macOS tells nobody which Focus is on; it holds notes back by itself",
}
"""Why a sensor does not exist here."""


class ContextChoice:
    """Makes sensors; the thread on which they ask begins with the first question."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._questions = Questions(loop, Unavailable, around=objc.autorelease_pool)
        self._makers: dict[str, Callable[[Told], ContextSensor]] = {
            "microphone": self._microphone,
            "camera": self._camera,
            "display_awake": self._display_awake,
            "screen_reader": self._screen_reader,
            "fullscreen": self._fullscreen,
        }

    @cached_property
    def voice_over(self) -> VoiceOver:
        """Whether a screen reader runs, to be asked again and again."""
        return VoiceOver()

    def make(self, name: str, told: Told) -> ContextSensor:
        """The sensor of this name, one of `sensing.*`; raises `Unavailable` where it cannot work."""
        if name in NOBODY_TELLS:
            raise Unavailable(NOBODY_TELLS[name])
        return self._makers[name](told)

    def close(self) -> None:
        """Let go of what the sensors, closed before, have shared."""
        self._questions.close()
        if "voice_over" in self.__dict__:
            self.voice_over.close()

    def _microphone(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.macos.microphone import microphone

        return microphone(self._questions, told)

    def _camera(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.macos.camera import camera

        return camera(self._questions, told)

    def _display_awake(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.macos.display_awake import display_awake

        return display_awake(self._questions, told)

    def _screen_reader(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.macos.sound import played
        from tray_agent.platforms.speaking import Speaking

        return Speaking(self._questions, told, self.voice_over, played)

    def _fullscreen(self, told: Told) -> ContextSensor:
        from tray_agent.platforms.macos.fullscreen import fullscreen

        return fullscreen(self._questions, told)
