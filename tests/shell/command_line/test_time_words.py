from typing import Any

import pytest

from tray_agent.shell.command_line.forms import FORMS
from tray_agent.shell.command_line.time_words import pause_args, was_args
from tray_agent.shell.messages import CommandError


@pytest.mark.parametrize(
    ("typed", "args"),
    [
        ("30m", {"length_s": 1800}),
        ("1h", {"length_s": 3600}),
        ("1h30m", {"length_s": 5400}),
        ("45min", {"length_s": 2700}),
        ("today", {"today": True}),
        ("indefinitely", {"indefinitely": True}),
        ("until 14:30", {"until": "14:30"}),
        ("until 9:05", {"until": "09:05"}),
    ],
)
def test_pause_lengths(typed: str, args: dict[str, Any]) -> None:
    assert pause_args(FORMS["pause"], typed.split()) == args


@pytest.mark.parametrize(
    "typed", ["0m", "0h", "m", "-5m", "1.5h", "30", "30m 1h", "until", "until 24:00", "until 9:5"]
)
def test_what_is_no_pause(typed: str) -> None:
    with pytest.raises(CommandError, match="use: tray-agent pause 30m"):
        pause_args(FORMS["pause"], typed.split())


@pytest.mark.parametrize(
    ("typed", "args"),
    [
        ("up", {"as": "up"}),
        ("seated 9:00-9:20", {"as": "seated", "from": "09:00", "to": "09:20"}),
        ("meeting 13:00-14:30", {"as": "meeting", "from": "13:00", "to": "14:30"}),
        ("standing 23:50-0:10", {"as": "standing", "from": "23:50", "to": "00:10"}),
    ],
)
def test_was(typed: str, args: dict[str, Any]) -> None:
    assert was_args(FORMS["was"], typed.split()) == args


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("up 9:00", '"9:00" is no time such as 12:30-13:00'),
        ("up 9:00-", '"" is not a time of day'),
        ("up 9:00-25:00", '"25:00" is not a time of day'),
        ("up soon-later", '"soon" is not a time of day'),
        ("up 9:00-09:00", "9:00-09:00 is no time at all"),
    ],
)
def test_what_was_not(typed: str, told: str) -> None:
    with pytest.raises(CommandError, match="use: tray-agent was up") as refused:
        was_args(FORMS["was"], typed.split())
    assert told in str(refused.value)
