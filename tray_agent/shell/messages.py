"""What the command line and a running agent say to each other: one JSON object a line.

A request is `{"v": 1, "cmd": "pause", "args": {"length_s": 1800}}`.  Its reply is
`{"v": 1, "ok": true, "result": {...}, "language": "de"}`, the language empty unless the agent was told
one, or `{"v": 1, "ok": false, "code": 2, "error": "a sentence"}` with the exit code the command line
ends with.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import IntEnum
from typing import Any

from tray_agent.shell import words
from tray_agent.shell.words import _

VERSION = 1
LONGEST = 64 * 1024
"""Bytes of a message, its newline included."""

ACTIVATION = "activation"
"""An argument that any request may have: what lets the window it opens take the focus under Wayland."""

Handle = Callable[[str, dict[str, Any]], dict[str, Any]]


class Exit(IntEnum):
    """How a command ends, for the shell that started it."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    NOT_RUNNING = 3
    REFUSED = 4
    TIMED_OUT = 5


class CommandError(Exception):
    """A command that cannot be carried out: an exit code and one sentence for people."""

    def __init__(self, code: Exit, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def with_activation(args: dict[str, Any]) -> dict[str, Any]:
    """The arguments, and with them the leave to take the focus that whoever started us has given."""
    token = os.environ.get("XDG_ACTIVATION_TOKEN")
    return {**args, ACTIVATION: token} if token else args


def request(cmd: str, args: dict[str, Any]) -> bytes:
    """The line that asks for a command; raises `CommandError` when it is too long."""
    line = _line({"cmd": cmd, "args": args})
    if len(line) > LONGEST:
        raise CommandError(Exit.USAGE, _("the command is too long"))
    return line


def answer(line: bytes, handle: Handle) -> bytes:
    """The reply to one line, whatever is in it.

    `handle` gets the command and its arguments, which may be anything JSON has; it returns the
    result or raises `CommandError`.
    """
    try:
        cmd, args = _understood(line)
        reply = _line({"ok": True, "result": handle(cmd, args), "language": words.chosen()})
    except CommandError as error:
        return refusal(error.code, str(error))
    if len(reply) > LONGEST:
        return refusal(Exit.FAULT, _("the answer is too long"))
    return reply


def refusal(code: Exit, sentence: str) -> bytes:
    """The line that says no."""
    return _line({"ok": False, "code": code, "error": sentence})


def result(line: bytes) -> dict[str, Any]:
    """The result in a reply; raises the `CommandError` that is in it.

    From then on the sentences are in the language the agent was told to speak, if it was.
    """
    reply = _object(line)
    if isinstance(language := reply.get("language"), str) and language:
        words.speak(language)
    if reply.get("ok") is True and isinstance(reply.get("result"), dict):
        return dict(reply["result"])
    code, sentence = reply.get("code"), reply.get("error")
    if isinstance(code, int) and code in set(Exit) and isinstance(sentence, str):
        raise CommandError(Exit(code), sentence)
    raise CommandError(Exit.FAULT, _("the agent's answer was not understood"))


def _understood(line: bytes) -> tuple[str, dict[str, Any]]:
    message = _object(line)
    cmd, args = message.get("cmd"), message.get("args", {})
    if not isinstance(cmd, str) or not isinstance(args, dict):
        raise CommandError(Exit.USAGE, _("a message needs a text cmd and an object args"))
    return cmd, args


def _object(line: bytes) -> dict[str, Any]:
    import json  # `help` and a slip, which ask nobody, answer sooner without it

    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        raise CommandError(Exit.USAGE, _("the message is not JSON")) from None
    if not isinstance(message, dict) or message.get("v") != VERSION:
        raise CommandError(Exit.USAGE, _("the message is not of version {v}").format(v=VERSION))
    return message


def _line(message: dict[str, Any]) -> bytes:
    import json

    return json.dumps({"v": VERSION, **message}, separators=(",", ":")).encode() + b"\n"
