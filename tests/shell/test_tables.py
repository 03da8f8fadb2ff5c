import sqlite3
from collections.abc import Iterator

import pytest

from tray_agent.shell import tables
from tray_agent.shell.history import Row


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    for script in tables.MIGRATIONS:
        connection.executescript(script)
    yield connection
    connection.close()


def names(database: sqlite3.Connection) -> set[str]:
    return {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_every_table_can_be_exported_and_is_erased(database: sqlite3.Connection) -> None:
    assert names(database) == set(tables.TABLES)
    assert {statement.removeprefix("DELETE FROM ") for statement in tables.ERASE} == names(database)


def test_every_kind_of_row_fits_its_table_field_by_field(database: sqlite3.Connection) -> None:
    assert set(tables.INSERT) == set(tables.FORGET) == set(tables.SINCE) == set(Row.__args__)
    for kind, sql in tables.INSERT.items():
        row = kind(*range(len(kind._fields)))
        database.execute(sql, row._asdict())
        (kept,) = database.execute(tables.SINCE[kind], (0,)).fetchall()
        assert tuple(map(float, kept)) == row
        database.execute(tables.FORGET[kind], row._asdict())
        assert database.execute(tables.SINCE[kind], (0,)).fetchall() == []


def test_every_row_with_a_time_grows_old(database: sqlite3.Connection) -> None:
    for kind, sql in tables.INSERT.items():
        database.execute(sql, kind(*range(len(kind._fields)))._asdict())
    for sql in tables.TRIM:
        database.execute(sql, {"before": 100})
    assert not any(database.execute(sql).fetchall() for sql in tables.TABLES.values())


@pytest.mark.parametrize("sql", [*tables.SINCE.values(), *tables.FORGET.values()])
def test_rows_are_found_by_their_index(database: sqlite3.Connection, sql: str) -> None:
    values = dict.fromkeys(("began", "shown", "at", "kind"), 0)
    plan = database.execute(f"EXPLAIN QUERY PLAN {sql}", (0,) if "?" in sql else values).fetchall()
    assert all("USING INDEX" in step for *_rest, step in plan), plan
