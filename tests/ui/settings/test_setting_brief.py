from __future__ import annotations

import json

import pytest

from tests.support import setting_briefs
from tray_agent.shell import setting_values
from tray_agent.ui.incoming import read
from tray_agent.ui.settings.setting_brief import SettingsBrief


def test_what_the_agent_tells_is_understood() -> None:
    told = setting_briefs.brief({"hours.holidays": ["2026-12-25"]}, page="hours", focus="hours.holidays")
    brief = read(json.dumps(told).encode(), SettingsBrief)
    assert [entry.key for entry in brief.entries] == list(setting_values.TYPES)
    assert (brief.page, brief.focus) == ("hours", "hours.holidays")


def test_an_unknown_kind_of_setting_is_refused() -> None:
    told = setting_briefs.brief()
    told["entries"][0]["type"] = "colour"
    with pytest.raises(ValueError, match=r"entries\[0\]\.type"):
        read(json.dumps(told).encode(), SettingsBrief)
