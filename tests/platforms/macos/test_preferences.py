"""Managed preferences."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.macos import corefoundation
from tray_agent.platforms.macos.preferences import Preference, plain, preferences

APP = "org.trayagent.TrayAgent"


@pytest.fixture(autouse=True)
def machine() -> Iterator[dict[tuple[str, str], tuple[object, bool]]]:
    corefoundation.played.begin()
    yield corefoundation.played.on_disk
    corefoundation.played.begin()


def test_only_keys_with_a_value_are_there(machine: dict[tuple[str, str], tuple[object, bool]]) -> None:
    machine[APP, "rhythm.sit_min"] = (45, True)
    assert preferences(["rhythm.sit_min", "rhythm.stand_min"]) == {"rhythm.sit_min": Preference(45, True)}


def test_what_people_wrote_there_themselves_is_no_policy(
    machine: dict[tuple[str, str], tuple[object, bool]],
) -> None:
    machine[APP, "rhythm.sit_min"] = (30, False)
    assert not preferences(["rhythm.sit_min"])["rhythm.sit_min"].forced


def test_a_change_is_seen_and_another_apps_value_is_not_ours(
    machine: dict[tuple[str, str], tuple[object, bool]],
) -> None:
    machine["org.example.Other", "sound"] = (True, True)
    assert preferences(["sound"]) == {}
    machine[APP, "sound"] = (True, True)
    assert preferences(["sound"]) == {"sound": Preference(True, True)}
    machine[APP, "sound"] = (False, True)
    assert preferences(["sound"]) == {"sound": Preference(False, True)}


class BridgedText(str):
    __slots__ = ()


class BridgedNumber(int):
    __slots__ = ()


def test_values_are_pythons_own_afterwards() -> None:
    value = plain({BridgedText("a"): (BridgedText("b"), BridgedNumber(3), 1.5, True)})
    assert value == {"a": ["b", 3, 1.5, True]}
    assert isinstance(value, dict)
    (key,), inner = value, value["a"]
    assert type(key) is str and isinstance(inner, list)
    assert [type(one) for one in inner] == [str, int, float, bool]


@pytest.mark.parametrize("value", [b"data", object(), None])
def test_what_no_setting_can_be_is_none(value: object) -> None:
    assert plain(value) is None
