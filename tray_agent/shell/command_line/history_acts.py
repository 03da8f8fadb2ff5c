"""`history` and `export`: what is stored, read from the file whether an agent runs or not."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from tray_agent.shell import state_file
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
    whole = "--include-health" in typed.flags
    with _stored() as store:
        document = {**store.export(include_health=whole), "state": _state()}
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    if typed.words[0] == "-":
        sys.stdout.write(text)
    else:
        _write_new(Path(typed.words[0]), text)
        told = _("All that is kept about you is in {file}.")
        if not whole:
            told = _("All that is kept about you is in {file}, but for answers about your health.")
        print(told.format(file=typed.words[0]))
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


def _state() -> Any:
    snapshot = terminal.places().snapshot
    try:
        return state_file.stored(snapshot)
    except (OSError, msgspec.DecodeError) as error:
        sentence = _("the saved state {file} cannot be read: {why}")
        raise CommandError(Exit.FAULT, sentence.format(file=snapshot, why=error)) from None


def _write_new(path: Path, text: str) -> None:
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        sentence = _("{file} is there already and was left alone; name another file")
        raise CommandError(Exit.USAGE, sentence.format(file=path)) from None
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with os.fdopen(file, "w", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        path.unlink()
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> CommandError:
    sentence = _("{file} cannot be written: {why}")
    return CommandError(Exit.FAULT, sentence.format(file=path, why=error.strerror))
