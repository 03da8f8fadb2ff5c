"""What an organisation may decide, and what it may not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tray_agent.ports import Policy, PolicyTrouble
from tray_agent.shell.managed import Managed
from tray_agent.shell.origins import Level
from tray_agent.shell.settings import BadSetting, ManagedSetting, SettingsFile

FILE = "/etc/tray-agent/policies/managed/office.json"


def policy(
    name: str, value: object, *, mandatory: bool = True, machine: bool = True, source: str = FILE
) -> Policy:
    return Policy(name, value, mandatory, machine, source)


def managed(*policies: Policy | PolicyTrouble) -> Managed:
    made = Managed(lambda: policies)
    made.reload()
    return made


def person(folder: Path, chosen: str, *policies: Policy) -> SettingsFile:
    path = folder / "settings.toml"
    path.write_text(chosen)
    file = SettingsFile(path, Managed(lambda: policies))
    file.reload()
    return file


LEVELS = (
    (policy("intensity", "gentle", mandatory=False, machine=False), "gentle", Level.RECOMMENDED),
    (policy("intensity", "intensive", mandatory=False), "intensive", Level.RECOMMENDED),
    (None, "standard", Level.USER),
    (policy("intensity", "gentle", machine=False), "gentle", Level.MANDATORY),
    (policy("intensity", "intensive"), "intensive", Level.MANDATORY),
)


@pytest.mark.parametrize("upto", range(1, len(LEVELS) + 1))
def test_the_strongest_of_all_levels_wins(tmp_path: Path, upto: int) -> None:
    chosen = 'intensity = "standard"\n' if upto > 2 else ""
    # Whichever order they are found in.
    found = [given for given, _value, _level in reversed(LEVELS[:upto]) if given is not None]
    file = person(tmp_path, chosen, *found)
    assert (file.settings.intensity, file.of("intensity").level) == LEVELS[upto - 1][1:]


def test_without_a_policy_it_is_the_person_or_the_default(tmp_path: Path) -> None:
    file = person(tmp_path, 'intensity = "standard"\n')
    assert file.of("intensity").level is Level.USER
    assert file.of("insistence").level is Level.DEFAULT


def test_who_decided_says_where_to_ask(tmp_path: Path) -> None:
    name = policy("organisation.name", "Example Works")
    link = policy("organisation.link", "https://intranet.example/breaks")
    file = person(tmp_path, "", policy("hours.mode", "always"), name, link)
    origin = file.of("hours.mode")
    assert (origin.organisation, origin.link, origin.source) == ("Example Works", link.value, FILE)
    assert origin.managed


def test_a_later_file_wins_over_an_earlier_one() -> None:
    first, then = policy("intensity", "gentle"), policy("intensity", "intensive", source="later.json")
    rows = managed(first, then).rows
    assert [(row.value, row.in_force) for row in rows] == [("gentle", False), ("intensive", True)]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (policy("intensty", "gentle"), "there is no setting intensty; did you mean intensity?"),
        (policy("intensity", 3), "intensity = 3 is wrong; it must be one of gentle, standard, intensive"),
        (policy("quiet.call", "yes"), 'quiet.call = "yes" is wrong; it must be true or false'),
        (policy("quiet.call", 2), "quiet.call = 2 is wrong; it must be true or false"),
        (policy("insistence", "firm"), 'insistence = "firm" is only for a person to choose'),
        (policy("organisation.quit", 0, mandatory=False), "cannot be recommended"),
        (policy("hours.ranges", ["mon"]), "hours.ranges"),
        (policy("organisation.link", "javascript:alert(1)"), "an address such as https://"),
        # Nobody takes "not now" away, nor a pause, nor the erasing of one's own data.
        (policy("prompts.snooze", False), "there is no setting prompts.snooze"),
        (policy("pause", False), "there is no setting pause"),
        (policy("erase", False), "there is no setting erase"),
        (policy("safety", False), "there is no setting safety"),
    ],
)
def test_what_is_wrong_is_told_and_not_obeyed(wrong: Policy, told: str) -> None:
    found = managed(wrong, policy("hours.mode", "always"))
    assert found.rows[0].error is not None
    assert told in found.rows[0].error
    assert set(found.mandatory) == {"hours.mode"}
    assert not found.recommended


def test_a_source_that_cannot_be_read_is_told() -> None:
    (row,) = managed(PolicyTrouble(FILE, "others may write it")).rows
    assert (row.name, row.source, row.error) == ("", FILE, "others may write it")


@pytest.mark.parametrize(("stored", "value"), [(1, True), (0, False), (True, True), (False, False)])
def test_a_registry_writes_truth_as_a_number(stored: object, value: bool) -> None:
    assert managed(policy("quiet.call", stored)).mandatory["quiet.call"].value is value


def test_an_organisation_may_have_nothing_kept(tmp_path: Path) -> None:
    file = person(tmp_path, "", policy("history.retention_days", 0))
    assert file.settings.history.retention_days == 0
    for days in (1, 6, 366):
        (row,) = managed(policy("history.retention_days", days)).rows
        assert row.error is not None
    with pytest.raises(BadSetting):
        person(tmp_path, "").set("history.retention_days", "0")


CHANGES: list[Callable[[SettingsFile], object]] = [
    lambda file: file.set("intensity", "intensive"),
    lambda file: file.change({"language": "de", "intensity": "intensive"}),
    lambda file: file.forget("intensity"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_decided_cannot_be_changed(tmp_path: Path, change: Callable[[SettingsFile], object]) -> None:
    file = person(tmp_path, 'intensity = "standard"\n', policy("intensity", "gentle"))
    with pytest.raises(ManagedSetting, match="intensity is decided by your organisation"):
        change(file)
    assert file.path.read_text() == 'intensity = "standard"\n'
    assert file.settings.intensity == "gentle"


def test_the_person_s_choice_comes_back_when_the_policy_goes(tmp_path: Path) -> None:
    policies: list[Policy] = [policy("intensity", "gentle")]
    file = SettingsFile(tmp_path / "settings.toml", Managed(lambda: policies))
    file.path.write_text('intensity = "intensive"\n')
    assert file.reload()[0].intensity == "gentle"
    policies.clear()
    settings, _faults, changed = file.reload()
    assert changed
    assert settings.intensity == "intensive"


def test_a_recommendation_is_what_reset_brings_back(tmp_path: Path) -> None:
    file = person(tmp_path, "", policy("intensity", "gentle", mandatory=False))
    assert file.settings.intensity == "gentle"
    file.set("intensity", "intensive")
    assert (file.settings.intensity, file.of("intensity").level) == ("intensive", Level.USER)
    file.forget("intensity")
    assert (file.settings.intensity, file.of("intensity").level) == ("gentle", Level.RECOMMENDED)


def test_what_only_an_organisation_decides_cannot_be_chosen(tmp_path: Path) -> None:
    file = person(tmp_path, "[organisation]\nquit = false\n")
    assert file.settings.organisation.quit
    assert "for an organisation to decide" in str(file.faults[0])
    with pytest.raises(ManagedSetting, match="organisation.quit is for an organisation to decide"):
        file.set("organisation.quit", "false")


def test_a_new_policy_is_news_even_when_no_value_changes(tmp_path: Path) -> None:
    policies: list[Policy] = []
    file = SettingsFile(tmp_path / "settings.toml", Managed(lambda: policies))
    assert file.reload()[2] is False
    policies.append(policy("intensity", "standard"))
    assert file.reload()[2] is True
    assert file.of("intensity").managed


def values(found: Managed) -> dict[str, Any]:
    return found.values(found.mandatory)


def test_values_come_typed() -> None:
    assert values(managed(policy("hours.holidays", ["2026-12-25"]))) == {"hours.holidays": ("2026-12-25",)}
