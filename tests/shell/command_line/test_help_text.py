from tray_agent.shell.command_line.arguments import Form
from tray_agent.shell.command_line.forms import FORMS
from tray_agent.shell.command_line.help_text import explained, overview

FLY = Form("fly [--high] TO", "be off", "fly --high south", "Takes a while. " * 8)
SIT = Form("sit", "stay", "sit")


def test_overview_has_a_line_for_each_verb() -> None:
    assert overview({"fly": FLY, "perch": SIT}) == (
        "tray-agent VERB, where VERB is one of\n"
        "  fly    be off\n"
        "  perch  stay\n"
        "tray-agent help VERB says how it is typed, with an example."
    )


def test_one_verb_in_full() -> None:
    assert explained(SIT) == "tray-agent sit\n\nstay\nExample: tray-agent sit"
    usage, empty, does, *more, example = explained(FLY).splitlines()
    assert (usage, empty, does) == ("tray-agent fly [--high] TO", "", "be off")
    assert " ".join(more) == FLY.more.strip() and len(more) == 2
    assert example == "Example: tray-agent fly --high south"


def test_help_fits_a_terminal() -> None:
    lines = [overview(FORMS), *map(explained, FORMS.values())]
    assert max(len(line) for text in lines for line in text.splitlines()) <= 90
