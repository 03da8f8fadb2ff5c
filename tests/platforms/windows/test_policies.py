"""Policies in the real registry, written as Windows' own tools write them."""

from __future__ import annotations

import sys
import winreg
from collections.abc import Iterator

import pytest

from tests.support.turning import turn_until
from tray_agent.platforms.windows.policies import RegistryPolicies
from tray_agent.ports import Policy
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

KEY = r"Software\TrayAgentTests\Policies"
BOTH = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}


@pytest.fixture(autouse=True)
def registry() -> Iterator[None]:
    yield
    for hive in BOTH.values():
        erase(hive, r"Software\TrayAgentTests")


def erase(hive: int, path: str) -> None:
    try:
        with winreg.OpenKey(hive, path, 0, winreg.KEY_ALL_ACCESS) as key:
            below = [winreg.EnumKey(key, at) for at in range(winreg.QueryInfoKey(key)[0])]
    except FileNotFoundError:
        return
    for name in below:
        erase(hive, rf"{path}\{name}")
    winreg.DeleteKey(hive, path)


def write(hive: str, path: str, name: str, kind: int, value: int | str | bytes) -> None:
    with winreg.CreateKeyEx(BOTH[hive], path, 0, winreg.KEY_WRITE | winreg.KEY_WOW64_64KEY) as key:
        winreg.SetValueEx(key, name, 0, kind, value)


def read() -> list[Policy]:
    return [each for each in RegistryPolicies(KEY).read() if isinstance(each, Policy)]


def test_without_keys_there_are_no_policies() -> None:
    assert list(RegistryPolicies(KEY).read()) == []


def test_values_of_all_kinds_and_places() -> None:
    write("HKLM", KEY, "intensity", winreg.REG_SZ, "gentle")
    write("HKLM", KEY, "quiet.call", winreg.REG_DWORD, 1)
    write("HKCU", KEY, "history.retention_days", winreg.REG_DWORD, 0)
    write("HKLM", rf"{KEY}\Recommended", "language", winreg.REG_SZ, "de")
    machine, user, start = rf"HKLM\{KEY}", rf"HKCU\{KEY}", rf"HKLM\{KEY}\Recommended"
    assert read() == [
        Policy("history.retention_days", 0, mandatory=True, machine=False, source=user),
        Policy("intensity", "gentle", mandatory=True, machine=True, source=machine),
        Policy("quiet.call", 1, mandatory=True, machine=True, source=machine),
        Policy("language", "de", mandatory=False, machine=True, source=start),
    ]


def test_a_list_comes_in_the_order_of_its_numbers() -> None:
    days = [f"2026-12-{day}" for day in range(11, 23)]
    for at in (12, 1, 11, 2, 10, 3, 9, 4, 8, 5, 7, 6):
        write("HKLM", rf"{KEY}\hours.holidays", f"{at}", winreg.REG_SZ, days[at - 1])
    (policy,) = read()
    assert (policy.name, policy.value) == ("hours.holidays", days)


def test_a_value_of_another_kind_is_told_as_it_stands() -> None:
    write("HKLM", KEY, "intensity", winreg.REG_BINARY, b"\x01\xff")
    (policy,) = read()
    assert policy.value == "01ff"


def test_a_change_is_noticed_even_where_no_key_was() -> None:
    loop = SelectorLoop()
    told: list[int] = []
    close = RegistryPolicies(KEY).watch(loop, lambda: told.append(1))
    write("HKCU", KEY, "intensity", winreg.REG_SZ, "gentle")
    turn_until(loop, lambda: told, "the new key is noticed")
    told.clear()
    write("HKCU", rf"{KEY}\Recommended", "language", winreg.REG_SZ, "de")
    turn_until(loop, lambda: told, "the new value is noticed")
    close()
    loop.close()
