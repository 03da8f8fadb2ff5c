import pytest

from tray_agent.shell.arguments import Arguments, Form, parse
from tray_agent.shell.messages import CommandError, Exit

FORM = Form("fly [--high] [--speed N] FROM TO", "fly", frozenset({"--high"}), frozenset({"--speed"}), 1, 2)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("a", Arguments(["a"])),
        ("a --high b", Arguments(["a", "b"], {"--high"})),
        ("--speed 5 a", Arguments(["a"], set(), {"--speed": "5"})),
        ("--speed=5 a", Arguments(["a"], set(), {"--speed": "5"})),
        ("--speed= a", Arguments(["a"], set(), {"--speed": ""})),
        ("-5 -", Arguments(["-5", "-"])),
        ("-- --high", Arguments(["--high"])),
    ],
)
def test_understood(typed: str, understood: Arguments) -> None:
    assert parse(FORM, typed.split(" ")) == understood


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ([], "something is missing; use: tray-agent fly"),
        (["a", "b", "c"], '"c" is too much; use: tray-agent fly'),
        (["a", "--low"], "there is no option --low; use: tray-agent fly"),
        (["a", "--high=1"], "there is no option --high=1"),
        (["a", "--speed"], "--speed needs a value"),
    ],
)
def test_slips_are_one_sentence(typed: list[str], told: str) -> None:
    with pytest.raises(CommandError) as refused:
        parse(FORM, typed)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.code is Exit.USAGE
