"""`python -m tray_agent.ui NAME` opens one window and ends with it."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

WINDOWS = {
    "banner": "tray_agent.ui.banner_window",
    "break": "tray_agent.ui.breaks.break_window",
    "home": "tray_agent.ui.home_window",
    "menu": "tray_agent.ui.menu_window",
    "safety": "tray_agent.ui.welcome.safety_window",
    "settings": "tray_agent.ui.settings.settings_window",
    "text": "tray_agent.ui.text_window",
    "welcome": "tray_agent.ui.welcome.welcome_window",
    "today": "tray_agent.ui.today.today_window",
}
"""Each window's module; its `main()` returns the exit status."""

RUBBISH = 100_000
"""So many objects are made before anybody looks for rubbish: twice what a window begins with."""


def main(args: Sequence[str]) -> int:
    """Open the window named by the only argument; 2 when there is no such window."""
    if len(args) != 1 or args[0] not in WINDOWS:
        print(f"tray_agent.ui: name one window of: {', '.join(WINDOWS)}", file=sys.stderr)
        return 2
    # Next to nothing made before the first frame is rubbish, but there is much of it to look through.
    gc.set_threshold(RUBBISH)
    status: int = importlib.import_module(WINDOWS[args[0]]).main()
    return status


def leave(status: int) -> NoReturn:
    """End the process with this status, and nothing else.

    Tearing down Qt, its thread and the interpreter in one go crashes now and then, after the last word
    was said; a window has nothing to save that would be worth the risk.
    """
    sys.stderr.flush()
    if sys.platform == "win32":
        import ctypes

        # An exit would let each library say good-bye, and one may wait for a thread that is gone already.
        this_process = ctypes.c_void_p(-1)
        ctypes.windll.kernel32.TerminateProcess(this_process, status)
    os._exit(status)


if __name__ == "__main__":
    leave(main(sys.argv[1:]))
