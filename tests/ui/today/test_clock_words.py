from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from tests.support.day_brief import at
from tray_agent.shell import words
from tray_agent.ui.today import clock_words

PLACES = ("en_GB", "en_US", "de_DE", "ar_EG", "C")


@pytest.fixture(autouse=True)
def place(request: pytest.FixtureRequest) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("place", "time", "hour"),
    [("en_GB", "14:05", "14:05"), ("en_US", "2:05\u202fPM", "2 PM"), ("C", "14:05", "14:05")],
    indirect=["place"],
)
def test_times_as_the_country_writes_them(place: None, time: str, hour: str) -> None:
    assert clock_words.time_of_day(at("14:05")).replace(" ", "\u202f") == time.replace(" ", "\u202f")
    assert clock_words.hour(at("14:05")) == hour


@pytest.mark.parametrize(
    ("place", "date"),
    [("en_GB", "Tuesday, 3 March 2026"), ("C", "Tuesday, 3 March 2026"), ("de_DE", "Tuesday, March 3, 2026")],
    indirect=["place"],
)
def test_dates_in_the_language_that_is_spoken(place: None, date: str) -> None:
    assert clock_words.long_date("2026-03-03") == date


@pytest.mark.parametrize("place", ["ar_EG"], indirect=True)
def test_digits_are_those_of_our_sentences(place: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock_words, "language", lambda: "ar")
    assert clock_words.time_of_day(at("14:05")).startswith("2:05")
    assert "2026" in clock_words.long_date("2026-03-03")
    assert clock_words.count(6.5, 1) == "6.5"


@pytest.mark.parametrize("place", ["C"], indirect=True)
def test_a_decimal_point_is_a_comma_elsewhere(place: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert clock_words.count(6.5, 1) == "6.5"
    monkeypatch.setattr(clock_words, "language", lambda: "de")
    assert clock_words.count(6.5, 1) == "6,5"
    assert clock_words.short_date("2026-03-03") == "3 März"
    assert words.language() == words.ENGLISH


@pytest.mark.parametrize("place", ["C"], indirect=True)
def test_an_hour_begins_on_the_hour(place: None) -> None:
    assert clock_words.hour_began(at("14:05")) == at("14:00")
    assert clock_words.hour_number(at("14:05")) == 14
