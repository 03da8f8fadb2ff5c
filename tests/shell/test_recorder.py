"""What of the engine's commands becomes history, at the wall time it happened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tray_agent.core import commands as do
from tray_agent.core.model import Break, Cause, Condition, Dose, Insistence, Kind, Limits, Outcome, Prompt
from tray_agent.shell.history import BreakRow, DoseRow
from tray_agent.shell.recorder import Recorder
from tray_agent.shell.store import SqliteStore

WALL = 1_772_442_000.0
"""Wall time at 0 on the agent's axis: a Monday morning."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "history.sqlite3")
    yield store
    store.close()


@pytest.fixture
def recorder(store: SqliteStore) -> Recorder:
    return Recorder(store, lambda t: WALL + t)


def breaks(store: SqliteStore) -> list[BreakRow]:
    return [BreakRow(*row) for row in store._read("SELECT * FROM breaks WHERE began > ? ORDER BY began", 0)]


def test_a_bout_and_its_break(recorder: Recorder, store: SqliteStore) -> None:
    recorder.record(do.BoutEnded(0.0, 2700.0, Cause.IDLE))
    recorder.record(do.BreakTaken(Break(2700.0, 3000.0, Cause.IDLE)))
    assert breaks(store) == [(WALL + 2700, WALL + 3000, "idle")]
    (day,) = store.days(1, WALL + 3600)
    assert (day.sitting_s, day.longest_bout_s, day.breaks) == (2700, 2700, 1)


def test_a_prompt_with_its_outcome(recorder: Recorder, store: SqliteStore) -> None:
    prompt = Prompt(1, Kind.GLUTES, Insistence.NOTIFY, 2700.0, (), 2)
    recorder.record(do.ShowPrompt(prompt))
    recorder.record(do.PromptEnded(prompt, Outcome.SNOOZED, 2710.0))
    assert store._read("SELECT * FROM prompts WHERE shown > ?", 0) == [
        ("glutes", "notify", WALL + 2700, "snoozed", WALL + 2710)
    ]


def test_movement(recorder: Recorder, store: SqliteStore) -> None:
    recorder.record(do.DoseDone(Kind.HIP_FLEXOR, Dose(30.0, 30.0, standing_s=120.0), 2900.0))
    assert store.recent_doses(0) == [DoseRow("hip_flexor", 30, 30, 0, 0, 120, WALL + 2900)]


def test_what_the_body_allows(recorder: Recorder, store: SqliteStore) -> None:
    limits = Limits(True, frozenset({Condition.SORE_KNEE}), frozenset({"half_kneel"}))
    recorder.record(do.LimitsChanged(limits, 100.0))
    assert store.limits() == limits
    assert store._read("SELECT DISTINCT at FROM health") == [(WALL + 100,)]


def test_time_stood_grows(recorder: Recorder, store: SqliteStore) -> None:
    recorder.record(do.Stood(100.0, 200.0))
    recorder.record(do.Stood(100.0, 400.0))
    assert store._read("SELECT * FROM stands") == [(WALL + 100, WALL + 400)]


def test_a_correction_replaces_all_that_came_since(recorder: Recorder, store: SqliteStore) -> None:
    recorder.record(do.BoutEnded(300.0, 900.0, Cause.IDLE))
    recorder.record(do.BoutEnded(1200.0, 2000.0, Cause.IDLE))
    recorder.record(do.Stood(2000.0, 2100.0))
    for start in (100.0, 1000.0, 2000.0):
        recorder.record(do.BreakTaken(Break(start, start + 200, Cause.IDLE)))
    recorder.record(
        do.DayCorrected(
            1000.0,
            (do.BoutEnded(1300.0, 2000.0, Cause.SAID),),
            (Break(1000.0, 1300.0, Cause.SAID), Break(2000.0, 2300.0, Cause.SAID)),
            (do.Stood(2050.0, 2100.0),),
        )
    )
    assert [(row.began - WALL, row.ended - WALL, row.cause) for row in breaks(store)] == [
        (100, 300, "idle"),
        (1000, 1300, "said"),
        (2000, 2300, "said"),
    ]
    bouts = store._read("SELECT began - ?, ended - ?, cause FROM bouts ORDER BY began", WALL, WALL)
    assert bouts == [(300, 900, "idle"), (1300, 2000, "said")]
    assert store._read("SELECT * FROM stands") == [(WALL + 2050, WALL + 2100)]


def test_a_clock_that_has_drifted_since_makes_no_second_row(store: SqliteStore) -> None:
    drift = 0.0
    recorder = Recorder(store, lambda t: WALL + t + drift)
    recorder.record(do.BreakTaken(Break(1000.0, 1200.0, Cause.IDLE)))
    drift = 2.5
    recorder.record(do.DayCorrected(1000.0, (), (Break(1000.0, 1300.0, Cause.SAID),), ()))
    assert [row.cause for row in breaks(store)] == ["said"]


def test_all_else_is_passed_over(recorder: Recorder, store: SqliteStore) -> None:
    for command in (do.WatchInput(5.0), do.SuggestFewer(), do.AskWereYouUp(1, 0.0, 200.0)):
        recorder.record(command)
    assert store.days(7, WALL) == []
