"""Everything that is kept about the person as one JSON text, and the file it is written to."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import msgspec

from tray_agent.shell import state_file
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.store import SqliteStore
from tray_agent.shell.words import _


def document(store: SqliteStore, snapshot: Path, *, include_health: bool) -> str:
    """History and saved state, as `docs/schemas/export.json` has them.

    Raises `CommandError` when the state cannot be read.
    """
    everything = {**store.export(include_health=include_health), "state": _state(snapshot)}
    return json.dumps(everything, ensure_ascii=False, indent=1) + "\n"


def write(path: Path, text: str, *, include_health: bool) -> str:
    """Write to a file that must not be there yet; returns a sentence that says what is in it.

    Raises `CommandError`, and leaves no half of a file.
    """
    _write_new(path, text)
    told = _("All that is kept about you is in {file}.")
    if not include_health:
        told = _("All that is kept about you is in {file}, but for answers about your health.")
    return told.format(file=path)


def _state(snapshot: Path) -> Any:
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
