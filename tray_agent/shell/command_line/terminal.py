"""What the verbs of the command line share: where the files are, whom to ask, and how to answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from tray_agent.shell.messages import CommandError, Exit, with_activation
from tray_agent.shell.words import _

if TYPE_CHECKING:
    from tray_agent.ports import Channel, Policies
    from tray_agent.shell.command_line.arguments import Arguments
    from tray_agent.shell.folders import Folders, Usual
    from tray_agent.shell.managed import Managed

Result = dict[str, Any]


def _unix_socket() -> Channel | None:
    return None


def _no_policies(_names: Collection[str]) -> Policies | None:
    return None


def _nowhere() -> NoReturn:
    raise LookupError("no system was put in place")


usual_folders: Usual = _nowhere
"""Where the system has a person's files; the command line puts its system's way in the place of this one."""

channel = _unix_socket
"""How the agent is reached; put in place likewise."""

policies: Callable[[Collection[str]], Policies | None] = _no_policies
"""Where an organisation writes down what it decides; put in place likewise."""


def managed() -> Managed:
    """What the organisation decides, read now."""
    from tray_agent.shell import setting_values
    from tray_agent.shell.managed import Managed

    found = policies(setting_values.TYPES.keys())
    decided = Managed(found.read if found is not None else tuple)
    decided.reload()
    return decided


def decided(key: str, free: object) -> str | None:
    """The sentence that says who decides this, unless it is left `free`."""
    found = managed()
    row = found.mandatory.get(key)
    if row is None or row.value == free:
        return None
    return _("this is decided by {organisation}").format(organisation=found.name() or _("your organisation"))


def places() -> Folders:
    """The folders of this person; raises `CommandError`."""
    from tray_agent.shell import folders

    try:
        return folders.find(usual_folders)
    except folders.UnusableFolder as error:
        raise CommandError(Exit.FAULT, str(error)) from None


def ask(verb: str, args: Result | None = None) -> Result:
    """What the running agent answers; raises `CommandError`."""
    from tray_agent.shell import ipc

    return ipc.ask(places().socket, verb, with_activation(args or {}), channel=channel())


def tell(verb: str, args: Result, typed: Arguments) -> int:
    """Have the running agent do something, and say that it did."""
    result = ask(verb, args)
    from tray_agent.shell import sentences

    return show(result, lambda given: sentences.done(verb, given), typed)


def show(result: Result, in_words: Callable[[Result], str], typed: Arguments) -> int:
    """Print a result, as JSON when that was asked for; returns the exit code of success."""
    if "--json" in typed.flags:
        print_json(result)
    else:
        print(in_words(result))
    return Exit.DONE


def print_json(result: Result) -> None:
    """Print a result on one line, in letters that reach whoever reads it."""
    import json

    print(json.dumps(result, ensure_ascii=not _takes_everything(sys.stdout)))


def say_what_can_be_said() -> None:
    """From now on letters that a stream has no bytes for are replaced and no longer end the program.

    Into a pipe or a file, Windows writes in an old code page of the country.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not _takes_everything(stream):
            stream.reconfigure(errors="replace")


def can_ask() -> bool:
    """Whether somebody sits at standard input; the null device of Windows only says so."""
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    if sys.platform != "win32":
        return True
    import ctypes
    import msvcrt

    handle, mode = ctypes.c_void_p(msvcrt.get_osfhandle(sys.stdin.fileno())), ctypes.c_ulong()
    return bool(ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(mode)))


def complain(sentence: object) -> None:
    """Say what is wrong where nobody parses it."""
    print(sentence, file=sys.stderr)


def _takes_everything(stream: TextIO | None) -> bool:
    return (getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-") in {"utf-8", "utf8"}
