"""Labelled days, and what a method may say of one: the truth, plain idle rules, the real engine."""

from __future__ import annotations

import gzip
import json
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from tray_agent.core import events as ev
from tray_agent.core.model import Do, Signal
from tray_agent.shell import catalogue, intensities
from tray_agent.shell.replay import Replay
from tray_agent.shell.schema import Activity, Hours, Settings
from tray_agent.shell.trace import Happening, Slept, Trace

EVERY_S = 10
BREAK_S = 120.0
INTERVAL_S = 45 * 60.0

DEFAULT = Settings(hours=Hours(mode="always"))
PRESET = Settings(hours=Hours(mode="always"), activity=Activity(long_silences=True))

Span = tuple[float, float]
Line = Mapping[str, Any]


@dataclass(frozen=True)
class Day:
    """A labelled day up to its last event: every time off the chair, and every input, in order.

    `taken` is when a call, sharing, full screen or do-not-disturb was on: each a time to be silent.
    """

    profile: str
    end: float
    off: tuple[Span, ...]
    inputs: tuple[float, ...]
    taken: tuple[Span, ...] = ()

    @cached_property
    def breaks(self) -> list[Span]:
        """Times off the chair that end a bout."""
        return [span for span in self.off if span[1] - span[0] >= BREAK_S]

    @cached_property
    def bouts(self) -> list[Span]:
        """Sitting from break to break, pauses included."""
        edges = [0.0, *(edge for span in self.breaks for edge in span), self.end]
        return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]

    @cached_property
    def _returns(self) -> list[float]:
        return [0.0, *(end for _, end in self.breaks)]

    def is_off(self, t: float) -> bool:
        """Whether the person is off the chair, be it for a moment."""
        latest = bisect_right(self.off, (t, math.inf)) - 1
        return latest >= 0 and t < self.off[latest][1]

    def sat_for(self, t: float) -> float | None:
        """Length of the bout at `t`; None while the person is off the chair."""
        return None if self.is_off(t) else t - self._returns[bisect_right(self._returns, t) - 1]


@dataclass(frozen=True, slots=True)
class Account:
    """What a method says of a day: `sitting_s` at every sample, and the breaks it saw."""

    samples: tuple[tuple[float, float], ...]
    breaks: tuple[Span, ...]

    def dues(self) -> Iterator[Span]:
        """From when a stand-up is due, by this account alone, to the end of that bout's sitting."""
        due: float | None = None
        for t, sitting_s in self.samples:
            if due is not None and sitting_s < INTERVAL_S:
                yield due, t - sitting_s  # a bout that began between two samples ended the one before
                due = None
            elif due is None and sitting_s >= INTERVAL_S:
                due = t - (sitting_s - INTERVAL_S)
        if due is not None:
            yield due, self.samples[-1][0]


def read(path: Path) -> Day:
    """The truth and the inputs of a labelled day."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        header, *entries = map(json.loads, lines)
    end = max(entry["t"] for entry in entries if "truth" not in entry)
    inputs = tuple(entry["t"] for entry in entries if entry.get("e") == "input")
    labels = [(entry["t"], entry["truth"] == "seated") for entry in entries if "truth" in entry]
    events = [(entry["t"], entry["e"]) for entry in entries if "e" in entry]
    return Day(header["profile"], end, tuple(_off(labels, end)), inputs, tuple(_taken(events, end)))


def _off(labels: Iterable[tuple[float, bool]], end: float) -> Iterator[Span]:
    left: float | None = None
    for t, seated in labels:
        if not seated and left is None:
            left = t
        elif seated and left is not None:
            yield left, t
            left = None
    if left is not None and left < end:
        yield left, end


def _taken(events: Iterable[tuple[float, str]], end: float) -> Iterator[Span]:
    began: dict[str, float] = {}
    for t, event in events:
        name, _, edge = event.rpartition("_")
        if name in {"call", "share", "fullscreen", "dnd"}:
            if edge == "on":
                began[name] = t
            else:
                yield began.pop(name), t
    yield from ((start, end) for start in began.values())


def idle_rule(day: Day, minutes: float) -> Account:
    """Away after `minutes` without input, dated back to the last one; nothing else is looked at."""
    inputs = [0.0, *(t for t in day.inputs if t > 0)]
    gaps = [gap for gap in pairwise([*inputs, day.end]) if gap[1] - gap[0] >= minutes * 60]
    returns = [0.0, *(end for _, end in gaps)]
    samples = []
    for t in range(0, int(day.end) + 1, EVERY_S):
        last = inputs[bisect_right(inputs, t) - 1]
        away = t - last >= minutes * 60
        samples.append((float(t), 0.0 if away else t - returns[bisect_right(returns, t) - 1]))
    return Account(tuple(samples), tuple(gaps))


SIGNALS: dict[str, tuple[Happening, ...]] = {
    "lock": (ev.Locked(), ev.Unlocked()),
    "sleep": (Slept(True), Slept(False)),
    **{signal.value: (ev.Context(signal, True), ev.Context(signal, False)) for signal in Signal},
}
"""What can be left out of a day to learn what it is worth."""


def replay(
    path: Path, settings: Settings = DEFAULT, without: Iterable[str] = (), *, answers: bool = False
) -> list[Line]:
    """What the real engine says of a day, `without` some signals.

    Nobody reacts to a prompt, or (`answers`) somebody who starts every other break within a minute;
    the day itself goes on as it was.
    """
    rules, exercises = intensities.load(settings), catalogue.load().exercises
    trace = Trace(path)
    deaf_to = {happening for name in without for happening in SIGNALS[name]}
    person = Person((entry for entry in trace if entry[1] not in deaf_to), Random(path.name), answers=answers)
    lines: list[Line] = []
    for line in Replay(trace.header, rules, exercises, None, EVERY_S).lines(person):
        lines.append(line)
        if line["kind"] == "prompt":
            person.is_asked(line["t"])
    return lines


class Person:
    """A trace with the answers of somebody who is asked while it runs."""

    def __init__(self, trace: Iterable[tuple[float, Happening]], chance: Random, *, answers: bool) -> None:
        self._trace, self._chance, self._answers = trace, chance, answers
        self._starts_at = math.inf

    def __iter__(self) -> Iterator[tuple[float, Happening]]:
        last = 0.0
        for t, happening in self._trace:
            if self._starts_at <= t:
                yield max(last, self._starts_at), ev.Answer(Do.START)
                self._starts_at = math.inf
            yield t, happening
            last = t

    def is_asked(self, t: float) -> None:
        """A prompt appears."""
        if self._answers and self._chance.random() < 0.5:
            self._starts_at = t + self._chance.randint(5, 50)


def account(lines: Iterable[Line], day: Day) -> Account:
    """The engine's own account of the day."""
    samples, breaks = [], []
    for line in lines:
        if line["kind"] == "estimate":
            samples.append((line["t"], line["sitting_s"]))
        elif line["kind"] == "break":
            breaks.append((line["start"], line["end"] or day.end))
    return Account(tuple(samples), tuple(breaks))
