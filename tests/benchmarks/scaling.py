"""How the engine's cost grows: with the events of a replay, with the days of a year, with workers.

    python -m tests.benchmarks.scaling                     a table; takes a minute
    python -m tests.benchmarks.scaling --picture FILE.svg  and the cost of the year, event by event

Seconds are those of one core.  The year is 230 days of work, made of the labelled days one after the
other, five a week.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from tests.benchmarks.curve import Point, picture, straightness
from tests.simulation.score import DAYS
from tray_agent.core.model import Intensity
from tray_agent.shell import catalogue, intensities, setting_values
from tray_agent.shell.hours import work_ranges
from tray_agent.shell.lab import people
from tray_agent.shell.lab.figures import Figures
from tray_agent.shell.lab.life import Under, live
from tray_agent.shell.replay import Replay
from tray_agent.shell.schema import Settings
from tray_agent.shell.trace import Happening, Trace

LABELLED = sorted(DAYS.glob("*.jsonl.gz"))
YEAR_DAYS = 230
WORKERS, LAB_DAYS = 8, 5
TRIES = 5
_WORKDAYS, _DAY_S = 5, 86400.0


def one_day(path: Path) -> tuple[int, float, float]:
    """Events, wall seconds and processor seconds of the command on one trace; the best of some tries."""
    with gzip.open(path) as lines:
        events = sum(b'"e"' in line for line in lines)
    tries = [_command(path) for _ in range(TRIES)]
    return events, *(min(column) for column in zip(*tries, strict=True))  # type: ignore[return-value]


def _command(path: Path) -> tuple[float, float]:
    before, began = _children_s(), time.perf_counter()
    command = [sys.executable, "-m", "tray_agent", "replay", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began, _children_s() - before


def _children_s() -> float:
    used = os.times()  # in hundredths of a second; none on Windows
    return used.children_user + used.children_system


def write_year(path: Path, days: int = YEAR_DAYS, made_of: Sequence[Path] = LABELLED) -> None:
    """One trace of so many days of work: the labelled days in turn, the machine asleep in between."""
    with gzip.open(path, "wb", compresslevel=1) as file:
        kept = itertools.cycle([_entries(day) for day in made_of])
        for number, (header, *entries) in zip(range(days), kept, strict=False):
            if number == 0:
                file.write(_line(header))
            began = (number // _WORKDAYS * 7 + number % _WORKDAYS) * _DAY_S
            night = [{"t": 0.0, "e": "resume"}, *entries, {"t": entries[-1]["t"], "e": "suspend"}]
            file.writelines(_line(entry | {"t": entry["t"] + began}) for entry in night)


def _entries(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path) as lines:
        return [entry for line in lines if "truth" not in (entry := msgspec.json.decode(line))]


def _line(entry: dict[str, Any]) -> bytes:
    return msgspec.json.encode(entry) + b"\n"


def growth(path: Path) -> list[Point]:
    """(events, processor seconds) at the end of each day of a trace, replayed here."""
    settings = Settings()
    rules, exercises = intensities.load(settings), catalogue.load().exercises
    points: list[Point] = [(0, 0.0)]
    trace = Trace(path)

    def counted() -> Iterator[tuple[float, Happening]]:
        began, day, count = time.process_time(), 0.0, 0
        for count, (t, happening) in enumerate(trace, 1):
            if t // _DAY_S > day:
                day = t // _DAY_S
                points.append((count - 1, time.process_time() - began))
            yield t, happening
        points.append((count, time.process_time() - began))

    for _line in Replay(trace.header, rules, exercises, work_ranges(settings), 60.0).lines(counted()):
        pass
    return points


def lab_day_s(intensity: Intensity) -> float:
    """Processor seconds of one worker's day in the lab; the best of some tries."""
    tries = []
    for _ in range(TRIES):
        began = time.process_time()
        live_through(intensity, WORKERS, LAB_DAYS)
        tries.append(time.process_time() - began)
    return min(tries) / (WORKERS * LAB_DAYS)


def live_through(intensity: Intensity, workers: int, days: int) -> Figures:
    """So many workers of the lab, one after the other."""
    settings = setting_values.typed({"intensity": intensity})
    under = Under(intensities.load(settings), work_ranges(settings))
    everybody, exercises = people.load(), catalogue.load().exercises
    return sum((live(under, everybody, exercises, number, days) for number in range(workers)), Figures())


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scaling", description=__doc__)
    parser.add_argument("--picture", type=Path, metavar="FILE.svg")
    parser.add_argument("--days", type=int, default=YEAR_DAYS, help="of the year")
    asked = parser.parse_args()
    print("`replay` of a labelled day    events   wall s    CPU s")
    found = {path.name: one_day(path) for path in LABELLED}
    for name, (events, wall_s, cpu_s) in found.items():
        print(f"  {name:26} {events:7} {wall_s:8.3f} {cpu_s:8.3f}")
    print(f"  {'median':26} {'':7} {median(wall_s for _, wall_s, _ in found.values()):8.3f}")
    with TemporaryDirectory() as folder:
        year = Path(folder, "year.jsonl.gz")
        write_year(year, asked.days)
        wall_s, cpu_s = _command(year)
        points = growth(year)
    print(f"  {f'{asked.days} days in one':26} {points[-1][0]:7.0f} {wall_s:8.3f} {cpu_s:8.3f}")
    print(f"  strays from a straight line by at most {straightness(points):.1%}")
    for intensity in Intensity:
        print(f"a worker's day in the lab, {intensity:9} {lab_day_s(intensity) * 1000:8.1f} ms CPU")
    if asked.picture:
        title = f"Replay of {asked.days} days of work, and a straight line"
        asked.picture.write_text(picture(title, "events", "CPU seconds", points), encoding="utf-8")


if __name__ == "__main__":
    main()
