"""The words beside the settings."""

from __future__ import annotations

from typing import get_args

from tray_agent.shell import setting_values, setting_words


def test_every_setting_has_a_title() -> None:
    assert all(setting_words.title(key) for key in setting_values.TYPES)


def test_every_choice_has_its_words() -> None:
    assert set(setting_words.choices("insistence")) == set(get_args(setting_values.TYPES["insistence"]))
    assert setting_words.choices("intensity")["gentle"] == "Gentle"
