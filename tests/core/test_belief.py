"""How sure an estimate is, and what it rests on."""

from __future__ import annotations

import pytest
from msgspec import structs

from tests.support.timeline import STAND_UPS, NewDay, Playbook

WITHOUT_PROMPTS = structs.replace(STAND_UPS, prompts_a_day=0)


@pytest.fixture
def day(new_day: NewDay) -> Playbook:
    quiet: Playbook = new_day(WITHOUT_PROMPTS)
    return quiet


class TestConfidence:
    def test_the_longer_without_input_the_less_sure(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        sure = []
        for time in ("0:10:10", "0:10:35", "0:11:30", "0:12:15", "0:13", "0:16", "0:21", "0:41"):
            day.until(time)
            sure.append(day.view.estimate.confidence)
        assert sure == [0.98, 0.98, 0.95, 0.88, 0.5, 0.67, 0.78, 0.96]

    def test_it_says_why(self, day: Playbook) -> None:
        def because() -> tuple[str, dict[str, float | str]]:
            [reason] = day.view.estimate.because
            return reason.code, reason.values

        assert because() == ("no_sensor", {})
        day.works("0:00", "0:10")
        day.until("0:11")
        assert because() == ("input", {"idle_s": 60})
        day.until("0:15")
        assert because() == ("idle", {"away_s": 300})
        day.works("0:20", "0:20:10")
        day.begins("media", "0:20:10")
        day.begins("call", "0:20:10")
        day.until("0:30")
        assert because() == ("held", {"signal": "call", "idle_s": 600})
        assert 0.6 < day.view.estimate.confidence < 0.7
        day.says("standing", "0:30")
        assert because() == ("said_standing", {})
        day.sleeps("0:31", "0:35")
        assert because() == ("standing", {"away_s": 300})
        assert day.view.estimate.confidence == 0.95
