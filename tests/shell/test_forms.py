from typing import Any

import pytest

from tray_agent.shell.arguments import parse
from tray_agent.shell.forms import FORMS, pause_args
from tray_agent.shell.messages import CommandError


def test_usage_names_the_verb_and_every_option() -> None:
    for name, form in FORMS.items():
        assert form.usage.split()[0] == name
        for option in (form.flags | form.values) - {"--json"}:
            assert option in form.usage


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
        ("until 9:05", {"until": "9:05"}),
    ],
)
def test_pause_lengths(typed: str, args: dict[str, Any]) -> None:
    assert pause_args(FORMS["pause"], typed.split()) == args


@pytest.mark.parametrize("typed", ["0m", "0h", "m", "-5m", "1.5h", "30", "30m 1h", "until", "until 24:00"])
def test_what_is_no_pause(typed: str) -> None:
    with pytest.raises(CommandError, match="use: tray-agent pause 30m"):
        pause_args(FORMS["pause"], typed.split())


@pytest.mark.parametrize("typed", [[], ["until", "14:30", "today"]])
def test_pause_takes_one_or_two_words(typed: list[str]) -> None:
    with pytest.raises(CommandError):
        parse(FORMS["pause"], typed)
