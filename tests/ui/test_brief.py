import json

import pytest

from tests.support.briefs import LIFTS, brief
from tray_agent.core.model import Side
from tray_agent.ui.brief import read


def test_a_brief_as_the_agent_sends_it() -> None:
    read_back = read(json.dumps(brief(speed=60.0, quietly=True)).encode())
    assert (read_back.routine, read_back.speed, read_back.quietly) == (7, 60.0, True)
    assert [step.side for step in read_back.steps] == [Side.LEFT, Side.RIGHT]
    assert read_back.steps[0].text[0] == "Stand beside the desk."


def test_reps_without_a_pace_spread_over_the_step() -> None:
    assert read(json.dumps(brief({**LIFTS, "rep_s": None, "seconds": 80.0})).encode()).steps[0].pace_s == 8.0
    assert read(json.dumps(brief(LIFTS)).encode()).steps[0].pace_s == 5.0


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (brief(v=2), "$.v"),
        (brief(steps=[]), "$.steps"),
        (brief({**LIFTS, "seconds": 0}), "$.steps[0].seconds"),
        (brief({**LIFTS, "side": "up"}), "$.steps[0].side"),
        (brief(speed=0), "$.speed"),
        (brief(colour="red"), "colour"),
    ],
)
def test_a_bad_brief_says_what_is_wrong_and_where(wrong: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match="the brief is not understood") as raised:
        read(json.dumps(wrong).encode())
    assert fault in str(raised.value)


def test_broken_json_is_a_bad_brief() -> None:
    with pytest.raises(ValueError, match="the brief is not understood"):
        read(b'{"v": 1,')
