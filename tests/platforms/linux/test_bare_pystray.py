"""pystray without its backends: checked in an interpreter of its own, where nothing is loaded yet."""

from __future__ import annotations

import subprocess
import sys

import pytest


def test_no_toolkit_is_loaded_and_no_display_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("PYSTRAY_BACKEND", raising=False)
    program = (
        "import sys\n"
        "from tray_agent.platforms.linux.bare_pystray import Icon, Menu, MenuItem\n"
        "assert issubclass(Icon, sys.modules['pystray._base'].Icon) and Menu.SEPARATOR and MenuItem\n"
        "toolkits = {'gi', 'Xlib', 'PIL', 'pystray._xorg', 'PySide6'}\n"
        "print(*toolkits & set(sys.modules))\n"
    )
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (run.stdout.strip(), run.stderr) == ("", "")
