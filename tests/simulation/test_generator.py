"""The second set of labelled days: like the offices that were measured, whole, and never touched again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.simulation import calibration, generator
from tests.simulation.generated import writer
from tests.simulation.generated.person import OFFICE, PROFILES
from tray_agent.shell.trace import Trace

HERE = Path(__file__).parent
SOURCES = [HERE / "generator.py", *sorted((HERE / "generated").glob("*.py"))]

FROZEN_ON = "2026-11-22"
SOURCES_SHA256 = "558969886f7d64aafaba7bccdcc39dc3be2613950abf3d0bd610d3b4f86255e8"
SAMPLE_SHA256 = "cae3bb1c85045249ec02d845faea5893be496611b1f33ccd55ea000a36ab59d7"

TURNS = {"unlock": "lock", "resume": "suspend"} | {
    f"{name}_off": f"{name}_on" for name in ("call", "media", "share", "fullscreen", "dnd")
}


def fingerprint(texts: Iterator[str]) -> str:
    return hashlib.sha256("".join(texts).encode()).hexdigest()


def sample() -> Iterator[str]:
    for profile in PROFILES:
        yield from (f"{json.dumps(line)}\n" for line in generator.day(profile, worker=0, number=0))


def test_the_generator_is_the_one_that_was_calibrated() -> None:
    """What is calibrated before it is scored must not be tuned after.

    Whoever may change the days once the score is known can reach any score.  So the sources were
    frozen on the day named above, before the first of these days was scored: a change here is not a
    repair but another set of days, with a new calibration, a new freeze and new tables.
    """
    assert fingerprint(path.read_text("utf-8") for path in SOURCES) == SOURCES_SHA256, FROZEN_ON


def test_the_days_are_the_ones_that_were_calibrated() -> None:
    """The same sources could still give other days, with another Python."""
    assert fingerprint(sample()) == SAMPLE_SHA256, FROZEN_ON


def test_the_days_are_like_the_offices_that_were_measured() -> None:
    found = list(calibration.rows(calibration.office_days()))
    assert len(found) > 30
    far = [row for row in calibration.table(found) if row.endswith("FAR")]
    assert not far


def test_a_figure_that_is_far_off_is_marked() -> None:
    near, far = calibration.Row("a", "50%", 0.5, 0.4, 0.6), calibration.Row("b", "50%", 0.7, 0.4, 0.6)
    _header, *rows = calibration.table([near, far])
    assert [row.endswith("FAR") for row in rows] == [False, True]


def test_workers_differ_and_so_do_their_days() -> None:
    first = list(generator.day("clerk", worker=0, number=0))
    assert first == list(generator.day("clerk", worker=0, number=0))
    assert first[1:] != list(generator.day("clerk", worker=0, number=1))[1:]
    assert first[1:] != list(generator.day("clerk", worker=1, number=0))[1:]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_day_is_a_trace_that_can_be_replayed(profile: str, tmp_path: Path) -> None:
    path = tmp_path / "day.jsonl.gz"
    writer.write(path, generator.day(profile, worker=1, number=0))
    assert sum(1 for _ in Trace(path)) > 100


@pytest.mark.parametrize("profile", PROFILES)
def test_what_begins_ends_once_and_nobody_types_while_the_machine_sleeps(profile: str) -> None:
    on: set[str] = set()
    for worker in range(2):
        header, *lines = generator.day(profile, worker, 0)
        assert header["profile"] == profile
        on.clear()
        for event in (line["e"] for line in lines if "e" in line):
            if event in TURNS:
                assert TURNS[event] in on
                on.remove(TURNS[event])
            else:
                assert event not in on
                assert event != "input" or "suspend" not in on
            on |= {event} & set(TURNS.values())


def test_the_day_starts_on_the_chair_and_ends_with_the_person_gone() -> None:
    for profile in OFFICE:
        truth = [line for line in generator.day(profile, 2, 0) if "truth" in line]
        assert (truth[0]["t"], truth[0]["truth"], truth[-1]["truth"]) == (0, "seated", "away")
        assert all(a["truth"] != b["truth"] for a, b in pairwise(truth[:-1]))


def test_whoever_works_by_voice_is_silent_for_minutes_with_the_microphone_on() -> None:
    events: list[dict[str, Any]] = []
    for worker in range(3):
        events += generator.day("long_silences", worker, 0)
    inputs = [line["t"] for line in events if line.get("e") == "input"]
    office = [line for line in generator.day("clerk", 0, 0) if line.get("e") == "input"]
    assert len(inputs) / 3 < len(office) / 4
    assert sum(line.get("e") == "call_on" for line in events) > 20


def test_sharing_full_screen_and_do_not_disturb_occur() -> None:
    seen = {line["e"] for worker in range(6) for line in generator.day("manager", worker, 0) if "e" in line}
    assert {"share_on", "fullscreen_on", "dnd_on", "media_on", "call_on", "suspend", "lock"} <= seen
