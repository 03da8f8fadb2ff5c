"""How far an account is from the truth, and whether a prompt came in time and to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.simulation import measures
from tests.simulation.labelled import Account, Day, Span
from tests.simulation.measures import Promptness, Score, Untimely
from tests.support.labelled_days import MIN, account, day


def test_errors_count_only_while_the_person_truly_sits() -> None:
    truth = day(100, (40, 70))
    told = Account(((0, 0), (30, 90), (50, 500), (90, 90)), ())
    assert measures.score(truth, told).errors_s == [0, 60, 0]
    figures = Score(errors_s=[0, 60, 360, 300]).figures()
    assert (figures["mean_error_min"], figures["median_error_min"]) == (3, 3)
    assert figures["within_5_min"] == 0.75


@pytest.mark.parametrize(
    ("true", "said", "pairs"),
    [
        ([(0, 100)], [(0, 100)], 1),
        ([(0, 100)], [(50, 100)], 1),
        ([(0, 100)], [(51, 100)], 0),
        ([(0, 100)], [(0, 50), (50, 100)], 1),
        ([(0, 100), (200, 300)], [(210, 290), (90, 190)], 1),
        ([(0, 100)], [], 0),
    ],
)
def test_breaks_are_matched_one_to_one_by_their_overlap(
    true: list[Span], said: list[Span], pairs: int
) -> None:
    assert measures.matches(true, said) == pairs


def test_f1_of_breaks() -> None:
    assert Score(errors_s=[0], true_breaks=4, said_breaks=6, matched=3).figures()["break_f1"] == 0.6


def dues(truth: Day, told: Account) -> tuple[int, int, int, int, int]:
    result = measures.score(truth, told)
    return result.owed, result.missed, result.late, result.early, result.empty


def test_a_due_time_within_five_minutes_is_right() -> None:
    truth = day(55 * MIN)
    for shift in (0, 5 * MIN):
        assert dues(truth, account((shift, 55 * MIN), end=55 * MIN)) == (1, 0, 0, 0, 0)


def test_late_missed_early_and_empty() -> None:
    truth = day(120 * MIN, (60 * MIN, 65 * MIN))
    assert dues(truth, account((6 * MIN, 60 * MIN), (65 * MIN, 120 * MIN), end=120 * MIN)) == (2, 0, 1, 0, 0)
    assert dues(truth, account((0, 60 * MIN), (80 * MIN, 120 * MIN), end=120 * MIN)) == (2, 1, 0, 0, 0)
    # A break not seen: due 35 minutes into the bout.
    assert dues(truth, account((0, 40 * MIN), (55 * MIN, 120 * MIN), end=120 * MIN)) == (2, 1, 0, 1, 0)
    assert dues(truth, account((17 * MIN, 66 * MIN), (70 * MIN, 116 * MIN), end=120 * MIN)) == (2, 1, 0, 0, 1)


def test_a_bout_shorter_than_50_min_is_owed_nothing_but_may_be_asked() -> None:
    truth = day(100 * MIN, (49 * MIN, 100 * MIN))
    assert dues(truth, account((0, 49 * MIN), end=100 * MIN)) == (0, 0, 0, 0, 0)


def lines(*quiet: tuple[float, list[str]], prompts: tuple[float, ...] = ()) -> Iterator[dict[str, Any]]:
    yield from ({"kind": "quiet", "t": t, "reasons": reasons} for t, reasons in quiet)
    yield from ({"kind": "prompt", "t": t} for t in prompts)


def test_the_policy_answers_only_for_time_nothing_held() -> None:
    quiet: list[tuple[float, list[str]]] = [(0, ["day_start"]), (100, []), (1100, ["call"]), (1400, [])]
    assert measures.promptness([(1000, 2000)], list(lines(*quiet, prompts=(900, 1450)))) == Promptness(
        1, 1, 0, 150
    )
    assert measures.promptness([(1100, 1300)], list(lines(*quiet))) == Promptness(1, 0, 1, 0)
    assert measures.promptness([(1000, 1300)], list(lines(*quiet, prompts=(1350,)))) == Promptness(
        1, 0, 0, 100
    )
    assert Promptness(1, 1, 0, 5) + Promptness(2, 1, 1, 3) == Promptness(3, 2, 1, 5)


def test_a_prompt_is_untimely_off_the_chair_and_just_after_a_break() -> None:
    truth = day(2000, (100, 130), (500, 620))
    shown = measures.untimely(truth, list(lines(prompts=(50, 110, 140, 510, 620, 919, 920))))
    assert shown == Untimely(prompts=7, off_chair=2, after_break=2)
    assert shown + Untimely(1, 1, 1, 1) == Untimely(8, 3, 3, 1)


def test_a_prompt_into_a_call_or_a_shared_screen_interrupts() -> None:
    truth = Day("tester", 2000, (), (), taken=((100, 200), (150, 300)))
    assert measures.untimely(truth, list(lines(prompts=(99, 100, 180, 299, 300)))).interrupting == 2
