"""Speaks through what the system has for it, unless a screen reader speaks already.

The newest sentence wins.  Sentences go to the speaking program over its standard input.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from tray_agent.shell.words import language
from tray_agent.ui.breaks.program import Program
from tray_agent.ui.screen_reader import ScreenReader

_IN_POWERSHELL = (
    "[Console]::InputEncoding = [Text.Encoding]::UTF8; Add-Type -AssemblyName System.Speech; "
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).Speak([Console]::In.ReadToEnd())"
)

CANCEL = "!-!CANCEL SELF"
"""What speech-dispatcher's own program takes for a command: forget all that this client said."""

WRITTEN_WITHIN_MS = 50


@dataclass(frozen=True, slots=True)
class Speaker:
    """A program that speaks what it reads, given a language such as `pt-br`.

    One that `stays` speaks line by line and takes `CANCEL`; another one speaks until it has ended.
    """

    program: str
    arguments: Callable[[str], list[str]]
    stays: bool = False


SPEAKERS = (
    Speaker("spd-say", lambda spoken: ["-e", "-N", "tray-agent", "-l", spoken], stays=True),
    Speaker("espeak-ng", lambda spoken: ["-v", spoken, "--stdin"]),
    Speaker("say", lambda _spoken: ["-f", "-"]),
    Speaker("powershell.exe", lambda _spoken: ["-NoProfile", "-NonInteractive", "-Command", _IN_POWERSHELL]),
)
"""speech-dispatcher, eSpeak NG, macOS, Windows; the last two speak in the voice the person chose."""


class Voice(QObject):
    """Says things where it is `on`; a speaker that fails makes way for the next one installed."""

    def __init__(self, on: bool, reader: ScreenReader | None = None) -> None:
        super().__init__()
        self._speakers = [each for each in SPEAKERS if shutil.which(each.program)] if on else []
        self._words: str | None = None
        self._speaking: Program | None = None
        self._reader = reader
        if self._speakers:
            self._reader = reader or ScreenReader()
            self._reader.known.connect(self._reader_is_known)

    def say(self, words: str) -> None:
        """Say it now, whatever was being said."""
        if not self._speakers or self._reader is None:
            return
        self.hush()
        self._words = " ".join(words.split())
        if self._reader.runs is False:
            self._speak()

    def hush(self) -> None:
        """Be silent at once."""
        self._words = None
        if self._speaking is None:
            return
        if self._speakers[0].stays:
            self._speaking.tell(CANCEL)
            self._speaking.waitForBytesWritten(WRITTEN_WITHIN_MS)  # the window may be about to end
        else:
            self._speaking.drop()
            self._speaking = None

    def _reader_is_known(self) -> None:
        if self._reader is None or self._reader.runs:
            self.hush()
        elif self._words is not None and self._speaking is None:
            self._speak()

    def _speak(self) -> None:
        if self._words is None or not self._speakers:
            return
        speaker = self._speakers[0]
        if self._speaking is None:
            spoken = language().replace("_", "-").lower()
            self._speaking = Program(self, [speaker.program, *speaker.arguments(spoken)], self._ended)
        self._speaking.tell(self._words)
        if not speaker.stays:
            self._speaking.closeWriteChannel()

    def _ended(self, well: bool) -> None:
        self._speaking = None
        if not well:
            del self._speakers[0]
            self._speak()
