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
from pathlib import Path
from typing import Any

from tray_agent.ports import Health, State
from tray_agent.shell import atomic
from tray_agent.shell.history import BoutRow, BreakRow, Day, DoseRow, PromptRow, Row, by_day, day_of
from tray_agent.shell.words import _

MOST_WAITING = 2000
DAY_S = 24 * 3600.0
_PATIENCE_S = 0.5

# One script for each version; `user_version` counts how many were run.
MIGRATIONS = (
    """
    CREATE TABLE bouts (began REAL NOT NULL, ended REAL NOT NULL, cause TEXT NOT NULL);
    CREATE TABLE breaks (began REAL NOT NULL, ended REAL NOT NULL, cause TEXT NOT NULL);
    CREATE TABLE prompts (kind TEXT NOT NULL, insistence TEXT NOT NULL, shown REAL NOT NULL,
                          outcome TEXT NOT NULL, ended REAL NOT NULL);
    CREATE TABLE doses (kind TEXT NOT NULL, left_s REAL NOT NULL, right_s REAL NOT NULL,
                        sets INTEGER NOT NULL, reps INTEGER NOT NULL, standing_s REAL NOT NULL,
                        at REAL NOT NULL);
    CREATE TABLE health (name TEXT PRIMARY KEY, value TEXT NOT NULL, at REAL NOT NULL);
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE INDEX bouts_began ON bouts (began);
    CREATE INDEX breaks_began ON breaks (began);
    CREATE INDEX prompts_shown ON prompts (shown);
    CREATE INDEX doses_at ON doses (at);
    """,
)

# The same row told twice, as after a crash between a row and the next snapshot, is kept once.
_FORGET = {
    BoutRow: "DELETE FROM bouts WHERE began BETWEEN :began - 1 AND :began + 1",
    BreakRow: "DELETE FROM breaks WHERE began BETWEEN :began - 1 AND :began + 1",
    PromptRow: "DELETE FROM prompts WHERE shown BETWEEN :shown - 1 AND :shown + 1",
    DoseRow: "DELETE FROM doses WHERE at BETWEEN :at - 1 AND :at + 1 AND kind = :kind",
}
_INSERT = {
    BoutRow: "INSERT INTO bouts VALUES (:began, :ended, :cause)",
    BreakRow: "INSERT INTO breaks VALUES (:began, :ended, :cause)",
    PromptRow: "INSERT INTO prompts VALUES (:kind, :insistence, :shown, :outcome, :ended)",
    DoseRow: "INSERT INTO doses VALUES (:kind, :left_s, :right_s, :sets, :reps, :standing_s, :at)",
}
_TRIM = (
    "DELETE FROM bouts WHERE ended < :before",
    "DELETE FROM breaks WHERE ended < :before",
    "DELETE FROM prompts WHERE ended < :before",
    "DELETE FROM doses WHERE at < :before",
)
_ERASE = (
    "DELETE FROM bouts",
    "DELETE FROM breaks",
    "DELETE FROM prompts",
    "DELETE FROM doses",
    "DELETE FROM health",
    "DELETE FROM meta",
)

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
        self._write([(sql[type(row)], row._asdict()) for row in rows for sql in (_FORGET, _INSERT)])

    def correct(
        self, since: float, breaks: Sequence[BreakRow], bouts: Sequence[BoutRow] | None = None
    ) -> None:
        """Put these breaks, and bouts when given, in place of those that began at `since` or later."""
        statements: list[Statement] = [("DELETE FROM breaks WHERE began >= :since", {"since": since})]
        if bouts is not None:
            statements.append(("DELETE FROM bouts WHERE began >= :since", {"since": since}))
        rows: list[Row] = [*breaks, *(bouts or ())]
        statements += [(_INSERT[type(row)], row._asdict()) for row in rows]
        self._write(statements)

    def recent_doses(self, since: float) -> list[DoseRow]:
        """Movement done at `since` or later, oldest first."""
        rows = self._read("SELECT * FROM doses WHERE at >= ? ORDER BY at", since)
        return [DoseRow(*row) for row in rows]

    def days(self, n: int, now: float, label: Callable[[float], str] = day_of) -> list[Day]:
        """The last `n` days up to `now` that have rows, oldest first; `label` dates a time."""
        since = now - n * DAY_S
        oldest = label(since)
        rows: list[Row] = [
            *(BoutRow(*row) for row in self._read("SELECT * FROM bouts WHERE began >= ?", since)),
            *(BreakRow(*row) for row in self._read("SELECT * FROM breaks WHERE began >= ?", since)),
            *(PromptRow(*row) for row in self._read("SELECT * FROM prompts WHERE shown >= ?", since)),
            *self.recent_doses(since),
        ]
        return [day for day in by_day(rows, label) if day.date > oldest]

    def safety_cleared(self) -> bool:
        """Whether the person read the contraindications and ticked that none apply."""
        return self._read("SELECT value FROM health WHERE name = ?", "safety_cleared") == [("yes",)]

    def set_safety_cleared(self, cleared: bool, at: float) -> None:
        """Keep the answer to the safety check."""
        answer = {"value": "yes" if cleared else "no", "at": at}
        self._write([("INSERT OR REPLACE INTO health VALUES ('safety_cleared', :value, :at)", answer)])

    def note(self, name: str) -> str | None:
        """A small fact about the history itself, kept by name."""
        found = self._read("SELECT value FROM meta WHERE name = ?", name)
        return str(found[0][0]) if found else None

    def set_note(self, name: str, value: str) -> None:
        """Keep a small fact about the history itself."""
        self._write([("INSERT OR REPLACE INTO meta VALUES (:name, :value)", {"name": name, "value": value})])

    def trim(self, retention_days: int, now: float) -> None:
        """Delete what is older than `retention_days`; 0 keeps only today's."""
        before = {"before": now - max(retention_days, 1) * DAY_S}
        self._write([(statement, before) for statement in _TRIM])

    def erase(self) -> bool:
        """Delete everything, health answers too; False while the file itself cannot be written."""
        self._waiting.clear()
        self._write([(statement, {}) for statement in _ERASE])
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

    def _read(self, sql: str, parameter: object) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(sql, (parameter,)).fetchall()
        except sqlite3.DatabaseError as error:
            if self._trouble is not None:
                raise
            self._go_on_in_memory(error)
            return self._read(sql, parameter)

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
