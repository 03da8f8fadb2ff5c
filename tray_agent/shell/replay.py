"""The real engine over an activity trace, as fast as it can.

Nothing else on the machine is read or touched.  A routine that is started runs its time and is
then done, unless another answer or a lock ends it first.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

import msgspec
from msgspec.structs import replace

from tray_agent.core import events as ev
from tray_agent.core.commands import BreakTaken, Command, Guide, ShowPrompt, StopGuide
from tray_agent.core.engine import Engine
from tray_agent.core.ledger import Today, together
from tray_agent.core.model import Do, Exercise, Reason, Routine
from tray_agent.core.recall import Held
from tray_agent.core.rules import Rules
from tray_agent.shell import catalogue, intensities, report
from tray_agent.shell.hours import calendar, work_ranges
from tray_agent.shell.hours_ranges import Range
from tray_agent.shell.pipes import reader_left
from tray_agent.shell.schema import Settings
from tray_agent.shell.settings import SettingsFile
from tray_agent.shell.trace import Happening, Header, Slept, Trace, TraceFault, WallMoved
from tray_agent.shell.words import _

Line = dict[str, Any]
NEVER = math.inf


class Replay:
    """Runs one trace; `lines` gives what happens, each line as it becomes known.

    `ranges` are the work hours, None for always; estimates are given every `every_s` seconds.
    """

    def __init__(
        self,
        header: Header,
        rules: Rules,
        exercises: tuple[Exercise, ...],
        ranges: tuple[Range, ...] | None,
        every_s: float,
    ) -> None:
        self._wall, self._zone = header.start, header.zone
        self._ranges = ranges
        self._every_s = every_s
        self._engine = Engine(rules, exercises)
        self._samples = 0
        self._deadline = self._day_ends = self._routine_ends = NEVER
        self._routine: Routine | None = None
        self._slept_at: float | None = None
        self._quiet: tuple[Reason, ...] = ()
        self._breaks = 0
        self._past_days = Today()

    def lines(self, trace: Iterable[tuple[float, Happening]]) -> Iterator[Line]:
        """Every line of the replay, the summary last."""
        now = 0.0
        yield from self._handle(now, self._day(now), ev.SensorFound(), ev.Input())
        for now, happening in trace:
            yield from self._until(now)
            yield from self._happen(happening, now)
        yield from self._until(now)
        if self._samples * self._every_s == now:
            yield self._estimate(now)
        if left := self._engine.open_break(now):
            yield {"kind": "break", "start": report.seconds(left.start), "end": None, "cause": left.cause}
        # A night is a break of no day's own, but one of the trace's.
        total = replace(together(self._past_days, self._engine.view(now).today), breaks=self._breaks)
        yield {"kind": "summary", **report.today(total)}

    @property
    def last_held(self) -> Held | None:
        """The last time a prompt was held back, which may still last."""
        return self._engine.last_held

    @property
    def routine_ends(self) -> float:
        """When the routine that runs will be over; `NEVER` while none does."""
        return self._routine_ends

    def asks(self, now: float) -> bool:
        """Whether a prompt is showing."""
        return self._engine.view(now).prompt is not None

    def _until(self, t: float) -> Iterator[Line]:
        """Everything due up to `t` and every estimate before it; what is due comes first."""
        while True:
            due = min(self._day_ends, self._routine_ends, self._deadline)
            sample_at = self._samples * self._every_s
            if due <= min(t, sample_at):
                yield from self._act(due)
            elif sample_at < t:
                yield self._estimate(sample_at)
            else:
                return

    def _act(self, due: float) -> Iterator[Line]:
        if due == self._day_ends:
            yield from self._handle(due, self._day(due))
        elif self._routine is not None and due == self._routine_ends:
            yield from self._end_routine(self._routine, due, done=tuple(range(len(self._routine.steps))))
        else:
            yield from self._handle(due, ev.Tick())

    def _happen(self, happening: Happening, now: float) -> Iterator[Line]:
        match happening:
            case WallMoved(offset_s, zone):
                self._wall += offset_s
                self._zone = zone or self._zone
                yield from self._handle(now, self._day(now))
            case Slept(on=True) if self._slept_at is None:
                self._slept_at = now
                yield from self._handle(now, ev.Suspended())
            case Slept(on=False) if self._slept_at is not None:
                gap, self._slept_at = now - self._slept_at, None
                yield from self._handle(now, ev.Resumed(gap, slept=True))
            case Slept():
                pass
            case _:
                yield from self._handle(now, happening)
                # The engine knows only answers to prompts; this one is to what is being played.
                if isinstance(happening, ev.Answer) and happening.do is not Do.START and self._routine:
                    yield from self._end_routine(self._routine, now, done=())

    def _day(self, now: float) -> ev.Day:
        day = calendar(self._wall + now, self._zone, self._ranges)
        self._day_ends = now + day.ends_in_s
        return day

    def _end_routine(self, routine: Routine, now: float, done: tuple[int, ...]) -> Iterator[Line]:
        self._play(None, NEVER)
        yield from self._handle(now, ev.RoutineEnded(routine.id, done))

    def _handle(self, now: float, *events: ev.Event) -> Iterator[Line]:
        engine = self._engine
        for event in events:
            date = engine.date
            figures = engine.view(now).today if isinstance(event, ev.Day) else None
            for command in engine.handle(event, now):
                yield from self._obey(command, now)
            if figures is not None and engine.date != date:
                self._past_days = together(self._past_days, figures)
        deadline = engine.deadline()
        self._deadline = NEVER if deadline is None else deadline
        if (quiet := engine.quiet()) != self._quiet:
            self._quiet = quiet
            yield {"kind": "quiet", "t": report.seconds(now), "reasons": list(quiet)}

    def _obey(self, command: Command, now: float) -> Iterator[Line]:
        match command:
            case Guide(routine):
                self._play(routine, now + routine.seconds)
            case StopGuide():
                self._play(None, NEVER)
            case ShowPrompt(prompt):
                yield {
                    "kind": "prompt",
                    "t": report.seconds(now),
                    "prompt": prompt.kind,
                    "insistence": prompt.insistence,
                    "because": report.because(prompt.because),
                }
            case BreakTaken(taken) if taken.end is not None:
                self._breaks += 1
                start, end = report.seconds(taken.start), report.seconds(taken.end)
                yield {"kind": "break", "start": start, "end": end, "cause": taken.cause}

    def _play(self, routine: Routine | None, until: float) -> None:
        self._routine, self._routine_ends = routine, until

    def _estimate(self, now: float) -> Line:
        self._samples += 1
        estimate = self._engine.estimate(now)
        return {
            "kind": "estimate",
            "t": report.seconds(now),
            "posture": estimate.posture,
            "sitting_s": report.seconds(estimate.sitting_s),
            "confidence": round(estimate.confidence, 2),
        }


def main(
    file: Path, config: Path | None, every_s: float, form: str, out: TextIO, *, errors: TextIO | None = None
) -> int:
    """Replay `file` to `out` as `text` or `jsonl`; returns the exit code."""
    errors = errors or sys.stderr
    if not 0 < every_s < NEVER:
        errors.write(_("estimates every {every:g} s: allowed is a number above 0\n").format(every=every_s))
        return 2
    settings, faults = _settings(config)
    if faults:
        errors.writelines(f"{fault}\n" for fault in faults)
        return 2
    try:
        _print(_run(file, settings, every_s), form, out)
    except TraceFault as fault:
        errors.write(f"{fault}\n")
        return 2
    except OSError as error:
        # Python's own flush at the end must not fail on it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        if not reader_left(error):
            errors.write(_("the replay cannot be written: {why}\n").format(why=error.strerror))
            return 1
    return 0


def _run(file: Path, settings: Settings, every_s: float) -> Iterator[Line]:
    trace = Trace(file)
    rules, exercises = intensities.load(settings), catalogue.load().exercises
    return Replay(trace.header, rules, exercises, work_ranges(settings), every_s).lines(trace)


def _print(lines: Iterable[Line], form: str, out: TextIO) -> None:
    for line in lines:
        text = report.in_words(line) if form == "text" else msgspec.json.encode(line).decode()
        out.write(f"{text}\n")
    out.flush()


def _settings(config: Path | None) -> tuple[Settings, tuple[object, ...]]:
    if config is None:
        return Settings(), ()
    if not config.is_file():
        return Settings(), (_("{file} is not a file that can be read").format(file=config),)
    settings, faults, _changed = SettingsFile(config).reload()
    return settings, faults
