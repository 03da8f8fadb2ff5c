"""Soft sounds at the turns of a break, played by what the system has for it.

Nothing is told by sound alone, so where nothing can play it stays silent and nobody need know.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from PySide6.QtCore import QObject

from tray_agent.ui.breaks.program import Program
from tray_agent.ui.breaks.tones import Kind, sound

PLAYERS = (
    ("pw-play",),
    ("paplay",),
    ("canberra-gtk-play", "-f"),
    ("aplay", "-q"),
    ("afplay",),
)
"""PipeWire, PulseAudio, the desktop's event sounds, ALSA; macOS.  The file's name comes last."""


class Chime(QObject):
    """Rings where it is `on`; a player that fails makes way for the next one that is installed."""

    def __init__(self, on: bool) -> None:
        super().__init__()
        self._on = on
        self._players = [(found, *args) for name, *args in PLAYERS if (found := shutil.which(name))]
        self._playing: Program | None = None
        self._file: _SoundFile | None = None

    def ring(self, kind: Kind) -> None:
        """Begin to play and return at once; a sound still playing makes way."""
        if not self._on:
            return
        if sys.platform == "win32":
            _play_on_windows(sound(kind))
        else:
            self._play(kind)

    def _play(self, kind: Kind) -> None:
        self._clear()
        if self._players:
            self._file = _SoundFile(sound(kind))
            command = [*self._players[0], self._file.name]
            self._playing = Program(self, command, lambda well: self._ended(kind, well))

    def _ended(self, kind: Kind, well: bool) -> None:
        self._clear()
        if not well:
            del self._players[0]
            self._play(kind)

    def _clear(self) -> None:
        if self._playing is not None and self._file is not None:
            self._playing.drop()
            self._file.close()
        self._playing = self._file = None


class _SoundFile:
    """A file that is there while it is played: in memory where the system can, and so never left behind."""

    def __init__(self, content: bytes) -> None:
        self._path: Path | None = None
        if sys.platform == "linux":
            self._number = os.memfd_create("chime", 0)  # a child inherits it
            self.name = f"/proc/self/fd/{self._number}"
        else:
            self._number, self.name = tempfile.mkstemp(".wav", "tray-agent-")
            self._path = Path(self.name)
        os.write(self._number, content)

    def close(self) -> None:
        os.close(self._number)
        if self._path is not None:
            self._path.unlink(missing_ok=True)


def _play_on_windows(content: bytes) -> None:
    # From memory it cannot be played without waiting.
    threading.Thread(target=_play_to_the_end, args=(content,), daemon=True).start()


def _play_to_the_end(content: bytes) -> None:
    if sys.platform == "win32":
        import winsound

        try:
            # Without the second flag Windows beeps where it cannot play.
            winsound.PlaySound(content, winsound.SND_MEMORY | winsound.SND_NODEFAULT)
        except RuntimeError:
            pass  # there is no device, or it is somebody else's
