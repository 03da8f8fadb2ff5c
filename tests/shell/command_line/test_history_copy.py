import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.private import private
from tray_agent import platforms
from tray_agent.shell import folders
from tray_agent.shell.command_line.history_copy import copied
from tray_agent.shell.folders import Folders
from tray_agent.shell.history import BoutRow
from tray_agent.shell.store import NewerStore, SqliteStore

NOW = 1_772_470_800.0
BOUT = BoutRow(NOW - 3000, NOW - 600, "idle")


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Folders]:
    found = folders.find(platforms.select().places, environ={folders.HOME: str(tmp_path)})
    found.make()
    yield found
    found.state.chmod(0o700)


def sitting(places: Folders) -> list[float]:
    with copied(places) as store:
        return [day.sitting_s for day in store.days(7, NOW)]


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {file.name: (file.stat().st_mtime_ns, file.read_bytes()) for file in folder.iterdir()}


def test_nothing_is_made_where_there_is_nothing(tmp_path: Path) -> None:
    places = folders.find(platforms.select().places, environ={folders.HOME: str(tmp_path / "home")})
    assert sitting(places) == []
    assert not (tmp_path / "home").exists()


def test_a_closed_history_is_left_exactly_as_it_is(places: Folders) -> None:
    with closing(SqliteStore(places.history)) as store:
        store.add(BOUT)
    before = contents(places.state)
    assert sitting(places) == [2400]
    assert contents(places.state) == before
    assert list(places.runtime.iterdir()) == []


def test_an_open_history_is_read_up_to_the_last_row_and_goes_on(places: Folders) -> None:
    with closing(SqliteStore(places.history)) as store:
        store.add(BOUT)
        before = contents(places.state)
        with copied(places) as copy:
            assert [day.sitting_s for day in copy.days(7, NOW)] == [2400]
            store.add(BoutRow(NOW - 500, NOW - 400, "idle"))
            copy.erase()
        assert before.keys() == contents(places.state).keys()
        assert sitting(places) == [2500]


def test_an_old_history_is_brought_up_to_date_in_the_copy_alone(places: Folders) -> None:
    with closing(sqlite3.connect(places.history)) as database:
        database.execute("PRAGMA user_version = 0")
    before = contents(places.state)
    assert sitting(places) == []
    assert contents(places.state) == before


def test_the_copy_is_the_person_s_alone(places: Folders) -> None:
    SqliteStore(places.history).close()
    with copied(places):
        (folder,) = places.runtime.iterdir()
        assert private(folder)


def test_a_newer_history_is_refused(places: Folders) -> None:
    with closing(sqlite3.connect(places.history)) as database:
        database.execute("PRAGMA user_version = 999")
    with pytest.raises(NewerStore), copied(places):
        pass


def test_what_is_no_history_is_a_fault(places: Folders) -> None:
    places.history.write_text("no database " * 1000)
    with pytest.raises(sqlite3.DatabaseError), copied(places):
        pass
    assert places.history.read_text().startswith("no database")
