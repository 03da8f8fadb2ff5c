"""What a command of a desktop entry or a unit starts, and whether that is there to be started."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

_WORD = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'])+""", re.DOTALL)
_PIECE = re.compile(r""""((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s"']+)""", re.DOTALL)


def words(command: str) -> list[str]:
    """The words of a command, whoever wrote it; field codes such as `%u` stay as they are."""
    return ["".join(_unquoted(word)).replace("%%", "%") for word in _WORD.findall(command)]


def missing(command: str, environ: Mapping[str, str]) -> str | None:
    """Why the command cannot be run, in a clause such as "it starts x, which is not there"."""
    program = _program(words(command))
    if program is None:
        return "it names no program"
    return None if is_there(program, environ) else f"it starts {program}, which is not there"


def is_there(program: str, environ: Mapping[str, str]) -> bool:
    """Whether it is a program, by its whole path or on PATH."""
    import shutil

    return shutil.which(program, path=environ.get("PATH", os.defpath)) is not None


def _program(command: list[str]) -> str | None:
    """What is really started where `env` only passes variables on."""
    if command and Path(command[0]).name == "env":
        command = [word for word in command[1:] if "=" not in word]
    return command[0] if command else None


def _unquoted(word: str) -> Iterator[str]:
    for double, single, bare in _PIECE.findall(word):
        yield re.sub(r"\\(.)", r"\1", double, flags=re.DOTALL) or single or bare
