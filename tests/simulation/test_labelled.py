"""The truth of a day, plain idle rules, and the real engine with or without a signal or a person."""

from __future__ import annotations

from pathlib import Path

from tests.simulation import labelled
from tests.simulation.labelled import Line
from tests.support.labelled_days import MIN, account, day, morning, write


def test_truth_bouts_end_at_120_s_off_the_chair() -> None:
    before_noon = day(1000, (100, 219), (400, 520))
    assert before_noon.breaks == [(400, 520)]
    assert before_noon.bouts == [(0, 400), (520, 1000)]
    assert [before_noon.sat_for(t) for t in (50, 150, 219, 399, 400, 520, 600)] == [
        50,
        None,
        219,
        399,
        None,
        0,
        80,
    ]


def test_a_day_that_begins_or_ends_off_the_chair() -> None:
    assert day(1000, (0, 200), (700, 1000)).bouts == [(200, 700)]


def test_a_labelled_day_is_read_up_to_its_last_event(tmp_path: Path) -> None:
    read = labelled.read(morning(tmp_path / "day.jsonl.gz"))
    assert (read.profile, read.end, read.off) == ("tester", 1200, ((600, 900),))
    assert read.inputs[:2] == (0, 30)


def test_an_idle_rule_dates_absence_back_and_starts_a_bout_on_return() -> None:
    told = labelled.idle_rule(day(600, inputs=(100, 250, 400)), 2.5)
    assert told.breaks == ((100, 250), (250, 400), (400, 600))
    said = dict(told.samples)
    assert [said[t] for t in (100, 240, 250, 390, 540, 550)] == [100, 240, 0, 140, 140, 0]
    patient = labelled.idle_rule(day(600, inputs=(100, 250, 400)), 5)
    assert patient.breaks == ()
    assert dict(patient.samples)[600] == 600


def test_a_stand_up_is_due_when_an_account_first_reaches_45_min() -> None:
    told = account((3, 50 * MIN), (60 * MIN, 100 * MIN), (100 * MIN + 10, 200 * MIN), end=200 * MIN)
    assert [due for due, _ in told.dues()] == [45 * MIN + 3, 145 * MIN + 10]
    assert [gone for _, gone in told.dues()] == [50 * MIN, 200 * MIN]


def test_times_to_be_silent_are_read_from_calls_sharing_full_screen_and_do_not_disturb(
    tmp_path: Path,
) -> None:
    path = write(
        tmp_path / "taken.jsonl.gz",
        {"t": 0, "truth": "seated"},
        {"t": 5, "e": "call_on"},
        {"t": 10, "e": "media_on"},
        {"t": 20, "e": "share_on"},
        {"t": 30, "e": "call_off"},
        {"t": 40, "e": "media_off"},
        {"t": 50, "e": "input"},
    )
    assert labelled.read(path).taken == ((5, 30), (20, 50))


def said(lines: list[Line], t: float) -> float:
    return next(float(line["sitting_s"]) for line in lines if line["kind"] == "estimate" and line["t"] == t)


def test_what_a_signal_tells_is_lost_without_it(tmp_path: Path) -> None:
    call = write(
        tmp_path / "call.jsonl.gz",
        {"t": 0, "truth": "seated"},
        {"t": 0, "e": "input"},
        {"t": 5, "e": "call_on"},
        {"t": 600, "e": "call_off"},
        {"t": 605, "e": "input"},
        {"t": 606, "e": "lock"},
        {"t": 800, "e": "input"},
    )
    assert said(labelled.replay(call), 500) == 500
    assert said(labelled.replay(call, without=["call"]), 500) == 0
    assert said(labelled.replay(call, without=["media"]), 500) == 500
    assert said(labelled.replay(call), 740) == 0
    assert said(labelled.replay(call, without=["lock"]), 740) == 740


def test_the_preset_gives_more_time_to_be_silent(tmp_path: Path) -> None:
    path = write(tmp_path / "silent.jsonl.gz", {"t": 0, "e": "input"}, {"t": 280, "e": "input"})
    assert said(labelled.replay(path), 280) == 0
    assert said(labelled.replay(path, labelled.PRESET), 280) == 280


def test_somebody_who_answers_is_asked_less_often(tmp_path: Path) -> None:
    typing = write(tmp_path / "typing.jsonl.gz", *({"t": t, "e": "input"} for t in range(0, 20000, 20)))
    lines, heeded = labelled.replay(typing), labelled.replay(typing, answers=True)
    assert heeded[-1]["started"] > 0
    assert lines[-1]["started"] == 0
    assert heeded[-1]["prompts"] < lines[-1]["prompts"]


def test_a_bout_that_begins_between_two_samples_ended_the_one_before() -> None:
    told = labelled.Account(((2700, 2700), (2710, 2710), (2720, 5)), ())
    assert list(told.dues()) == [(2700, 2715)]
