import pytest

from tray_agent.ui.today import week_words
from tray_agent.ui.today.today_brief import Week

WEEK = Week("2026-02-23", 5, 5.5 * 3600, 8.2, 390.0, 360.0, 3)


def test_a_week_in_words() -> None:
    (bar,) = week_words.bars([WEEK])
    assert bar.sentence == "Week of 23 Feb: 5.5 h of sitting and 8.2 breaks a day"
    assert bar.cells == ("23 Feb", "5", "5.5", "8.2", "6 min 30 s", "6 min", "3")
    assert len(bar.cells) == len(week_words.titles())
    assert (bar.sitting_words, bar.breaks_words) == ("5.5", "8.2")


def test_a_week_without_a_full_day_claims_nothing() -> None:
    (bar,) = week_words.bars([Week("2026-03-02", 0, 0.0, 0.0, 30.0, 0.0, 0)])
    assert bar.sentence == "Week of 2 Mar: no full day"
    assert bar.cells[:5] == ("2 Mar", "0", "-", "-", "30 s")
    assert (bar.sitting_words, bar.breaks_words) == ("", "")


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 min"), (45, "45 s"), (60, "1 min"), (90, "1 min 30 s")]
)
def test_what_was_counted_is_exact(seconds: float, words: str) -> None:
    assert week_words.exact(seconds) == words


def test_sets_and_the_aim() -> None:
    assert week_words.sets(1, 10) == "1 set, 10 repetitions"
    assert week_words.sets(2, 20) == "2 sets, 20 repetitions"
    assert week_words.aim(3600.0) == "aim: up to 60 min"
