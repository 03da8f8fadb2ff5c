"""Labelled days and accounts of them, as short as a test needs them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from tests.simulation.labelled import Account, Day, Span

MIN = 60.0


def day(end: float, *off: Span, inputs: tuple[float, ...] = ()) -> Day:
    """One with this truth."""
    return Day("tester", end, off, inputs)


def account(*bouts: Span, end: float, breaks: tuple[Span, ...] = ()) -> Account:
    """One that says the person sits in `bouts` and is off the chair else, every 10 s."""

    def sitting_s(t: float) -> float:
        return next((t - start for start, stop in bouts if start <= t < stop), 0.0)

    return Account(tuple((float(t), sitting_s(t)) for t in range(0, int(end) + 1, 10)), breaks)


def write(path: Path, *lines: dict[str, Any]) -> Path:
    """A labelled day of a tester, as a file."""
    header = {"trace": "tray-agent/1", "start": "2026-03-02T09:00:00+01:00", "profile": "tester"}
    path.write_bytes(gzip.compress("".join(f"{json.dumps(line)}\n" for line in (header, *lines)).encode()))
    return path


def morning(path: Path) -> Path:
    """Ten minutes of input, five off the chair, five of input."""
    return write(
        path,
        {"t": 0, "truth": "seated"},
        *({"t": t, "e": "input"} for t in range(0, 601, 30)),
        {"t": 600, "truth": "standing"},
        {"t": 700, "truth": "away"},
        {"t": 900, "truth": "seated"},
        *({"t": t, "e": "input"} for t in range(900, 1201, 30)),
        {"t": 1205, "truth": "away"},
    )
