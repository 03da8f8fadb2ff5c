"""Pages of text as people read them."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from tests.shell.test_presenter import seated
from tray_agent.core.explain import Explanation
from tray_agent.core.model import Because, Reason
from tray_agent.ports import Policy
from tray_agent.shell import pages
from tray_agent.shell.managed import Managed
from tray_agent.shell.sheets import Section

SENSOR = Explanation(would_change=(Because("sensor"),))


def test_why_says_what_is_believed_what_comes_and_what_holds_it() -> None:
    view = replace(seated(50, due_in_min=0), owed=True, quiet=(Reason.CALL,), explanation=SENSOR)
    ground = Because("input", {"idle_s": 90.0})
    view = replace(view, estimate=replace(view.estimate, because=(ground,)))
    page = pages.why(view, lambda t: t)
    assert page.short.splitlines() == [
        "You seem to be sitting: the last input was about 2 min ago.",
        "What would change my mind: activity that can be seen.",
        "A break is due; it waits: you are in a call.",
    ]
    assert page.sections[1].lines[0].startswith("Today: 0 breaks")


def test_about_says_what_it_is_and_where_the_files_lie() -> None:
    file = Path("settings/tray-agent/settings.toml")
    page = pages.about("1.2.3", [file], Managed())
    assert page.short.splitlines()[0] == "Tray Agent 1.2.3"
    text = "\n".join(line for section in page.sections for line in section.lines)
    assert str(file) in text
    assert "no network code" in text


def test_about_says_who_decides_and_where_to_ask() -> None:
    managed = Managed(
        lambda: [
            Policy("organisation.name", "Example Works", mandatory=True, machine=True, source="x"),
            Policy("organisation.link", "https://example.org/help", mandatory=True, machine=True, source="x"),
        ]
    )
    managed.reload()
    sections = pages.about("1", [], managed).sections
    (section,) = (each for each in sections if each.heading == "Your organisation")
    assert section.lines == (
        "Some settings are decided by Example Works; these are grey.",
        "Ask here: https://example.org/help",
    )


def test_what_is_urgent_is_what_a_note_has_room_for() -> None:
    calm, urgent = Section(("A notice.",)), Section(("a fever",), "Get help if you have", urgent=True)
    assert pages.Page("Help", (calm, urgent)).short == "Get help if you have\na fever"
