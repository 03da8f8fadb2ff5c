"""Reads a command line, told in one sentence when it is wrong.

The standard parser would cost the resident process memory it never needs again, and answers a slip
with a page of usage.  Its values are named tuples: nothing else would load dataclasses, and with them
`inspect`, for the sake of `help` and a slip.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from types import MappingProxyType
from typing import NamedTuple

from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.words import _


class Open(Enum):
    """What may stand where a form does not name every choice."""

    TEXT = auto()
    FILE = auto()
    LENGTH = auto()
    """A length of time, or until when."""
    KEY = auto()
    """A key of the settings."""
    VALUE = auto()
    """A value for the key before it."""
    VERB = auto()
    EXERCISE = auto()
    """The id of an exercise."""


Choice = Open | tuple[str, ...]
"""Any of these words, or something that cannot be listed."""


class Form(NamedTuple):
    """How a verb is called: `usage` as people type it, what it `does`, an `example` and `more` to know.

    `flags` are options without a value; `values` are those with one, and `words` the places of words
    that are no options, each with what may stand there.  The first `least` words must be given.
    """

    usage: str
    does: str
    example: str = ""
    more: str = ""
    flags: frozenset[str] = frozenset()
    values: Mapping[str, Choice] = MappingProxyType({})
    words: tuple[Choice, ...] = ()
    least: int = 0


class Arguments(NamedTuple):
    """What was typed after a verb; `values` has the last one of each option, `every` them all."""

    words: list[str]
    flags: set[str]
    values: dict[str, str]
    every: tuple[tuple[str, str], ...] = ()


def parse(form: Form, typed: Sequence[str]) -> Arguments:
    """What was typed, by the form of the verb; raises `CommandError`."""
    found, every = Arguments([], set(), {}), []
    rest = list(typed)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            found.words.extend(rest)
            break
        if not _is_option(word):
            found.words.append(word)
        elif name in form.values:
            found.values[name] = value if equals else _next(rest, name)
            every.append((name, found.values[name]))
        elif word in form.flags:
            found.flags.add(word)
        else:
            raise wrong(form, _("there is no option {option}").format(option=word))
    found = found._replace(every=tuple(every))
    _check(form, found)
    return found


def wrong(form: Form, why: str) -> CommandError:
    """The refusal of a command line, with the right way to call the verb."""
    sentence = _("{why}; use: tray-agent {usage}").format(why=why, usage=form.usage)
    return CommandError(Exit.USAGE, sentence)


def _check(form: Form, found: Arguments) -> None:
    if len(found.words) < form.least:
        raise wrong(form, _("something is missing"))
    if len(found.words) > len(form.words):
        raise wrong(form, _('"{word}" is too much').format(word=found.words[len(form.words)]))
    given = list(zip(found.words, form.words, strict=False))
    given += [(value, form.values[option]) for option, value in found.every]
    for word, choice in given:
        if isinstance(choice, tuple) and word not in choice:
            sentence = _('"{word}" is none of {choices}')
            raise wrong(form, sentence.format(word=word, choices=", ".join(choice)))


def _is_option(word: str) -> bool:
    # A lone dash and negative numbers are words.
    return word.startswith("-") and len(word) > 1 and not word[1:2].isdigit()


def _next(rest: list[str], name: str) -> str:
    if not rest:
        raise CommandError(Exit.USAGE, _("{option} needs a value").format(option=name))
    return rest.pop(0)
