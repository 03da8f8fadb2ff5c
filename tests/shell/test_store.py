import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.full_disk import full_disk
from tests.support.private import private
from tray_agent.core.model import Limits
from tray_agent.ports import State
from tray_agent.shell.history import BoutRow, BreakRow, DoseRow, PromptRow, Row, StandRow
from tray_agent.shell.store import NewerStore, SqliteStore
from tray_agent.shell.tables import MIGRATIONS

DAY = 24 * 3600.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


def bout(began: float) -> BoutRow:
    return BoutRow(began, began + 60.0, "idle")


def bouts(path: Path) -> list[float]:
    connection = sqlite3.connect(path)
    try:
        return [began for (began,) in connection.execute("SELECT began FROM bouts ORDER BY began")]
    finally:
        connection.close()


def test_files_are_private(path: Path) -> None:
    store = SqliteStore(path)
    store.add(bout(0.0))
    files = {file.name: file for file in path.parent.iterdir()}
    assert private(*files.values())
    assert "history.sqlite3-wal" in files
    store.close()


def test_killed_process_loses_no_row(path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path\n"
        "from tray_agent.shell.history import BoutRow; from tray_agent.shell.store import SqliteStore\n"
        f"store = SqliteStore(Path({str(path)!r}))\n"
        "for n in range(1000):\n"
        "    store.add(BoutRow(n * 100.0, n * 100.0 + 60.0, 'idle'))\n"
        "    print(n, flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = [int(process.stdout.readline()) for _row in range(50)]
    process.kill()
    told += [int(line) for line in process.stdout.read().split()]
    process.stdout.close()
    process.wait()
    assert bouts(path)[: len(told)] == [n * 100.0 for n in told]
    store = SqliteStore(path)
    assert store.health().state is State.OK
    store.close()


def test_full_disk_is_waited_out_in_memory(path: Path) -> None:
    store = SqliteStore(path)
    store.add(bout(0.0))
    dose = DoseRow("glutes", 0.0, 0.0, 1, 10, 0.0, 500.0)
    with full_disk():
        store.add(bout(1000.0), dose)
        health = store.health()
        assert (health.name, health.state) == ("history", State.DEGRADED)
        assert health.reason
        store.retry()
        assert store.health().state is State.DEGRADED
        assert store.recent_doses(0.0) == [dose]
        (day,) = store.days(1, 2000.0, lambda at: "today" if at >= 0 else "earlier")
        assert day.sitting_s == 120.0
    assert bouts(path) == [0.0]
    store.retry()
    assert store.health().state is State.OK
    assert store.recent_doses(0.0) == [dose]
    store.close()
    assert bouts(path) == [0.0, 1000.0]


def test_next_row_takes_those_that_waited_along(path: Path) -> None:
    store = SqliteStore(path)
    with full_disk():
        store.add(bout(0.0))
    store.add(bout(1000.0))
    assert store.health().state is State.OK
    assert bouts(path) == [0.0, 1000.0]
    store.close()


def test_store_that_cannot_be_opened_is_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.write_text("in the way")
    store = SqliteStore(folder / "history.sqlite3")
    store.add(bout(0.0))
    assert store.health().state is State.DEGRADED
    folder.unlink()
    folder.mkdir()
    store.close()
    assert bouts(folder / "history.sqlite3") == [0.0]


def test_locked_file_is_waited_for_elsewhere(path: Path) -> None:
    store = SqliteStore(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.add(bout(0.0))
    assert store.health().reason == "database is locked"
    other.execute("ROLLBACK")
    other.close()
    store.retry()
    assert bouts(path) == [0.0]
    store.close()


def test_what_is_no_database_is_set_aside(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 100)
    store = SqliteStore(path)
    assert store.notice is not None
    assert "history.sqlite3.bad" in store.notice
    store.add(bout(0.0))
    assert store.health().state is State.OK
    assert path.with_name("history.sqlite3.bad").read_bytes().startswith(b"not a database")
    store.close()
    assert bouts(path) == [0.0]


def test_file_of_a_newer_version_is_refused_and_untouched(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE future (x)")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NewerStore) as refused:
        SqliteStore(path)
    assert (
        str(refused.value) == f"{path} was written by a newer Tray Agent; please update, nothing was changed"
    )
    assert path.read_bytes() == before


def test_interrupted_migration_starts_over(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 0")
    connection.close()
    SqliteStore(path).close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    connection.close()
    SqliteStore(path).close()


def test_history_of_an_older_version_goes_on(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(f"{MIGRATIONS[0]} PRAGMA user_version = 1;")
    connection.execute("INSERT INTO bouts VALUES (0, 60, 'idle')")
    connection.commit()
    connection.close()
    store = SqliteStore(path)
    store.add(StandRow(100.0, 200.0))
    (day,) = store.days(1, 1000.0, lambda at: "today" if at >= 0 else "earlier")
    assert (day.sitting_s, day.standing_s) == (60.0, 100.0)
    store.close()


def test_the_safety_check_of_an_older_version_goes_on(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(f"{MIGRATIONS[0]} {MIGRATIONS[1]} PRAGMA user_version = 2;")
    connection.execute("INSERT INTO health VALUES ('safety_cleared', 'yes', 100)")
    connection.commit()
    connection.close()
    store = SqliteStore(path)
    assert store.limits() == Limits(cleared=True)
    store.close()


def test_limits_wait_for_the_disk_like_all_else(path: Path) -> None:
    store = SqliteStore(path)
    store.set_limits(Limits(hurt=frozenset({"half_kneel"})), 0.0)
    with full_disk():
        store.set_limits(Limits(cleared=True), 1.0)
        assert store.limits() == Limits(cleared=True)
    store.close()
    store = SqliteStore(path)
    assert store.limits() == Limits(cleared=True)
    store.close()


YEAR_BEGAN = 20_089 * DAY


def a_year() -> Iterator[Row]:
    """More than anybody does: a break every half hour of twelve hours a day.

    It begins in 2025, because on Windows nothing may lie before 1970.
    """
    for began in (YEAR_BEGAN + day * DAY + hour * 1800.0 for day in range(365) for hour in range(24)):
        yield BoutRow(began, began + 1500.0, "idle")
        yield BreakRow(began + 1500.0, began + 1800.0, "idle")
        yield PromptRow("stand_up", "notify", began + 1490.0, "started", began + 1495.0)
        yield DoseRow("hip_flexor", 30.0, 30.0, 0, 0, 120.0, began + 1700.0)


def took(call: Callable[[], object], times: int) -> float:
    """Processor seconds of calling it so often."""
    began = time.process_time()
    for _ in range(times):
        call()
    return time.process_time() - began


def test_summing_up_a_year_is_little_more_work_than_reading_it(path: Path) -> None:
    store = SqliteStore(path)
    store.add(*a_year())
    days = store.days(366, YEAR_BEGAN + 365 * DAY)
    assert len(days) in (365, 366)
    assert sum(day.breaks for day in days) == 365 * 24
    # Three times where nothing else runs.  Often enough that a clock of coarse ticks can tell.
    read_s = took(lambda: store.rows(YEAR_BEGAN), 20)
    assert took(lambda: store.days(366, YEAR_BEGAN + 365 * DAY), 5) / 5 < 8 * read_s / 20
    store.close()


def test_erased_means_gone_from_the_disk(path: Path) -> None:
    path.with_name(path.name + ".bad").write_bytes(b"old")
    store = SqliteStore(path)
    store.add(BreakRow(0.0, 300.0, "unmistakable"))
    store.set_limits(Limits(cleared=True, hurt=frozenset({"half_kneel"})), 0.0)
    assert store.erase()
    assert store.limits() == Limits()
    assert not path.with_name(path.name + ".bad").exists()
    for file in path.parent.iterdir():
        assert b"unmistakable" not in file.read_bytes(), file
        assert b"safety_cleared" not in file.read_bytes(), file
        assert b"half_kneel" not in file.read_bytes(), file
    store.close()


def test_erasing_says_when_the_disk_did_not_follow(path: Path) -> None:
    store = SqliteStore(path)
    store.add(bout(0.0))
    with full_disk():
        assert store.erase() is False
    store.retry()
    store.close()
    assert bouts(path) == []


def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tray_agent.shell.store.MOST_WAITING", 3)
    folder = tmp_path / "state"
    folder.write_text("in the way")
    store = SqliteStore(folder / "history.sqlite3")
    for n in range(5):
        store.add(bout(n * 100.0))
    folder.unlink()
    folder.mkdir()
    store.close()
    assert bouts(folder / "history.sqlite3") == [200.0, 300.0, 400.0]


def test_years_that_are_over_cost_a_start_and_today_nothing(path: Path) -> None:
    """Counted in the steps of SQLite's machine, since seconds differ from run to run."""
    now = 1000 * DAY

    def steps() -> int:
        count = 0

        def counted() -> int:
            nonlocal count
            count += 1
            return 0

        store = SqliteStore(path)
        store._db.set_progress_handler(counted, 1)
        store.limits()
        store.note("welcomed")
        store.recent_doses(now - 7 * DAY)
        store.rows(now - 12 * 7 * DAY)
        store.close()
        return count

    def live(days: range) -> None:
        store = SqliteStore(path)
        hours = [number * DAY + hour * 3600 for number in days for hour in range(9, 17)]
        store.add(*(row for at in hours for row in (bout(at), BreakRow(at + 60, at + 90, "idle"))))
        store.close()

    live(range(916, 1000))
    weeks = steps()
    live(range(600, 916))
    assert weeks > 1000
    assert steps() == pytest.approx(weeks, rel=0.05)
