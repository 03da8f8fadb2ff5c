from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tray_agent.shell import spans

BERLIN = ZoneInfo("Europe/Berlin")


def past(span: str, now: str) -> tuple[str, str]:
    """From and to as `2026-03-02 10:00`, from a place where clocks change."""
    start, _dash, end = span.partition("-")
    found = spans.past(start, end, datetime.fromisoformat(now).replace(tzinfo=BERLIN).timestamp(), BERLIN)
    first, last = (datetime.fromtimestamp(at, BERLIN).isoformat(" ", "minutes")[:16] for at in found)
    return first, last


@pytest.mark.parametrize(
    ("span", "now", "first", "last"),
    [
        ("10:00-10:20", "2026-03-02 11:00", "2026-03-02 10:00", "2026-03-02 10:20"),
        ("10:00-10:20", "2026-03-02 10:20", "2026-03-02 10:00", "2026-03-02 10:20"),
        ("23:50-00:20", "2026-03-02 00:30", "2026-03-01 23:50", "2026-03-02 00:20"),
        ("22:00-23:00", "2026-03-02 00:30", "2026-03-01 22:00", "2026-03-01 23:00"),
        ("10:00-11:00", "2026-03-02 10:30", "2026-03-01 10:00", "2026-03-01 11:00"),
        ("11:00-10:00", "2026-03-02 10:30", "2026-03-01 11:00", "2026-03-02 10:00"),
        ("01:30-03:30", "2026-03-29 09:00", "2026-03-29 01:30", "2026-03-29 03:30"),
    ],
)
def test_the_last_time_it_was(span: str, now: str, first: str, last: str) -> None:
    assert past(span, now) == (first, last)


def test_a_night_in_which_the_clock_was_set_is_an_hour_shorter() -> None:
    now = datetime(2026, 3, 29, 9, tzinfo=BERLIN).timestamp()
    first, last = spans.past("01:30", "03:30", now, BERLIN)
    assert last - first == 3600


def test_what_was_rounded_up_is_now() -> None:
    now = datetime(2026, 3, 2, 10, 10, 30).timestamp()
    assert spans.past("10:00", "10:11", now) == (datetime(2026, 3, 2, 10).timestamp(), now)
    assert spans.past("10:00", "10:10", now)[1] == now - 30


@pytest.mark.parametrize("clock", ["25:00", "10:60", "noon", "", "10:00+01:00", "None"])
def test_what_is_no_time_of_day(clock: str) -> None:
    with pytest.raises(ValueError, match=r'" is not a time of day such as 14:30$'):
        spans.past("09:00", clock, 0.0)
    with pytest.raises(ValueError, match=r'" is not a time of day such as 14:30$'):
        spans.past(clock, "09:00", 0.0)


def test_no_time_at_all() -> None:
    with pytest.raises(ValueError, match=r"^09:00-09:00 is no time at all$"):
        spans.past("09:00", "09:00", 1e9)


def test_a_clock_is_shown_as_it_is_typed() -> None:
    assert spans.clock(datetime(2026, 3, 2, 9, 5, 59, tzinfo=BERLIN).timestamp(), BERLIN) == "09:05"
