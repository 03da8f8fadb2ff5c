from datetime import date

import pytest

from tray_agent.shell import setting_values
from tray_agent.shell.schema import Hours, Settings


@pytest.mark.parametrize(
    ("key", "raw", "told"),
    [
        ("quiet.call", "yes", "true or false"),
        ("quiet.call", 1, "true or false"),
        ("activity.idle_threshold_s", 89, "a whole number from 90 to 600"),
        ("activity.idle_threshold_s", True, "a whole number from 90 to 600"),
        ("activity.idle_threshold_s", "150", "a whole number from 90 to 600"),
        ("intensity", "hard", "one of gentle, standard, intensive"),
        ("language", "a b", "a text of at most 35 letters, digits and _.@-"),
        ("hours.ranges", "mon-fri 08:00-18:00", "a list such as"),
        ("hours.ranges", [], "a list such as"),
        ("hours.ranges", ["xday 08:00-18:00"], '("xday" is not a day'),
        (
            "hours.ranges",
            ["mon 8-9", "tue 08:00-09:00", "wed"],
            '("mon 8-9" is not like "mon-fri 08:00-18:00"; "w',
        ),
        ("hours.holidays", "2026-12-25", 'a list such as ["2026-12-25", '),
        ("hours.holidays", ["2026-12-25", "Easter"], '("Easter" is not like "2026-12-25")'),
        ("hours.holidays", [date(2026, 12, 25)], 'a list such as ["2026-12-25", '),
    ],
)
def test_what_is_allowed_is_said(key: str, raw: object, told: str) -> None:
    with pytest.raises(ValueError) as refused:
        setting_values.checked(key, raw)
    assert told in str(refused.value)


def test_there_may_be_no_holidays() -> None:
    assert setting_values.checked("hours.holidays", []) == ()
    assert setting_values.checked("hours.holidays", ["2026-12-25"]) == ("2026-12-25",)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("gentle", "gentle"),
        ('"gentle"', "gentle"),
        ("150", 150),
        ("true", True),
        ("True", "True"),
        ('["a", "b"]', ["a", "b"]),
        ("mon-fri 08:00-18:00", "mon-fri 08:00-18:00"),
        ("1\nlanguage = 2", "1\nlanguage = 2"),
        ("", ""),
    ],
)
def test_value_is_toml_or_bare_words(typed: str, value: object) -> None:
    assert setting_values.read(typed) == value


def test_flat_values_make_the_same_settings() -> None:
    settings = Settings(hours=Hours(mode="always"), intensity="gentle")
    values = setting_values.flat(settings)
    assert values["hours.mode"] == "always"
    assert setting_values.typed(values) == settings
    assert setting_values.typed({"quiet.dnd": False}).quiet.dnd is False


def test_nearest_key_is_offered() -> None:
    assert setting_values.no_such("languge") == "there is no setting languge; did you mean language?"
    assert "hours.mode" in setting_values.no_such("zzz")


def test_long_values_are_cut() -> None:
    assert setting_values.shown(["x"]) == '["x"]'
    assert len(setting_values.shown("x" * 1000)) == 80
