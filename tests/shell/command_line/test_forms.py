import pytest

from tray_agent import cli
from tray_agent.shell.command_line.arguments import Form, Open, parse
from tray_agent.shell.command_line.forms import FORMS
from tray_agent.shell.messages import CommandError

EACH = pytest.mark.parametrize(("name", "form"), FORMS.items(), ids=FORMS)


@EACH
def test_usage_names_the_verb_every_option_and_every_choice(name: str, form: Form) -> None:
    assert form.usage.split()[0] == name
    for option in (form.flags | form.values.keys()) - {"--json"}:
        assert option in form.usage
    for choice in (*form.words, *form.values.values()):
        assert isinstance(choice, Open) or "|".join(choice) in form.usage


@EACH
def test_example_of_each_verb_is_understood(name: str, form: Form) -> None:
    verb, *typed = form.example.partition(" >")[0].split()
    assert verb == name
    parse(form, typed)


@EACH
def test_what_each_verb_does_is_a_short_clause(name: str, form: Form) -> None:
    assert form.does[0].islower() or form.does.startswith("I ")
    assert not form.does.endswith(".") and len(form.does) < 50
    assert form.more == "" or form.more.endswith(".")


def test_every_verb_does_something() -> None:
    assert cli.ACTS.keys() == FORMS.keys()


@pytest.mark.parametrize("typed", [[], ["until", "14:30", "today"]])
def test_pause_takes_one_or_two_words(typed: list[str]) -> None:
    with pytest.raises(CommandError):
        parse(FORMS["pause"], typed)
