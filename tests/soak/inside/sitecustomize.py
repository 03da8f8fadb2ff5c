"""Inside the agent under soak: on SIGUSR2 it writes down what only the process itself can count.

Python imports a module of this name at its start when it finds one; the soak puts this folder on its path.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections import Counter
from pathlib import Path


def count(*_signal: object) -> None:
    """Write the number of live objects, of each kind the most frequent, and of the loop's timers."""
    gc.collect()
    kinds: Counter[str] = Counter()
    timers = 0
    for one in gc.get_objects():
        kinds[f"{type(one).__module__}.{type(one).__qualname__}"] += 1
        if type(one).__qualname__ == "SelectorLoop":
            timers += sum(timer.call is not None for _due, _order, timer in one._timers)
    report = Path(os.environ["SOAK_REPORT"])
    unfinished = report.with_suffix(".part")
    text = {"timers": timers, "objects": sum(kinds.values()), "kinds": dict(kinds.most_common(60))}
    unfinished.write_text(json.dumps(text))
    unfinished.rename(report)


if "SOAK_REPORT" in os.environ and "run" in sys.orig_argv:
    signal.signal(signal.SIGUSR2, count)
