"""Windows of other programs under Wayland: empty ones of Qt's, whose states the compositor decides."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

PROGRAM = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
from tray_agent.ui.application import start
from tray_agent.ui.incoming import Appearance
if sys.argv[1]:
    app = QApplication(["a-program"])
    app.setDesktopFileName(sys.argv[1])
else:
    app = start(sys.argv[2], Appearance())
window = QWidget()
window.setWindowTitle(sys.argv[2])
window.showFullScreen() if sys.argv[3:] else window.show()
app.exec()
"""

OUR_OWN = ""
"""The program that begins as all our windows do."""


@contextmanager
def toplevel(
    env: Mapping[str, str], program: str, title: str = "A title", *, full_screen: bool = False
) -> Iterator[None]:
    """A window of a program of that id, or of our own; it may ask for the whole screen at once."""
    command = [sys.executable, "-c", PROGRAM, program, title, *(["full"] if full_screen else [])]
    process = subprocess.Popen(
        command,
        env={**env, "QT_QPA_PLATFORM": "wayland"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait(10)
