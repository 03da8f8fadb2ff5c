"""A day in figures: a real engine's running day, and closed days from their rows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.lived_day import NINE, LivedDay
from tests.support.timeline import Playbook
from tray_agent.core import events as ev
from tray_agent.core.model import Intensity, Signal
from tray_agent.shell import resources, today_figures
from tray_agent.shell.history import BoutRow, BreakRow, DoseRow, PromptRow, Row, StandRow
from tray_agent.shell.intensities import numbers_of

AIMS = numbers_of(Intensity.STANDARD, resources.config("intensity.toml"))
MIN, HOUR = 60.0, 3600.0


@pytest.fixture
def day(tmp_path: Path) -> LivedDay:
    return LivedDay(tmp_path, Playbook())


def running(day: LivedDay) -> dict[str, Any]:
    return today_figures.running(day.now(), day.rows(0.0), AIMS)


def clock(at_s: float) -> str:
    return datetime.fromtimestamp(at_s).strftime("%H:%M")


def spans(told: dict[str, Any]) -> list[str]:
    return [
        f"{span['posture']} {clock(span['from_s'])}-{clock(span['to_s'])} {span['cause']}".strip()
        for span in told["spans"]
    ]


def test_the_running_day_in_spans(day: LivedDay) -> None:
    day.playbook.works("0:00", "0:40")
    day.playbook.locks("0:40")
    day.playbook.works("0:50", "1:00")
    told = running(day)
    assert spans(told) == ["seated 09:00-09:40", "away 09:40-09:50 lock", "seated 09:50-10:00"]
    assert (told["date"], told["now_s"], told["correct_from_s"]) == ("2026-03-02", NINE + HOUR, NINE)


def test_its_totals_stand_beside_the_aims(day: LivedDay) -> None:
    day.playbook.works("0:00", "0:40")
    day.playbook.works("0:50", "1:00")
    assert running(day)["totals"] == {
        "sitting_s": 50 * MIN,
        "longest_bout_s": 40 * MIN,
        "standing_s": 0.0,
        "breaks": 1,
        "aim_breaks": 8,
        "aim_longest_bout_s": HOUR,
    }


def test_prompts_and_what_became_of_them(day: LivedDay) -> None:
    book = day.playbook
    book.works("0:00", "0:46")
    book.answers("snooze")
    book.works("0:46", "0:57")
    told = [(clock(prompt["at_s"]), prompt["outcome"]) for prompt in running(day)["prompts"]]
    assert [outcome for _at, outcome in told] == ["snoozed", "showing"]
    assert told[0][0] < told[1][0]


def test_calls_are_there_while_they_are_on(day: LivedDay) -> None:
    book = day.playbook
    book.works("0:00", "0:10")
    for on in (True, False):
        event = ev.Context(Signal.CALL, on)
        book.tells(event)
        day.story.hear(event, book.now)
        book.works_for(5 * MIN)
    assert running(day)["calls"] == [{"from_s": NINE + 10 * MIN, "to_s": NINE + 15 * MIN}]


def test_nobody_has_come_yet(day: LivedDay) -> None:
    told = running(day)
    assert (told["spans"], told["prompts"], told["correct_from_s"]) == ([], [], None)


def at(date: str, time: str) -> float:
    return datetime.fromisoformat(f"{date}T{time}").timestamp()


FRIDAY, MONDAY = "2026-02-27", "2026-03-02"


def bout(date: str, start: str, end: str) -> BoutRow:
    return BoutRow(at(date, start), at(date, end), "idle")


def stretch(date: str, left_s: float, right_s: float) -> DoseRow:
    return DoseRow("hip_flexor", left_s, right_s, 0, 0, 0.0, at(date, "10:00"))


def glutes(date: str) -> DoseRow:
    return DoseRow("glutes", 0.0, 0.0, 1, 10, 0.0, at(date, "11:00"))


def test_a_closed_day_from_its_rows() -> None:
    rows: list[Row] = [
        bout(FRIDAY, "09:00", "10:00"),
        BreakRow(at(FRIDAY, "10:00"), at(FRIDAY, "10:30"), "standing"),
        StandRow(at(FRIDAY, "10:00"), at(FRIDAY, "10:20")),
        bout(FRIDAY, "10:30", "11:00"),
        PromptRow("stand_up", "notify", at(FRIDAY, "09:45"), "started", at(FRIDAY, "09:46")),
        bout(MONDAY, "09:00", "12:00"),
    ]
    told = today_figures.closed(FRIDAY, rows, AIMS)
    assert spans(told) == [
        "seated 09:00-10:00",
        "standing 10:00-10:20 standing",
        "away 10:20-10:30 standing",
        "seated 10:30-11:00",
    ]
    assert told["totals"]["sitting_s"] == 1.5 * HOUR
    assert told["prompts"] == [{"at_s": at(FRIDAY, "09:45"), "kind": "stand_up", "outcome": "started"}]
    assert (told["now_s"], told["correct_from_s"], told["calls"]) == (None, None, [])


def test_the_way_home_is_no_part_of_a_day() -> None:
    rows: list[Row] = [
        bout(FRIDAY, "09:00", "10:00"),
        BreakRow(at(FRIDAY, "10:00"), at(MONDAY, "09:00"), "lock"),
    ]
    assert spans(today_figures.closed(FRIDAY, rows, AIMS)) == ["seated 09:00-10:00"]


def test_a_day_without_rows_is_empty() -> None:
    told = today_figures.closed(FRIDAY, [], AIMS)
    assert (told["date"], told["spans"], told["totals"]["sitting_s"]) == (FRIDAY, [], 0.0)


def test_what_came_before_the_day_is_not_of_it(day: LivedDay) -> None:
    prompt = PromptRow("stand_up", "notify", NINE - 60, "started", NINE - 50)
    told = today_figures.running(day.now(), [prompt, stretch(FRIDAY, 30.0, 30.0)], AIMS)
    assert (told["prompts"], told["doses"]["hip_left_s"]) == ([], 0.0)


def test_doses_of_the_day_and_of_its_week() -> None:
    rows: list[Row] = [
        stretch("2026-02-23", 30.0, 60.0),
        stretch(FRIDAY, 30.0, 30.0),
        glutes("2026-02-24"),
        glutes(FRIDAY),
        stretch(MONDAY, 500.0, 500.0),
    ]
    assert today_figures.closed(FRIDAY, rows, AIMS)["doses"] == {
        "hip_left_s": 30.0,
        "hip_right_s": 30.0,
        "glute_sets": 1,
        "glute_reps": 10,
        "week_hip_left_s": 60.0,
        "week_hip_right_s": 90.0,
        "week_glute_days": 2,
        "least_hip_s": 300,
        "least_glute_days": 2,
    }
