"""Inside the agent in a storm: its loop and its threads are late at random, as where everything waits.

Python imports a module of this name at its start when it finds one; the storm puts this folder on its path.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time


def be_late(seed: str) -> None:
    """From now on every thread may begin late and tell the loop late, and the loop may be busy."""
    from tray_agent.shell.loop import Call, SelectorLoop

    chance = random.Random(seed)
    begin, turn, post = threading.Thread.run, SelectorLoop.step, SelectorLoop.call_soon

    def late(share: float, *seconds: float) -> None:
        if chance.random() < share:
            time.sleep(chance.choice(seconds))

    def run(thread: threading.Thread) -> None:
        late(0.5, 0.001, 0.02, 0.1)
        begin(thread)

    def step(loop: SelectorLoop, at_most_s: float | None = None) -> None:
        late(0.1, 0.001, 0.01, 0.15)
        turn(loop, at_most_s)

    def call_soon(loop: SelectorLoop, call: Call) -> bool:
        if threading.current_thread() is not threading.main_thread():
            late(0.5, 0.001, 0.02, 0.1)
        return post(loop, call)

    for kind, late_one in ((threading.Thread, run), (SelectorLoop, step), (SelectorLoop, call_soon)):
        setattr(kind, late_one.__name__, late_one)


if "STORM_SEED" in os.environ and "run" in sys.orig_argv:
    be_late(os.environ["STORM_SEED"])
