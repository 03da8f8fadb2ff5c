"""What an organisation has decided stands grey in the menu, all the rest as ever."""

from __future__ import annotations

import pytest
from msgspec import structs
from msgspec.structs import replace

from tests.shell.test_menu import NINE_PAST_TEN, OFF, chosen, opened, shown
from tests.shell.test_presenter import PROMPT, seated
from tray_agent.core.model import Do
from tray_agent.ports import Entry
from tray_agent.shell import menu_grey
from tray_agent.shell.menu import Shown
from tray_agent.shell.origins import Level, Origin
from tray_agent.shell.schema import Organisation, Settings


class Organised:
    """Decides these settings."""

    def __init__(self, *keys: str, organisation: str = "Example Works") -> None:
        self._keys = keys
        self._origin = Origin(Level.MANDATORY, "a file", organisation)

    def of(self, key: str) -> Origin:
        return self._origin if key in self._keys else Origin(Level.DEFAULT)


def managed(*keys: str, settings: Settings | None = None, organisation: str = "Example Works") -> Shown:
    by = Organised(*keys, organisation=organisation)
    return Shown(seated(5), settings or Settings(), OFF, NINE_PAST_TEN, by)


def grey(now: Shown) -> set[str]:
    """What is grey and would not be without an organisation."""
    free = opened(shown(seated(5)))
    return {path for path, entry in opened(now).items() if entry.action is None and path in free} - {
        path for path, entry in free.items() if entry.action is None
    }


@pytest.mark.parametrize(
    ("key", "paths"),
    [
        ("intensity", {f"Settings/Intensity/{value}" for value in ("Gentle", "Standard", "Intensive")}),
        ("quiet.call", {"Settings/No prompts/During calls"}),
        ("activity.long_silences", {"Settings/I read, listen or dictate a lot"}),
        (
            "hours.ranges",
            {
                "Settings/Working hours/Monday to Friday, 08:00 to 18:00",
                "Settings/Working hours/Monday to Friday, 09:00 to 17:00",
                "Settings/Working hours/Monday to Friday, 07:00 to 16:00",
            },
        ),
    ],
)
def test_what_is_decided_is_grey_and_nothing_else(key: str, paths: set[str]) -> None:
    now = managed(key)
    assert grey(now) == paths
    assert "Settings/Managed by Example Works" in opened(now)


def test_who_manages_leads_to_more() -> None:
    assert chosen(managed("intensity"), "Settings/Managed by Example Works") == "about"
    assert chosen(managed("intensity", organisation=""), "Settings/Managed by your organisation") == "about"


def test_nobody_is_named_where_nobody_decides() -> None:
    assert not any("Managed by" in path for path in opened(shown(seated(5))))


def test_not_now_stays_whatever_is_decided() -> None:
    everything = Organised(*Settings.__struct_fields__, "prompts.stand_up", "quiet.call", "hours.ranges")
    view = replace(seated(50), prompt=PROMPT)
    found = opened(Shown(view, Settings(), OFF, NINE_PAST_TEN, everything))
    for path in (
        "Start now",
        "Later",
        "Skip",
        "Pause/30 minutes",
        "Pause/Rest of today",
        "Pause/Until I resume",
    ):
        assert found[path].action is not None


def test_quit_goes_where_the_organisation_wants_the_agent_to_stay() -> None:
    stay = structs.replace(Settings(), organisation=Organisation(quit=False))
    found = opened(managed("organisation.quit", settings=stay))
    assert "Quit" not in found
    assert found["About/About Tray Agent"].action is not None


@pytest.mark.parametrize("wanted", ["always", "never"])
def test_starting_with_the_session_may_be_decided(wanted: str) -> None:
    decided = structs.replace(Settings(), organisation=Organisation(autostart=wanted))  # type: ignore[arg-type]
    assert opened(managed(settings=decided))["Settings/Start with the session"].action is None


def test_grey_keeps_how_it_looks() -> None:
    entry = Entry("Gentle", lambda: Do.SKIP, checked=True, radio=True)
    assert menu_grey.grey(entry) == replace(entry, action=None)
