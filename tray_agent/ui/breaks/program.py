"""Another program at work for a window, which never waits for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QProcess


class Program(QProcess):
    """Runs as a child of `owner`; `ended(well)` is called when it has ended by itself."""

    def __init__(self, owner: QObject, command: Sequence[str], ended: Callable[[bool], object]) -> None:
        super().__init__(owner)
        self._told: Callable[[bool], object] | None = ended
        self.setStandardOutputFile(QProcess.nullDevice())
        self.setStandardErrorFile(QProcess.nullDevice())
        self.finished.connect(self._finished)
        self.start(command[0], list(command[1:]))

    def tell(self, line: str) -> None:
        """Write a line to its standard input."""
        self.write(f"{line}\n".encode())

    def drop(self) -> None:
        """End it; nobody hears of it any more."""
        self._told = None
        self.kill()

    def _finished(self, code: int, how: QProcess.ExitStatus) -> None:
        told, self._told = self._told, None
        self.deleteLater()
        if told is not None:
            told(how is QProcess.ExitStatus.NormalExit and code == 0)
