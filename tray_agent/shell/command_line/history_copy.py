"""The stored history to look at: a copy, so that the file is left exactly as it is.

None is made where there is none, none is brought up to date, and a running agent notices nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tray_agent.shell.folders import Folders
from tray_agent.shell.store import SqliteStore


@contextmanager
def copied(places: Folders) -> Iterator[SqliteStore]:
    """This person's history as it is now, empty where there is none.

    Raises `NewerStore`, and `OSError` or `sqlite3.DatabaseError` when it cannot be read.
    """
    # A session keeps its folder in memory, so that no copy reaches the disk.
    around = places.runtime if places.runtime.is_dir() else None
    with TemporaryDirectory(dir=around, prefix="history-") as folder:
        copy = Path(folder, places.history.name)
        if places.history.exists():
            with closing(_opened(places.history)) as stored, closing(sqlite3.connect(copy)) as taken:
                stored.backup(taken)
        with closing(SqliteStore(copy)) as store:
            yield store


def _opened(path: Path) -> sqlite3.Connection:
    # Without its log nobody has the file open; SQLite would make that log even for looking at it.
    untouched = "" if path.with_name(f"{path.name}-wal").exists() else "&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{untouched}", uri=True)
