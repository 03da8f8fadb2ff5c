"""What the verbs of the command line share: where the files are, whom to ask, and how to answer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tray_agent.shell.messages import CommandError, Exit, with_activation

if TYPE_CHECKING:
    from tray_agent.shell.command_line.arguments import Arguments
    from tray_agent.shell.folders import Folders

Result = dict[str, Any]


def places() -> Folders:
    """The folders of this person; raises `CommandError`."""
    from tray_agent.shell import folders

    try:
        return folders.find()
    except folders.UnusableFolder as error:
        raise CommandError(Exit.FAULT, str(error)) from None


def ask(verb: str, args: Result | None = None) -> Result:
    """What the running agent answers; raises `CommandError`."""
    from tray_agent.shell import ipc

    return ipc.ask(places().socket, verb, with_activation(args or {}))


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
    """Print a result on one line."""
    import json

    print(json.dumps(result, ensure_ascii=False))


def complain(sentence: object) -> None:
    """Say what is wrong where nobody parses it."""
    print(sentence, file=sys.stderr)
