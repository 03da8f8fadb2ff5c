"""A generated day as a trace that `tray-agent replay` reads, with the truth in lines of its own."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.simulation.generated.body import Body, Place, Span
from tests.simulation.generated.person import MIN
from tests.simulation.generated.signals import Contexts, Session

START = "2026-03-02T08:30:00+01:00"

_ORDER = ("truth", "resume", "unlock", "on", "input", "off", "lock", "suspend")
Line = dict[str, Any]


def lines(header: Line, body: Body, inputs: Iterable[int], on: Contexts, session: Session) -> Iterator[Line]:
    """The header, then everything in order of time; nothing comes after the person has left."""
    end = body.stays[-1].end
    seen = sorted(t for t in set(inputs) if t < end and not _within(t, session.asleep))
    entries = [("truth", t, label) for t, label in _truth(body)]
    entries += [("input", t, "input") for t in seen]
    entries += _edges(session.locked, "lock", "unlock", end)
    entries += _edges(session.asleep, "suspend", "resume", end)
    for name, (start, stop) in on.spans:
        if start < end:
            entries += [("on", start, f"{name}_on"), ("off", min(stop, end), f"{name}_off")]
    entries.sort(key=lambda entry: (entry[1], _ORDER.index(entry[0])))
    yield {"trace": "tray-agent/1", "start": START, **header}
    for sort, t, what in entries:
        yield {"t": t, "truth" if sort == "truth" else "e": what}


def write(path: Path, day: Iterable[Line]) -> None:
    """Put a day into a file; the same day gives the same bytes."""
    text = "".join(f"{json.dumps(line, separators=(',', ':'))}\n" for line in day)
    path.write_bytes(gzip.compress(text.encode(), compresslevel=1, mtime=0))


def _truth(body: Body) -> Iterator[tuple[int, str]]:
    said = None
    for stay in body.stays:
        label = stay.place.value
        if stay.place is Place.ELSEWHERE and stay.end - stay.start < 3 * MIN:
            label = "standing"
        if label != said and stay.end > stay.start:
            yield stay.start, label
            said = label
    yield body.stays[-1].end, "away"


def _edges(spans: Iterable[Span], begins: str, ends: str, end: int) -> Iterator[tuple[str, int, str]]:
    for start, stop in spans:
        if start < end:
            yield begins, start, begins
        if stop < end:
            yield ends, stop, ends


def _within(t: int, spans: Iterable[Span]) -> bool:
    return any(start <= t < stop for start, stop in spans)
