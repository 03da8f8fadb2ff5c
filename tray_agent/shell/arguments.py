"""Reads a command line, told in one sentence when it is wrong.

The standard parser would cost the resident process memory it never needs again, and answers a slip
with a page of usage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.words import _


@dataclass(frozen=True, slots=True)
class Form:
    """How a verb is called: `usage` as people type it, and what it does.

    `flags` are options without a value, `values` those with one; `least` and `most` bound the words
    that are no options.
    """

    usage: str
    does: str
    flags: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    least: int = 0
    most: int = 0


@dataclass(slots=True)
class Arguments:
    """What was typed after a verb."""

    words: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    values: dict[str, str] = field(default_factory=dict)


def parse(form: Form, typed: Sequence[str]) -> Arguments:
    """What was typed, by the form of the verb; raises `CommandError`."""
    found = Arguments()
    rest = list(typed)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            found.words += rest
            break
        if not _is_option(word):
            found.words.append(word)
        elif name in form.values:
            found.values[name] = value if equals else _next(rest, name)
        elif word in form.flags:
            found.flags.add(word)
        else:
            raise wrong(form, _("there is no option {option}").format(option=word))
    if len(found.words) < form.least:
        raise wrong(form, _("something is missing"))
    if len(found.words) > form.most:
        raise wrong(form, _('"{word}" is too much').format(word=found.words[form.most]))
    return found


def wrong(form: Form, why: str) -> CommandError:
    """The refusal of a command line, with the right way to call the verb."""
    sentence = _("{why}; use: tray-agent {usage}").format(why=why, usage=form.usage)
    return CommandError(Exit.USAGE, sentence)


def _is_option(word: str) -> bool:
    # A lone dash and negative numbers are words.
    return word.startswith("-") and len(word) > 1 and not word[1:2].isdigit()


def _next(rest: list[str], name: str) -> str:
    if not rest:
        raise CommandError(Exit.USAGE, _("{option} needs a value").format(option=name))
    return rest.pop(0)
