"""What is heard as a routine goes on: calm announcements, and sound and speech where they are wanted."""

from __future__ import annotations

from typing import Literal, Protocol

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from tray_agent.shell.words import _
from tray_agent.ui.breaks.brief import Brief
from tray_agent.ui.breaks.phase_words import announcement
from tray_agent.ui.breaks.sequence import Phase, Sequence

SOON_S = 10.0
"""So long before a hold is over it is said, once."""

LONG_S = 2 * SOON_S
"""In shorter holds it is not worth saying."""


Turn = Literal["begin", "switch", "done"]


class Rings(Protocol):
    """Short sounds."""

    def ring(self, kind: Turn) -> object:
        """Sound once."""


class Speaks(Protocol):
    """A voice."""

    def say(self, words: str) -> object:
        """Say this instead of whatever is being said."""

    def hush(self) -> object:
        """Say no more."""


class Cues:
    """Says each phase once; `speaker` is the window whose screen reader listens."""

    def __init__(self, speaker: QWidget, chime: Rings | None, voice: Speaks | None) -> None:
        self._speaker, self._chime, self._voice = speaker, chime, voice
        self._soon_said = False

    @classmethod
    def wished(cls, speaker: QWidget, brief: Brief) -> Cues:
        """With sound and speech as the brief wishes; what is not wished for is not even loaded."""
        chime: Rings | None = None
        voice: Speaks | None = None
        if brief.sound:
            from tray_agent.ui.breaks.chime import Chime

            chime = Chime(on=True)
        if brief.speech:
            from tray_agent.ui.breaks.voice import Voice

            voice = Voice(on=True)
        return cls(speaker, chime, voice)

    def phase(self, sequence: Sequence) -> None:
        """Another phase has begun."""
        self._soon_said = False
        self.ring(sequence.phase)
        self.say(announcement(sequence))

    def ring(self, phase: Phase) -> None:
        """Let the beginning of a phase be heard without words."""
        if self._chime is not None:
            self._chime.ring(_turn(phase))

    def time(self, sequence: Sequence) -> None:
        """Time has passed."""
        left_s = sequence.left_s
        if self._soon_said or sequence.phase is not Phase.HOLD or left_s is None:
            return
        if sequence.step.seconds >= LONG_S and left_s <= SOON_S:
            self._soon_said = True
            self.say(_("10 seconds left."))

    def say(self, words: str, *, urgent: bool = False) -> None:
        """Have it read aloud; urgent words do not wait for others to end."""
        politeness = QAccessible.AnnouncementPoliteness
        event = QAccessibleAnnouncementEvent(self._speaker, words)
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)
        if self._voice is not None:
            self._voice.say(words)

    def hush(self) -> None:
        """Stop speaking."""
        if self._voice is not None:
            self._voice.hush()


def _turn(phase: Phase) -> Turn:
    if phase is Phase.OVER:
        return "done"
    return "switch" if phase.preparing else "begin"
