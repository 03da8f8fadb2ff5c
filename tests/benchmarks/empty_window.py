"""The least that a window of Qt in Python can be: it says so once it is painted, and ends with its input.

python tests/benchmarks/empty_window.py
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class Empty(QWidget):
    """Paints nothing, once."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt names it
        """Be there; then read what is left to read, and go."""
        QTimer.singleShot(0, painted)


def painted() -> None:
    """Tell whoever waits, and end when told to."""
    print('{"event": "ready"}', flush=True)
    sys.stdin.readline()
    os._exit(0)


if __name__ == "__main__":
    sys.stdin.readline()
    application = QApplication([])
    window = Empty()
    window.show()
    application.exec()
