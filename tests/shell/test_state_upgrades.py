"""A person's day, as each version once saved it, goes on with this one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.support.timeline import EXERCISES
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine, State
from tray_agent.core.ledger import Today
from tray_agent.core.model import Dose, Kind, Limits, Posture, Side
from tray_agent.core.rules import Rules
from tray_agent.shell.state_file import StateFile
from tray_agent.shell.state_upgrades import VERSION, upgrade

SNAPSHOTS = Path(__file__).parent / "snapshots"


def restored(name: str, folder: Path) -> Engine:
    shutil.copy(SNAPSHOTS / name, folder / "state.json")
    found, told = StateFile(folder / "state.json", State).load()
    assert told is None
    assert found is not None
    return Engine(Rules(), EXERCISES, found.state)


def test_there_is_a_snapshot_of_every_older_version() -> None:
    assert {path.stem for path in SNAPSHOTS.iterdir()} == {
        f"version-{number}" for number in range(1, VERSION)
    }


def test_nothing_of_the_day_is_lost(tmp_path: Path) -> None:
    engine = restored("version-1.json", tmp_path)
    view = engine.view(9600.0)
    assert view.today == Today(
        sitting_s=7220,
        longest_bout_s=2710,
        standing_s=1800,
        breaks=2,
        prompts=2,
        started=1,
        skipped=1,
        hip_flexor=Dose(left_s=30, right_s=30, standing_s=120),
        dose_standing_s=1920,
    )
    assert view.estimate.posture is Posture.STANDING
    assert (view.paused, view.paused_until) == (True, 68400)
    assert engine.date == "2026-03-02"
    stretch = engine.snapshot().programme.movements[Kind.HIP_FLEXOR]
    assert (stretch.done_today, stretch.side) == (1, Side.RIGHT)


def test_the_day_goes_on(tmp_path: Path) -> None:
    engine = restored("version-1.json", tmp_path)
    engine.handle(ev.Said(Posture.SEATED), 9720.0)
    today = engine.view(9780.0).today
    assert (today.standing_s, today.sitting_s, today.breaks) == (1920, 7280, 3)


def test_what_the_programme_no_longer_keeps_is_passed_over(tmp_path: Path) -> None:
    saved = json.loads((SNAPSHOTS / "version-1.json").read_text())
    assert {"cleared", "glute_dates"} <= saved["state"]["programme"].keys()
    assert "turn" in saved["state"]["programme"]["movements"]["hip_flexor"]
    engine = restored("version-1.json", tmp_path)
    assert engine.limits == Limits()
    engine.handle(ev.BreakRequested(Kind.HIP_FLEXOR), 9660.0)
    routine = engine.view(9660.0).routine
    assert routine is not None
    assert routine.steps[0].side is Side.RIGHT
    assert engine.view(9660.0).week.label == "2026-W10"


@pytest.mark.parametrize(
    ("stood_s", "stood_before", "standing_since", "began", "today_s"),
    [
        (0.0, 0.0, None, 0.0, 0.0),
        (500.0, 0.0, None, 0.0, 500.0),
        (900.0, 700.0, None, 50_000.0, 200.0),
        (700.0, 700.0, None, 50_000.0, 0.0),
        (700.0, 1000.0, 49_700.0, 50_000.0, 0.0),  # stood from before the day began, and stands still
        (900.0, 700.0, 50_100.0, 50_000.0, 200.0),
    ],
)
def test_time_stood_before_is_as_much_after(
    stood_s: float, stood_before: float, standing_since: float | None, began: float, today_s: float
) -> None:
    saved = json.loads((SNAPSHOTS / "version-1.json").read_text())
    saved["state"]["estimator"] |= {"stood_s": stood_s, "standing_since": standing_since}
    saved["state"]["ledger"] |= {"stood_before": stood_before, "began": began}
    stood = upgrade(saved, 1)["state"]["estimator"]["timeline"].get("stood", [])
    assert sum(end - start for start, end in stood) == today_s
    assert all(start == began for start, _ in stood)
    assert saved["version"] == VERSION
