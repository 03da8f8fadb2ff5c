"""What is particular to kqueue, told by real files; the rest is in tests/contract/test_folder_watch.py."""

from __future__ import annotations

import resource
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.macos import kqueue
from tests.support.watched import Watched
from tray_agent.platforms.macos.folder_watch import FolderWatch
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop


@pytest.fixture(autouse=True)
def mac(monkeypatch: pytest.MonkeyPatch) -> None:
    kqueue.put_in(monkeypatch)


def test_a_file_written_through_a_link_is_noticed(loop: SelectorLoop, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "config", tmp_path / "dotfiles"
    folder.mkdir()
    elsewhere.mkdir()
    file = elsewhere / "settings.toml"
    file.write_text("1")
    (folder / "settings.toml").symlink_to(file)
    with closing(Watched(loop, FolderWatch, folder)) as watched:
        file.write_text("2")
        watched.reported("a file written at the other end of a link")
        fresh = elsewhere / ".new"
        fresh.write_text("3")
        fresh.replace(file)
        watched.reported("a file replaced at the other end of a link")


def test_folder_that_appears_while_its_parent_is_being_watched(
    loop: SelectorLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = FolderWatch._add

    def slowly(watch: FolderWatch, path: Path) -> bool:
        (tmp_path / "config").mkdir(exist_ok=True)
        return add(watch, path)

    monkeypatch.setattr(FolderWatch, "_add", slowly)
    with closing(Watched(loop, FolderWatch, tmp_path / "config")) as watched:
        watched.file.write_text("1")
        watched.reported("a file in the folder")


def test_what_cannot_be_watched_is_said(
    loop: SelectorLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FolderWatch, "_add", lambda _watch, _path: False)
    with pytest.raises(Unavailable, match="cannot be watched"):
        FolderWatch(loop, tmp_path, lambda: None)


def test_no_descriptor_left_is_said(loop: SelectorLoop, tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1, hard))
    try:
        with pytest.raises(Unavailable, match="Too many open files"):
            FolderWatch(loop, tmp_path, lambda: None)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
