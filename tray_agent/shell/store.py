"""The history: bouts, breaks, prompts and doses in one SQLite file that is the person's own.

Every row is committed when it is added, so a killed process loses none.  While the file cannot be
written (full disk, lost folder) the store goes on in memory and says so in `health`; what waits, at
most `MOST_WAITING` changes, is written as soon as that works again.
"""

from __future__ import annotations

import os
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tray_agent.core.model import Limits
from tray_agent.ports import Health, State
from tray_agent.shell import atomic, health_answers
from tray_agent.shell.history import Day, DoseRow, Row, by_day, day_began, day_of
from tray_agent.shell.tables import (
    ERASE,
    FORGET,
    INSERT,
    MIGRATIONS,
    SAY,
    SINCE,
    TABLES,
    TIMES,
    TRIM,
    UNDO,
    UNSAY,
)
from tray_agent.shell.words import _

MOST_WAITING = 2000
DAY_S = 24 * 3600.0
_PATIENCE_S = 0.5

Statement = tuple[str, dict[str, Any]]


class NewerStore(Exception):
    """The file belongs to a newer version of the program; as a `str` one sentence for people."""


class SqliteStore:
    """The history in the file at `path`; raises `NewerStore`, and then has changed nothing.

    `notice` is a sentence when a file that was no database had to be set aside.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: deque[list[Statement]] = deque(maxlen=MOST_WAITING)
        self._trouble: str | None = None
        self.notice: str | None = None
        try:
            self._db = self._open()
        except (OSError, sqlite3.OperationalError) as error:
            self._db = _in_memory()
            self._trouble = str(error)

    def add(self, *rows: Row) -> None:
        """Keep these rows, all or none."""
        self._write([(sql[type(row)], row._asdict()) for row in rows for sql in (FORGET, INSERT)])

    def correct(self, since: float, rows: Sequence[Row]) -> None:
        """Put these bouts, breaks and times stood in place of those that began at `since` or later."""
        statements: list[Statement] = [(undo, {"since": since}) for undo in UNDO]
        self._write([*statements, *((INSERT[type(row)], row._asdict()) for row in rows)])

    def recent_doses(self, since: float) -> list[DoseRow]:
        """Movement done at `since` or later, oldest first."""
        return [DoseRow(*row) for row in self._read(SINCE[DoseRow], since)]

    def days(self, n: int, now: float, label: Callable[[float], str] = day_of) -> list[Day]:
        """The last `n` days up to `now` that have rows, oldest first; `label` dates a time."""
        since = now - n * DAY_S
        oldest = label(since)
        return [day for day in by_day(self.rows(since), label) if day.date > oldest]

    def rows(self, since: float) -> list[Row]:
        """Everything that began at `since` or later."""
        return [kind(*row) for kind, sql in SINCE.items() for row in self._read(sql, since)]

    def export(self, *, include_health: bool) -> dict[str, list[dict[str, Any]]]:
        """Every field of every table, as `docs/schemas/export.json` has it; times are ISO 8601."""
        names = [name for name in TABLES if include_health or name != "health"]
        return {name: [_written_out(row) for row in self._named(TABLES[name])] for name in names}

    def limits(self) -> Limits:
        """What the person told about what their body allows."""
        return health_answers.limits(dict(self._read("SELECT name, value FROM health")))

    def set_limits(self, limits: Limits, now: float) -> None:
        """Keep that; an answer that has not changed keeps its time, one taken back is gone."""
        answers = health_answers.answers(limits)
        gone = [name for (name,) in self._read("SELECT name FROM health") if name not in answers]
        told = [{"name": name, "value": value, "at": now} for name, value in answers.items()]
        self._write([*((UNSAY, {"name": name}) for name in gone), *((SAY, answer) for answer in told)])

    def note(self, name: str) -> str | None:
        """A small fact about the history itself, kept by name."""
        found = self._read("SELECT value FROM meta WHERE name = ?", name)
        return str(found[0][0]) if found else None

    def set_note(self, name: str, value: str) -> None:
        """Keep a small fact about the history itself."""
        self._write([("INSERT OR REPLACE INTO meta VALUES (:name, :value)", {"name": name, "value": value})])

    def trim(self, retention_days: int, now: float) -> None:
        """Delete what is older than `retention_days`; 0 keeps only today's."""
        before = {"before": now - retention_days * DAY_S if retention_days else day_began(now)}
        self._write([(statement, before) for statement in TRIM])

    def erase(self) -> bool:
        """Delete everything, health answers too; False while the file itself cannot be written."""
        self._waiting.clear()
        self._write([(statement, {}) for statement in ERASE])
        if self._trouble is not None:
            return False
        self._path.with_name(self._path.name + ".bad").unlink(missing_ok=True)
        try:
            # The log still holds what was deleted; the file itself is wiped by `secure_delete`.
            (busy, *_rest) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
        return not busy

    def retry(self) -> None:
        """Try again to write what waits; harmless when nothing does."""
        if self._trouble is None:
            return
        try:
            disk = self._open()
        except (OSError, sqlite3.DatabaseError, NewerStore) as error:
            self._trouble = str(error)
            return
        try:
            with disk:
                for statements in self._waiting:
                    _run(disk, statements)
        except sqlite3.DatabaseError as error:
            disk.close()
            self._trouble = str(error)
        else:
            self._db.close()
            self._db, self._trouble = disk, None
            self._waiting.clear()

    def health(self) -> Health:
        """Whether the history reaches the disk."""
        state = State.OK if self._trouble is None else State.DEGRADED
        return Health("history", state, "sqlite", self._trouble)

    def close(self) -> None:
        """Write what still waits, if that works by now, and let go of the file."""
        self.retry()
        self._db.close()

    def _write(self, statements: list[Statement]) -> None:
        self.retry()
        if self._trouble is None:
            try:
                with self._db:
                    _run(self._db, statements)
                return
            except sqlite3.DatabaseError as error:
                self._go_on_in_memory(error)
        self._waiting.append(statements)
        with self._db:
            _run(self._db, statements)

    def _read(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        return self._ask(sql, parameters)[0]

    def _named(self, sql: str) -> list[dict[str, Any]]:
        rows, names = self._ask(sql, ())
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _ask(self, sql: str, parameters: Sequence[object]) -> tuple[list[tuple[Any, ...]], list[str]]:
        try:
            found = self._db.execute(sql, parameters)
            return found.fetchall(), [name for name, *_rest in found.description]
        except sqlite3.DatabaseError as error:
            if self._trouble is not None:
                raise
            self._go_on_in_memory(error)
            return self._ask(sql, parameters)

    def _open(self) -> sqlite3.Connection:
        try:
            return _connect(self._path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            kept = atomic.set_aside(self._path)
            for leftover in ("-wal", "-shm"):
                self._path.with_name(self._path.name + leftover).unlink(missing_ok=True)
            sentence = _("the history could not be read; it was kept as {file} and a new one begun")
            self.notice = sentence.format(file=kept)
            return _connect(self._path)

    def _go_on_in_memory(self, error: Exception) -> None:
        self._trouble = str(error)
        disk, self._db = self._db, _in_memory(self._db)
        disk.close()


def _in_memory(disk: sqlite3.Connection | None = None) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:")
    if disk is not None:
        with suppress(sqlite3.DatabaseError):
            disk.backup(memory)
    _migrate(memory)
    return memory


def _connect(path: Path) -> sqlite3.Connection:
    # SQLite would make the file readable by others; its log takes over the mode it finds.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=_PATIENCE_S)
    try:
        _refuse_newer(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA cache_size = -256")
        _migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        sentence = _("{file} was written by a newer Tray Agent; please update, nothing was changed")
        raise NewerStore(sentence.format(file=path))


def _migrate(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")


def _run(connection: sqlite3.Connection, statements: Sequence[Statement]) -> None:
    for sql, parameters in statements:
        connection.execute(sql, parameters)


def _written_out(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromtimestamp(value, UTC).astimezone().isoformat(timespec="milliseconds")
        if name in TIMES
        else value
        for name, value in row.items()
    }
