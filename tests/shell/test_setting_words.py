"""The words beside the settings."""

from __future__ import annotations

from typing import get_args

from tray_agent.shell import setting_values, setting_words


def test_every_setting_has_a_title_a_sentence_and_a_page() -> None:
    assert all(setting_words.title(key) and setting_words.help_on(key) for key in setting_values.TYPES)
    assert {setting_words.group(key) for key in setting_values.TYPES} == set(setting_words.groups())


def test_every_choice_has_its_words() -> None:
    assert set(setting_words.choices("insistence")) == set(get_args(setting_values.TYPES["insistence"]))
    assert setting_words.choices("intensity")["gentle"] == "Gentle"
    assert setting_words.choices("welcome") == {}


def test_numbers_say_what_they_count() -> None:
    assert setting_words.unit("history.retention_days") == "days"
    assert setting_words.unit("welcome") == ""
    assert [setting_words.amount("history.retention_days", n) for n in (1, 90)] == ["1 day", "90 days"]
    assert setting_words.amount("appearance.scale", 150) == "150 %"
    assert setting_words.amount("activity.idle_threshold_s", 150) == "150 seconds"
