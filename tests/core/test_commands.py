from __future__ import annotations

import typing

from tests.support.timeline import Playbook
from tray_agent.core import commands as do
from tray_agent.core import events as ev
from tray_agent.core.model import Posture
from tray_agent.core.rules import Rules


def test_a_busy_day_gives_every_command_there_is() -> None:
    day = Playbook(Rules(), answers_after=1.0)
    for start, due in (("0:00", "0:45"), ("0:49", "1:34"), ("1:38", "2:23")):
        day.works(start, due)
        day.rests(10)
        day.answers("skip")
    day.works("2:27", "3:26:51")
    day.rests(10)
    day.answers("start")
    day.tells(ev.Hurts(1, 0), "3:28")
    day.finishes("3:30")
    day.tells(ev.BreakRequested())
    day.locks("3:30:10")
    day.tells(ev.Correct(7200, 7000, Posture.AWAY))
    day.says("standing", "3:31")
    day.says("seated", "3:32")
    day.until("28:00")
    assert {type(command) for _, command in day.log} == set(typing.get_args(do.Command))


def test_every_prompt_that_ends_is_taken_away_first() -> None:
    day = Playbook()
    day.works("0:00", "3:00")
    ended = [command for _, command in day.log if isinstance(command, do.WithdrawPrompt | do.PromptEnded)]
    assert len(ended) >= 4
    for taken_away, story in zip(ended[::2], ended[1::2], strict=True):
        assert isinstance(taken_away, do.WithdrawPrompt)
        assert isinstance(story, do.PromptEnded)
        assert (taken_away.prompt, taken_away.outcome) == (story.prompt.id, story.outcome)
