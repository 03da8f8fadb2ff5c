"""The note on the screen, remembered by a file, so that an agent that was killed leaves none behind.

Each service counts its notes from the beginning, so the number alone may soon be another program's
note.  It is kept together with who gave it, a name that is never given twice on one bus.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


class LastNote:
    """The number of the note on the screen, in `file`; without one nothing is remembered.

    `giver` is the service's unique name together with the id of its bus.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._left = self._read()

    def left_with(self, giver: str) -> int | None:
        """The note that an agent before this one left with this service; told once."""
        left, self._left = self._left, None
        self.forget()
        if left is None or left[0] != giver:
            return None
        return left[1]

    def keep(self, giver: str, number: int) -> None:
        """This note is on the screen now."""
        if self._file is not None:
            # A disk that refuses costs a note that stays too long, after a crash.
            with suppress(OSError):
                self._file.write_text(f"{giver} {number}\n", encoding="ascii")

    def forget(self) -> None:
        """None is on the screen any more."""
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink()

    def _read(self) -> tuple[str, int] | None:
        if self._file is None:
            return None
        try:
            giver, _space, number = self._file.read_text(encoding="ascii").strip().rpartition(" ")
        except (OSError, UnicodeDecodeError):
            return None
        return (giver, int(number)) if number.isdecimal() else None
