import pytest

from tray_agent.shell.command_line.arguments import Arguments, Form, Open, parse
from tray_agent.shell.messages import CommandError, Exit

FORM = Form(
    "fly [--high] [--speed N] [--class CLASS] FROM TO",
    "fly",
    flags=frozenset({"--high"}),
    values={"--speed": Open.TEXT, "--class": ("first", "second")},
    words=(Open.TEXT, ("b", "--high")),
    least=1,
)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("a", Arguments(["a"], set(), {})),
        ("a --high b", Arguments(["a", "b"], {"--high"}, {})),
        ("--speed 5 a", Arguments(["a"], set(), {"--speed": "5"})),
        ("--speed=5 a", Arguments(["a"], set(), {"--speed": "5"})),
        ("--speed= a", Arguments(["a"], set(), {"--speed": ""})),
        ("-5", Arguments(["-5"], set(), {})),
        ("-", Arguments(["-"], set(), {})),
        ("--class first a", Arguments(["a"], set(), {"--class": "first"})),
        ("a -- --high", Arguments(["a", "--high"], set(), {})),
    ],
)
def test_understood(typed: str, understood: Arguments) -> None:
    assert parse(FORM, typed.split(" "))[:3] == understood[:3]


def test_an_option_that_is_given_twice_has_both_values() -> None:
    found = parse(FORM, ["--speed", "5", "a", "--speed=7"])
    assert found.values == {"--speed": "7"}
    assert found.every == (("--speed", "5"), ("--speed", "7"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ([], "something is missing; use: tray-agent fly"),
        (["a", "b", "c"], '"c" is too much; use: tray-agent fly'),
        (["a", "--low"], "there is no option --low; use: tray-agent fly"),
        (["a", "--high=1"], "there is no option --high=1"),
        (["a", "--speed"], "--speed needs a value"),
        (["a", "x"], '"x" is none of b, --high; use: tray-agent fly'),
        (["a", "--class=third"], '"third" is none of first, second; use: tray-agent fly'),
    ],
)
def test_slips_are_one_sentence(typed: list[str], told: str) -> None:
    with pytest.raises(CommandError) as refused:
        parse(FORM, typed)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.code is Exit.USAGE
