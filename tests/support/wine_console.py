"""A Windows program that runs an agent in a console and presses Ctrl-C there.

It presses once there is a file `now` in the agent's home, and leaves with the agent's exit code.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.support.waiting import wait_until

assert sys.platform == "win32"

EVERYBODY = 0


def main() -> int:
    """Start, wait for the word, press."""
    kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    # What is started from Linux has a console in which no key can be pressed.
    kernel32.FreeConsole()
    kernel32.AllocConsole()
    agent = subprocess.Popen([sys.executable, "-m", "tray_agent", "run"])
    try:
        now = Path(os.environ["TRAY_AGENT_HOME"], "now")
        wait_until(lambda: now.exists() or agent.poll() is not None, "the word to press", 40)
        kernel32.SetConsoleCtrlHandler(None, 1)  # this program hears it too, and is to stay
        if not kernel32.GenerateConsoleCtrlEvent(signal.CTRL_C_EVENT, EVERYBODY):
            raise ctypes.WinError(ctypes.get_last_error())
        return agent.wait(15)
    finally:
        agent.kill()


if __name__ == "__main__":
    sys.exit(main())
