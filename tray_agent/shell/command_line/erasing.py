"""`erase`: all that is kept about the person goes, whether an agent runs or not; the settings stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tray_agent.shell import ipc
from tray_agent.shell.command_line import terminal
from tray_agent.shell.command_line.arguments import Arguments, Form
from tray_agent.shell.folders import Folders
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.words import _

_WORD = "erase"
_KEPT = ("history.sqlite3*", "state.json*", ".state.json.*", "agent.log*", "crash*.txt", "fault.txt")
_HELD = {
    "agent.log",
    "history.sqlite3",
    "history.sqlite3-wal",
    "history.sqlite3-shm",
    "state.json",
    "fault.txt",
}
"""A running agent has these open; it empties them itself."""


def erase(_form: Form, typed: Arguments) -> int:
    """Ask, then delete."""
    places = terminal.places()
    if "--yes" not in typed.flags:
        _confirm()
    try:
        terminal.ask("erase")
    except CommandError as error:
        if error.code is not Exit.NOT_RUNNING:
            raise
        _erase_alone(places)
    else:
        _remove(path for path in _files(places.state) if path.name not in _HELD)
    done = _("All that was kept about you is deleted. Your settings stay: {file}").format(
        file=places.settings
    )
    return terminal.show({}, lambda _nothing: done, typed)


def _confirm() -> None:
    if not terminal.can_ask():
        raise CommandError(Exit.USAGE, _("nothing was deleted; where nobody can be asked, add --yes"))
    print(_("Your history, today's figures, answers about your health and the log will be deleted for good."))
    try:
        answer = input(_("Type {word} to go on: ").format(word=_WORD))
    except EOFError:
        answer = ""
    if answer.strip() != _WORD:
        raise CommandError(Exit.USAGE, _("nothing was deleted"))


def _erase_alone(places: Folders) -> None:
    try:
        # An agent that started meanwhile would write down again what it had read before.
        with ipc.alone(places.socket):
            _remove(_files(places.state))
    except ipc.AlreadyRunning:
        raise CommandError(Exit.FAULT, _("Tray Agent is just starting; try again")) from None
    except OSError as error:
        sentence = _("nothing was deleted: {file}: {why}").format(file=error.filename, why=error.strerror)
        raise CommandError(Exit.FAULT, sentence) from None


def _files(folder: Path) -> Iterator[Path]:
    for pattern in _KEPT:
        yield from folder.glob(pattern)


def _remove(files: Iterator[Path]) -> None:
    stayed = []
    for file in files:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            stayed.append(_("{file} cannot be deleted: {why}").format(file=file, why=error.strerror))
    if stayed:
        raise CommandError(Exit.FAULT, "\n".join(stayed))
