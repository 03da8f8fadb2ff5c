"""Policies on a Mac: profiles over the played preferences, the machine's own file for real."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.macos import corefoundation, kqueue
from tests.support.turning import turn_until
from tray_agent.platforms.macos.policies import ManagedPreferences
from tray_agent.ports import Policy, PolicyTrouble
from tray_agent.shell.loop import SelectorLoop

APP = "org.trayagent.TrayAgent"
NAMES = ("intensity", "hours.ranges", "quiet.call")


@pytest.fixture(autouse=True)
def machine() -> Iterator[dict[tuple[str, str], tuple[object, bool]]]:
    corefoundation.played.begin()
    yield corefoundation.played.on_disk
    corefoundation.played.begin()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for name in ("Preferences", "Managed Preferences"):
        (tmp_path / name).mkdir()
    return tmp_path


def read(library: Path) -> list[Policy | PolicyTrouble]:
    return list(ManagedPreferences(NAMES, library).read())


def test_only_what_a_profile_forces_is_mandatory(
    machine: dict[tuple[str, str], tuple[object, bool]], library: Path
) -> None:
    machine[APP, "intensity"] = ("gentle", True)
    machine[APP, "hours.ranges"] = (["mon 08:00-12:00"], True)
    machine[APP, "quiet.call"] = (False, False)  # the person's own doing
    assert [
        (each.name, each.value, each.mandatory) for each in read(library) if isinstance(each, Policy)
    ] == [
        ("intensity", "gentle", True),
        ("hours.ranges", ["mon 08:00-12:00"], True),
    ]


def test_the_machine_s_own_file_recommends(library: Path) -> None:
    file = library / "Preferences" / f"{APP}.plist"
    file.write_bytes(plistlib.dumps({"intensity": "gentle", "no.such": 1}))
    assert read(library) == [
        Policy("intensity", "gentle", mandatory=False, machine=True, source=str(file)),
        Policy("no.such", 1, mandatory=False, machine=True, source=str(file)),
    ]


def test_a_file_that_is_none_is_told(library: Path) -> None:
    (library / "Preferences" / f"{APP}.plist").write_bytes(b"not a list")
    (trouble,) = read(library)
    assert isinstance(trouble, PolicyTrouble)
    assert trouble.sentence == "the file is no property list"


def test_without_anything_there_are_no_policies(tmp_path: Path) -> None:
    assert read(tmp_path / "none") == []


def test_a_profile_that_comes_is_noticed(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kqueue.put_in(monkeypatch)
    loop = SelectorLoop()
    told: list[int] = []
    close = ManagedPreferences(NAMES, library).watch(loop, lambda: told.append(1))
    (library / "Managed Preferences" / f"{APP}.plist").write_bytes(b"")
    turn_until(loop, lambda: told, "the profile is noticed")
    close()
    loop.close()
