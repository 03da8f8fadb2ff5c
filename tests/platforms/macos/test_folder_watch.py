"""The folder watch, over a kqueue that real files tell: the ways in which people save, on every system."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.macos import kqueue
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.macos.folder_watch import FolderWatch
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop


@pytest.fixture(autouse=True)
def mac(monkeypatch: pytest.MonkeyPatch) -> None:
    kqueue.put_in(monkeypatch)


class Watched:
    """A folder three levels down, watched; `calls` counts what was reported."""

    def __init__(self, folder: Path) -> None:
        self.loop = SelectorLoop()
        self.folder = folder
        self.calls = 0
        self.watch = FolderWatch(self.loop, folder, self._count)

    def _count(self) -> None:
        self.calls += 1

    def reported(self, what: str) -> None:
        """Wait for a report, then for silence, so that the next report is a new one."""
        turn_until(self.loop, lambda: self.calls, f"a report of {what}")
        turn_for(self.loop, 0.3)
        self.calls = 0

    def close(self) -> None:
        self.watch.close()
        self.watch.close()
        self.loop.close()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    folder = tmp_path / "a" / "b" / "config"
    folder.mkdir(parents=True)
    made = Watched(folder)
    yield made
    made.close()


def test_ways_in_which_people_save(watched: Watched) -> None:
    file = watched.folder / "settings.toml"
    file.write_text("1")
    watched.reported("a new file")
    with file.open("a") as stream:
        stream.write("2")
    watched.reported("a file written in place")
    fresh = watched.folder / ".new"
    fresh.write_text("3")
    fresh.replace(file)
    watched.reported("a file replaced")
    file.unlink()
    watched.reported("a file deleted")


def test_burst_is_one_report(watched: Watched) -> None:
    for n in range(50):
        (watched.folder / "settings.toml").write_text(str(n))
    turn_until(watched.loop, lambda: watched.calls, "a report")
    turn_for(watched.loop, 0.3)
    assert watched.calls == 1


def test_reading_is_no_change(watched: Watched) -> None:
    (watched.folder / "settings.toml").write_text("1")
    watched.reported("a new file")
    (watched.folder / "settings.toml").read_text()
    list(watched.folder.iterdir())
    turn_for(watched.loop, 0.3)
    assert watched.calls == 0


def test_folder_that_is_replaced_is_watched_again(watched: Watched) -> None:
    watched.folder.rename(watched.folder.with_name("old"))
    watched.folder.mkdir()
    watched.reported("the replacement")
    (watched.folder / "settings.toml").write_text("1")
    watched.reported("a file in the new folder")
    (watched.folder.with_name("old") / "settings.toml").write_text("1")
    turn_for(watched.loop, 0.3)
    assert watched.calls == 0


def test_folder_that_comes_back_level_by_level_is_watched_again(watched: Watched, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "a")
    watched.reported("the loss")
    for level in reversed((watched.folder, *watched.folder.parents[:2])):
        level.mkdir()
        turn_for(watched.loop, 0.05)
    watched.reported("the return")
    (watched.folder / "settings.toml").write_text("1")
    watched.reported("a file in the new folder")


def test_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    watched = Watched(tmp_path / "x" / "y" / "config")
    (tmp_path / "unrelated").write_text("1")
    turn_for(watched.loop, 0.3)
    assert watched.calls == 0
    watched.folder.mkdir(parents=True)
    (watched.folder / "settings.toml").write_text("1")
    watched.reported("the folder")
    watched.close()


def test_closed_watch_is_silent_and_leaks_nothing(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    watched = Watched(tmp_path)
    (tmp_path / "settings.toml").write_text("1")
    watched.loop.step(0.1)
    watched.watch.close()
    turn_for(watched.loop, 0.3)
    assert watched.calls == 0
    watched.close()
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_file_written_through_a_link_is_noticed(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "config", tmp_path / "dotfiles"
    folder.mkdir()
    elsewhere.mkdir()
    file = elsewhere / "settings.toml"
    file.write_text("1")
    (folder / "settings.toml").symlink_to(file)
    watched = Watched(folder)
    file.write_text("2")
    watched.reported("a file written at the other end of a link")
    fresh = elsewhere / ".new"
    fresh.write_text("3")
    fresh.replace(file)
    watched.reported("a file replaced at the other end of a link")
    watched.close()


def test_folder_that_appears_while_its_parent_is_being_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = FolderWatch._add

    def slowly(watch: FolderWatch, path: Path) -> bool:
        (tmp_path / "config").mkdir(exist_ok=True)
        return add(watch, path)

    monkeypatch.setattr(FolderWatch, "_add", slowly)
    watched = Watched(tmp_path / "config")
    (watched.folder / "settings.toml").write_text("1")
    watched.reported("a file in the folder")
    watched.close()


def test_what_cannot_be_watched_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = SelectorLoop()
    monkeypatch.setattr(FolderWatch, "_add", lambda _watch, _path: False)
    with pytest.raises(Unavailable, match="cannot be watched"):
        FolderWatch(loop, tmp_path, lambda: None)
    loop.close()


def test_no_descriptor_left_is_said(tmp_path: Path) -> None:
    loop = SelectorLoop()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1, hard))
    try:
        with pytest.raises(Unavailable, match="Too many open files"):
            FolderWatch(loop, tmp_path, lambda: None)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    loop.close()
