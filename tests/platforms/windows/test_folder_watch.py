"""Real files.  What Wine cannot show is a watched folder's deletion: it stays until nobody watches it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.windows import folder_watch as module
from tray_agent.platforms.windows.folder_watch import FolderWatch
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop


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
    for n in range(20):
        (watched.folder / "settings.toml").write_text(str(n))
    turn_until(watched.loop, lambda: watched.calls, "a report")
    turn_for(watched.loop, 0.3)
    assert watched.calls <= 2


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


def test_folder_that_goes_and_comes_back(watched: Watched, tmp_path: Path) -> None:
    watched.folder.rename(tmp_path / "elsewhere")
    watched.reported("the loss")
    watched.folder.mkdir()
    watched.reported("the return")
    (watched.folder / "settings.toml").write_text("1")
    watched.reported("a file in the new folder")


def test_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    watched = Watched(tmp_path / "x" / "y" / "config")
    (tmp_path / "unrelated").mkdir()
    turn_for(watched.loop, 0.3)
    assert watched.calls == 0
    watched.folder.mkdir(parents=True)
    watched.reported("the folder")
    (watched.folder / "settings.toml").write_text("1")
    watched.reported("a file in it")
    watched.close()


def test_closed_watch_is_silent_and_its_thread_ends(tmp_path: Path) -> None:
    before = threading.active_count()
    watched = Watched(tmp_path)
    (tmp_path / "settings.toml").write_text("1")
    watched.loop.step(0.1)
    watched.watch.close()
    turn_for(watched.loop, 0.3)
    assert watched.calls == 0
    watched.close()
    assert threading.active_count() == before


def test_where_nothing_can_be_watched_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_watched", lambda _folder, _what: module._INVALID_HANDLE)
    loop = SelectorLoop()
    with pytest.raises(Unavailable, match="cannot be watched"):
        FolderWatch(loop, tmp_path, lambda: None)
    loop.close()
