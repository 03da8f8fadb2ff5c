import json

import pytest

from tests.support import day_brief
from tray_agent.ui.incoming import read
from tray_agent.ui.today.today_brief import TodayBrief


def test_a_whole_day_is_understood() -> None:
    day = read(json.dumps(day_brief.brief()).encode(), TodayBrief).day
    assert (len(day.spans), len(day.weeks), day.is_empty) == (15, 12, False)


def test_a_day_without_anybody_is_empty() -> None:
    assert read(json.dumps(day_brief.brief(spans=[])).encode(), TodayBrief).day.is_empty


def test_an_unknown_posture_is_refused() -> None:
    span = {"posture": "lying", "from_s": 0, "to_s": 1}
    with pytest.raises(ValueError, match="spans"):
        read(json.dumps(day_brief.brief(spans=[span])).encode(), TodayBrief)
