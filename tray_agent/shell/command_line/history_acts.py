"""`history` and `export`: what is stored, read from the file whether an agent runs or not."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tray_agent.shell.command_line import history_report, terminal
from tray_agent.shell.command_line.arguments import Arguments, Form, wrong
from tray_agent.shell.command_line.history_copy import copied
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.store import NewerStore, SqliteStore
from tray_agent.shell.words import _

_DAYS = "7"
_MOST_DAYS = 365
_REPORTS = {
    "text": history_report.as_text,
    "json": history_report.as_json,
    "csv": history_report.as_csv,
}


def history(form: Form, typed: Arguments) -> int:
    """Print the last days in figures."""
    number = typed.values.get("--days", _DAYS)
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= _MOST_DAYS):
        sentence = _("--days is a whole number from 1 to {most}, not {number}")
        raise wrong(form, sentence.format(most=_MOST_DAYS, number=number))
    with _stored() as store:
        days = store.days(int(number), time.time())
    # CSV says itself how its lines end.
    sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]
    sys.stdout.write(_REPORTS[typed.values.get("--format", "text")](days))
    return Exit.DONE


def export(_form: Form, typed: Arguments) -> int:
    """Write all that is stored to a file that must not be there yet, or to standard output."""
    # It knows the snapshot too, with all that this loads; a look at the days answers 15 ms sooner without.
    from tray_agent.shell import export as exporting

    whole = "--include-health" in typed.flags
    with _stored() as store:
        text = exporting.document(store, terminal.places().snapshot, include_health=whole)
    if typed.words[0] == "-":
        sys.stdout.write(text)
    else:
        print(exporting.write(Path(typed.words[0]), text, include_health=whole))
    return Exit.DONE


@contextmanager
def _stored() -> Iterator[SqliteStore]:
    places = terminal.places()
    try:
        with copied(places) as store:
            yield store
    except NewerStore as error:
        raise CommandError(Exit.FAULT, str(error)) from None
    except (OSError, sqlite3.DatabaseError) as error:
        sentence = _("the history {file} cannot be read: {why}")
        raise CommandError(Exit.FAULT, sentence.format(file=places.history, why=error)) from None
