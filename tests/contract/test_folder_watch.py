"""What every folder watch promises, told by the files of a real folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.contract.adapters import makers
from tests.contract.worlds import FolderWorld
from tests.support.watched import Watched, Watching
from tray_agent.shell.loop import SelectorLoop


@pytest.fixture
def world(loop: SelectorLoop, tmp_path: Path) -> Iterator[FolderWorld]:
    with ExitStack() as stack:
        yield FolderWorld(loop, stack, tmp_path)


@pytest.fixture(params=makers("folder_watches"))
def watching(request: pytest.FixtureRequest, world: FolderWorld) -> Watching:
    made: Watching = request.param(world)
    return made


@pytest.fixture
def watched(world: FolderWorld, watching: Watching) -> Iterator[Watched]:
    """Three levels down."""
    folder = world.folder / "a" / "b" / "config"
    folder.mkdir(parents=True)
    watched = Watched(world.loop, watching, folder)
    yield watched
    watched.close()


def test_ways_in_which_people_save(watched: Watched) -> None:
    watched.file.write_text("1")
    watched.reported("a new file")
    with watched.file.open("a") as stream:
        stream.write("2")
    watched.reported("a file written in place")
    fresh = watched.folder / ".new"
    fresh.write_text("3")
    fresh.replace(watched.file)
    watched.reported("a file replaced")
    watched.file.unlink()
    watched.reported("a file deleted")


def test_a_burst_is_one_report(world: FolderWorld, watched: Watched) -> None:
    for n in range(50):
        watched.file.write_text(str(n))
    world.until(lambda: watched.calls, "a report")
    world.turn_for(0.3)
    assert watched.calls <= world.burst


def test_a_burst_that_goes_on_while_the_loop_turns_is_few(world: FolderWorld, watched: Watched) -> None:
    for n in range(50):
        watched.file.write_text(str(n))
        world.loop.step(0.0)
    world.until(lambda: watched.calls, "a report")
    world.turn_for(0.3)
    assert watched.calls < 10


def test_reading_is_no_change(watched: Watched) -> None:
    watched.file.write_text("1")
    watched.reported("a new file")
    watched.file.read_text()
    list(watched.folder.iterdir())
    watched.stays_silent()


def test_a_folder_that_is_replaced_is_watched_again_and_the_old_one_no_more(watched: Watched) -> None:
    old = watched.folder.with_name("old")
    watched.folder.rename(old)
    watched.folder.mkdir()
    watched.reported("the replacement")
    watched.file.write_text("1")
    watched.reported("a file in the new folder")
    (old / watched.file.name).write_text("1")
    watched.stays_silent()


def test_a_folder_that_goes_and_comes_back_level_by_level_is_watched_again(
    world: FolderWorld, watched: Watched
) -> None:
    world.loses(watched.folder)
    watched.reported("the loss")
    for level in reversed((watched.folder, *watched.folder.parents[:2])):
        level.mkdir(exist_ok=True)
        world.turn_for(0.05)
    watched.reported("the return")
    watched.file.write_text("1")
    watched.reported("a file in the new folder")


@pytest.mark.parametrize("at_once", [False, True])
def test_a_folder_that_is_not_there_yet(world: FolderWorld, watching: Watching, at_once: bool) -> None:
    watched = Watched(world.loop, watching, world.folder / "x" / "y" / "config")
    world.stack.callback(watched.close)
    (world.folder / "unrelated").mkdir()
    (world.folder / "file").write_text("1")
    watched.stays_silent()
    watched.folder.mkdir(parents=True)
    if at_once:
        watched.file.write_text("1")
    watched.reported("the folder")
    watched.file.write_text("2")
    watched.reported("a file in it")


def test_once_it_is_closed_it_is_silent_and_holds_nothing(world: FolderWorld, watching: Watching) -> None:
    before = world.held()
    watched = Watched(world.loop, watching, world.folder)
    watched.file.write_text("1")
    world.loop.step(0.1)
    watched.close()
    watched.stays_silent()
    assert world.held() == before
