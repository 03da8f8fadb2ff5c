import json

import msgspec
import pytest

from tests.support.briefs import FIGURE, LEFT, LIFTS, brief, invitation
from tray_agent.core.model import Side
from tray_agent.ui.breaks.brief import Play, Swap, read


def test_a_brief_as_the_agent_sends_it() -> None:
    read_back = read(json.dumps(brief(speed=60.0, quietly=True)).encode())
    assert (read_back.routine, read_back.speed, read_back.quietly) == (7, 60.0, True)
    assert [step.side for step in read_back.steps] == [Side.LEFT, Side.RIGHT]
    assert read_back.steps[0].text[0] == "Stand beside the desk."


def test_time_may_be_unlimited() -> None:
    assert read(json.dumps(brief(time_limit=None)).encode()).time_limit is None
    assert read(json.dumps({**brief(), "time_limit": 3}).encode()).time_limit == 3.0


def test_a_prompt_needs_no_routine() -> None:
    asked = read(json.dumps(invitation()).encode())
    assert asked.ask is not None
    assert (asked.ask.prompt, asked.ask.snooze_min, asked.routine, asked.steps) == (3, 10, None, ())


def test_a_figure_comes_with_its_step() -> None:
    step = read(json.dumps(brief({**LEFT, "figure": FIGURE})).encode()).steps[0]
    assert step.figure is not None
    assert step.figure.motion.seconds == 3.0


def test_later_messages_carry_steps_too() -> None:
    play = msgspec.convert({"do": "play", "routine": 8, "title": "Glutes", "steps": [LIFTS]}, Play)
    assert (play.routine, play.steps[0].reps) == (8, 10)
    swap = msgspec.convert({"do": "swap", "steps": [LEFT], "at": 1}, Swap)
    assert (swap.at, swap.steps[0].side) == (1, Side.LEFT)


def test_reps_without_a_pace_spread_over_the_step() -> None:
    assert read(json.dumps(brief({**LIFTS, "rep_s": None, "seconds": 80.0})).encode()).steps[0].pace_s == 8.0
    assert read(json.dumps(brief(LIFTS)).encode()).steps[0].pace_s == 5.0


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (brief(v=2), "$.v"),
        (brief(steps=[]), "without `ask` there must be a `routine` with `steps`"),
        (brief(routine=None), "without `ask` there must be a `routine` with `steps`"),
        (brief({**LIFTS, "seconds": 0}), "$.steps[0].seconds"),
        (brief({**LIFTS, "side": "up"}), "$.steps[0].side"),
        (brief({**LIFTS, "set": 0}), "$.steps[0].set"),
        (brief(speed=0), "$.speed"),
        (brief(time_limit=0), "$.time_limit"),
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
