"""Values that were typed after an option, checked as they are taken."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tray_agent.shell.command_line.arguments import Arguments, Form, wrong
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.words import _

if TYPE_CHECKING:
    from pathlib import Path


def number(form: Form, typed: Arguments, option: str, default: float) -> float:
    """The number above 0 after `option`, or `default`; raises `CommandError`."""
    text = typed.values.get(option)
    if text is None:
        return default
    value = 0.0
    with suppress(ValueError):
        value = float(text)
    if not 0 < value < float("inf"):
        raise wrong(form, _("{option} needs a number above 0, not {text}").format(option=option, text=text))
    return value


def config(typed: Arguments) -> Path | None:
    """The settings file after `--config`, if any; raises `CommandError` when it is not there."""
    text = typed.values.get("--config")
    if text is None:
        return None
    from pathlib import Path

    if not Path(text).is_file():
        raise CommandError(Exit.USAGE, _("there is no settings file {file}").format(file=text))
    return Path(text)
