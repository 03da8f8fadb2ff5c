"""The ADMX against the real registry: what the policy editor writes is what the agent goes by."""

from __future__ import annotations

import sys
import winreg
from collections.abc import Iterator
from typing import Any

import pytest

from installers.policy import definition
from tests.platforms.windows.test_policies import erase
from tests.support.policy_editor import Template, Written
from tray_agent.platforms.windows.policies import KEY, RegistryPolicies
from tray_agent.shell.managed import Managed

assert sys.platform == "win32"

SETTINGS = {setting.key: setting for setting in definition.settings(definition.load())}
HIVES = {"machine": winreg.HKEY_LOCAL_MACHINE, "user": winreg.HKEY_CURRENT_USER}
KINDS = {"dword": winreg.REG_DWORD, "text": winreg.REG_SZ}
OTHER: dict[str, Any] = {
    "hours.ranges": ["mon 08:00-12:00", "tue 08:00-12:00"],
    "hours.holidays": ["2026-12-25"],
    "organisation.link": "https://example.org",
    "language": "de",
}
"""A value of each text and list that is not its default; of the rest it is made."""


@pytest.fixture(autouse=True)
def registry() -> Iterator[None]:
    yield
    for hive in HIVES.values():
        erase(hive, KEY)


def other(key: str) -> Any:
    setting = SETTINGS[key]
    match setting.kind:
        case "bool":
            return not setting.default
        case "int":
            return setting.high if setting.default != setting.high else setting.low
        case "enum":
            return next(value for value, _words in setting.choices if value != setting.default)
        case _:
            return OTHER.get(key, "Example Works")


def write(hive: int, written: list[Written]) -> None:
    for each in written:
        with winreg.CreateKeyEx(hive, each.key, 0, winreg.KEY_WRITE | winreg.KEY_WOW64_64KEY) as key:
            winreg.SetValueEx(key, each.name, 0, KINDS[each.kind], each.value)


def decide(scope: str, *, recommended: bool, default: bool = False) -> None:
    """Enable every policy of one level, as the editor does."""
    template = Template()
    for policy in template.policies():
        name = policy.get("name", "")
        if name.endswith("_recommended") == recommended:
            key = next(key for key, s in SETTINGS.items() if s.id == name.removesuffix("_recommended"))
            chosen = SETTINGS[key].default if default and SETTINGS[key].default != [] else other(key)
            write(HIVES[scope], template.written(policy, chosen))


def read() -> Managed:
    managed = Managed(RegistryPolicies().read)
    managed.reload()
    assert [row.error for row in managed.rows if row.error] == []
    return managed


def plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}


@pytest.mark.parametrize("scope", HIVES)
def test_every_policy_comes_back_as_it_was_chosen(scope: str) -> None:
    decide(scope, recommended=False)
    managed = read()
    assert plain(managed.values(managed.mandatory)) == {key: other(key) for key in SETTINGS}
    assert not managed.recommended


def test_what_is_recommended_stays_apart() -> None:
    decide("machine", recommended=True)
    managed = read()
    assert plain(managed.values(managed.recommended)) == {
        key: other(key) for key, setting in SETTINGS.items() if setting.recommendable
    }
    assert not managed.mandatory


def test_the_machine_wins_over_the_user() -> None:
    decide("machine", recommended=False)
    decide("user", recommended=False, default=True)
    managed = read()
    assert {row.scope for row in managed.mandatory.values()} == {"machine"}
    assert plain(managed.values(managed.mandatory)) == {key: other(key) for key in SETTINGS}
