"""Policies below a folder of /etc, with real files, owners and modes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.turning import turn_until
from tray_agent.platforms.linux.policies import PolicyFolders
from tray_agent.ports import Policy, PolicyTrouble
from tray_agent.shell.loop import SelectorLoop

NOBODY = 65534


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "policies"
    for name in ("managed", "recommended"):
        (root / name).mkdir(parents=True, mode=0o755)
    for folder in (root, *root.iterdir()):
        folder.chmod(0o755)
    return root


def write(file: Path, text: str, mode: int = 0o644) -> Path:
    file.write_text(text)
    file.chmod(mode)
    return file


def read(root: Path) -> list[Policy | PolicyTrouble]:
    return list(PolicyFolders(root, os.geteuid()).read())


def test_no_folder_means_no_policies(tmp_path: Path) -> None:
    assert read(tmp_path / "none") == []


def test_managed_is_mandatory_and_files_come_in_the_order_of_their_names(root: Path) -> None:
    last = write(root / "managed" / "20-team.json", '{"intensity": "standard"}')
    first = write(root / "managed" / "10-all.json", '{"intensity": "gentle"}')
    start = write(root / "recommended" / "all.json", '{"language": "de"}')
    write(root / "managed" / "notes.txt", "not read")
    assert read(root) == [
        Policy("intensity", "gentle", mandatory=True, machine=True, source=str(first)),
        Policy("intensity", "standard", mandatory=True, machine=True, source=str(last)),
        Policy("language", "de", mandatory=False, machine=True, source=str(start)),
    ]


def refused(root: Path) -> str:
    (trouble,) = read(root)
    assert isinstance(trouble, PolicyTrouble)
    return trouble.sentence


@pytest.mark.parametrize("mode", [0o664, 0o646])
def test_a_file_that_others_may_write_is_not_obeyed(root: Path, mode: int) -> None:
    file = write(root / "managed" / "all.json", '{"intensity": "gentle"}', mode)
    assert str(file) in refused(root)


@pytest.mark.parametrize("folder", [".", "managed"])
def test_a_folder_that_others_may_write_is_not_obeyed(root: Path, folder: str) -> None:
    write(root / "managed" / "all.json", '{"intensity": "gentle"}')
    (root / folder).chmod(0o777)
    assert str((root / folder).resolve()) in refused(root)


def test_somebody_else_s_file_is_not_obeyed(root: Path) -> None:
    write(root / "managed" / "all.json", '{"intensity": "gentle"}')
    (trouble,) = PolicyFolders(root, owner=NOBODY).read()
    assert isinstance(trouble, PolicyTrouble)
    assert "must belong to root" in trouble.sentence


def test_what_is_no_file_is_told(root: Path) -> None:
    os.mkfifo(root / "managed" / "pipe.json", 0o644)
    assert refused(root) == "it is no file"


def test_a_file_that_is_far_too_long_is_told(root: Path) -> None:
    write(root / "managed" / "all.json", " " * (1 << 21))
    assert refused(root) == "it is longer than a megabyte"


def test_one_bad_file_leaves_the_others(root: Path) -> None:
    write(root / "managed" / "a.json", "{")
    write(root / "managed" / "b.json", '{"intensity": "gentle"}')
    trouble, policy = read(root)
    assert isinstance(trouble, PolicyTrouble)
    assert isinstance(policy, Policy)


def test_a_new_file_is_noticed_even_in_a_folder_that_was_not_there(
    tmp_path: Path, loop: SelectorLoop
) -> None:
    root = tmp_path / "policies"
    told: list[int] = []
    close = PolicyFolders(root, os.geteuid()).watch(loop, lambda: told.append(1))
    (root / "managed").mkdir(parents=True)
    turn_until(loop, lambda: told, "the folder is noticed")
    told.clear()
    write(root / "managed" / "all.json", "{}")
    turn_until(loop, lambda: told, "the file is noticed")
    close()
