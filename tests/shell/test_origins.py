from __future__ import annotations

from tray_agent.shell import setting_values
from tray_agent.shell.origins import Level, Origin, Unmanaged


def test_without_an_organisation_it_is_the_person_or_the_default() -> None:
    settings = setting_values.typed({"intensity": "gentle", "quiet.call": True})
    origins = Unmanaged(lambda: settings)
    assert origins.of("intensity") == Origin(Level.USER)
    assert origins.of("quiet.call") == origins.of("insistence") == Origin(Level.DEFAULT)


def test_only_what_is_mandatory_takes_the_choice_away() -> None:
    assert [level for level in Level if Origin(level).managed] == [Level.MANDATORY]
