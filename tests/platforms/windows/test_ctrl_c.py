"""Ctrl-C in a console ends the loop.  The console is a real one, with the child alone in it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

CHILD = """
import ctypes, signal, threading
from tray_agent.shell.loop import SelectorLoop
loop = SelectorLoop()
press = lambda: ctypes.WinDLL("kernel32").GenerateConsoleCtrlEvent(0, 0)
with loop.ended_by([signal.SIGINT, signal.SIGBREAK]):
    threading.Timer(0.3, press).start()
    loop.call_later(20, lambda: 1 // 0)
    {live}
print("ended")
"""
HERE = "loop.run()"
ELSEWHERE = """living = threading.Thread(target=loop.run, daemon=True)
    living.start()
    while living.is_alive():
        living.join(0.1)"""


@pytest.mark.parametrize("live", [HERE, ELSEWHERE], ids=["on the main thread", "on another"])
def test_ctrl_c_ends_the_loop(live: str) -> None:
    said = subprocess.run(
        [sys.executable, "-c", CHILD.format(live=live)],
        creationflags=subprocess.CREATE_NEW_CONSOLE,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert said.stdout.strip() == "ended"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGBREAK])
def test_a_signal_wakes_a_loop_that_waits(loop: SelectorLoop, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    raised: Callable[[], object] = lambda: signal.raise_signal(number)  # noqa: E731  a timer's call
    with loop.ended_by([number]):
        threading.Timer(0.1, raised).start()
        loop.call_later(10.0, lambda: pytest.fail("nobody ended the loop"))
        loop.run()
    assert signal.getsignal(number) is before
