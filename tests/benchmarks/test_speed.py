"""What the engine costs, in calls of functions: the same on every machine, however busy it is."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from tests.benchmarks import curve, scaling
from tests.simulation.score import DAYS
from tests.support.timeline import EXERCISES
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine
from tray_agent.core.model import Intensity
from tray_agent.core.rules import Rules
from tray_agent.shell.replay import Replay
from tray_agent.shell.trace import Happening, Header, Trace

AN_EVENT = 60
"""A labelled day takes some 35 calls an event; it took 180 when the engine looked at every event in full."""

A_WORKER_DAY = 110_000
"""A worker's day in the lab takes some 72,000, and took 208,000."""

DAY = ev.Day("2026-03-02", "2026-W10", 86400.0, ((-3600.0, 30000.0),))


def calls(work: Callable[[], object]) -> int:
    """How many functions that work calls."""
    count = 0

    def called(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def replayed(header: Header, trace: Iterator[tuple[float, Happening]]) -> None:
    for _line in Replay(header, Rules(), EXERCISES, None, 60.0).lines(trace):
        pass


@pytest.mark.parametrize("name", ["dev_sitdesk_0", "support_sitdesk_1"])
def test_a_labelled_day_takes_few_calls_an_event(name: str) -> None:
    trace = Trace(DAYS / f"{name}.jsonl.gz")
    entries = list(trace)
    assert calls(lambda: replayed(trace.header, iter(entries))) <= AN_EVENT * len(entries)


def test_a_replay_grows_with_its_days_and_no_faster(tmp_path: Path) -> None:
    def of_days(count: int) -> int:
        scaling.write_year(tmp_path / "year", count, [DAYS / "reader_sitdesk_0.jsonl.gz"])
        trace = Trace(tmp_path / "year")
        return calls(lambda: replayed(trace.header, iter(trace)))

    one, six, eleven = map(of_days, (1, 6, 11))  # a weekend apart
    assert eleven - six <= 1.02 * (six - one)


def test_an_input_at_work_takes_a_fraction_of_what_news_takes() -> None:
    engine = Engine(Rules(), EXERCISES)
    for event in (DAY, ev.SensorFound(), ev.Input()):
        engine.handle(event, 0.0)
    now = itertools.count(10.0, 10.0)

    def take(*events: ev.Event) -> int:
        return calls(lambda: [(engine.handle(event, next(now)), engine.deadline()) for event in events])

    news = take(ev.Locked(), ev.Unlocked())
    engine.handle(ev.Input(), next(now))
    assert 5 * take(ev.Input(), ev.Input()) < news
    assert 20 * take(ev.Tick(), ev.Tick()) < news


def test_a_worker_s_day_in_the_lab_takes_few_calls() -> None:
    assert calls(lambda: scaling.live_through(Intensity.STANDARD, 2, 2)) <= 2 * 2 * A_WORKER_DAY


def test_a_year_is_made_of_the_labelled_days_and_grows_in_a_straight_line(tmp_path: Path) -> None:
    path = tmp_path / "year.jsonl.gz"
    scaling.write_year(path, days=3)
    points = scaling.growth(path)
    days = [list(Trace(day)) for day in scaling.LABELLED[:3]]
    assert [events for events, _s in points] == [0, *itertools.accumulate(len(day) + 2 for day in days)]
    assert points == sorted(points)


def test_a_curve_is_drawn_with_its_straight_line() -> None:
    points = [(0.0, 0.0), (50.0, 1.0), (100.0, 2.0)]
    assert curve.straightness(points) == pytest.approx(0)
    assert curve.straightness([*points, (150.0, 4.0)]) > 0.05
    drawn = curve.picture("A & B", "events", "seconds", points)
    assert drawn.count("<polyline") == 2
    assert "A &amp; B" in drawn
    assert ">100<" in drawn
    assert ">0.5<" in drawn
