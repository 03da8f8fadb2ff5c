"""Exercises in plain words for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import fill

from tray_agent.shell import exercise_words as words
from tray_agent.shell import setting_words
from tray_agent.shell.catalogue import Catalogue
from tray_agent.shell.exercise_text import Text
from tray_agent.shell.words import _, in_a_row

_LINE = 80


def listed(known: Catalogue) -> str:
    """Every exercise by what it is for: its name, title, position, desk rating and dose."""
    lines: list[str] = []
    for use, group in groupby(map(known.text, known.ids), key=lambda text: text.use):
        lines += ["", words.use(use)]
        for text in group:
            lines += [f"  {text.id}: {text.title}", _wrapped("     ", _in_short(text))]
    ratings = [_wrapped("", f"{rating}: {words.desk(rating)}") for rating in "ABC"]
    check = _wrapped("", _("* waits for the safety check"))
    last = _wrapped("", _("tray-agent exercises NAME says how it is done."))
    return "\n".join([*lines[1:], "", *ratings, check, last])


def one(known: Catalogue, exercise: str) -> str:
    """Everything about one exercise; `KeyError` when there is none of that id."""
    text = known.text(exercise)
    steps = (f"{number}. {line}" for number, line in enumerate(text.steps, 1))
    parts = [
        [text.title, _wrapped("", in_a_row([words.position(text.position), words.desk(text.desk)]))],
        list(_facts(known, text)),
        [_("How it is done"), *(_wrapped("  ", line, hang=3) for line in steps)],
        [_("Keep in mind"), *_bullets(text.cues)],
        [_("Be careful"), *_bullets([*text.cautions, *_leave_out(text)])],
        [_("Good to know"), *_bullets([text.note, *_chosen(text)])],
        [_("Sources"), *_bullets(_sources(text))],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts)


def _in_short(text: Text) -> str:
    rating = f"{text.desk}*" if text.needs_check else text.desk
    return in_a_row([words.position(text.position), rating, words.dose(text.dose, sided=text.sided)])


def _facts(known: Catalogue, text: Text) -> Iterator[str]:
    yield _fact(_("Dose"), words.dose(text.dose, sided=text.sided))
    if text.dose.tempo:
        yield _fact(_("Pace"), words.tempo(text.dose.tempo))
    if text.long_hold:
        long_hold = words.dose(text.long_hold, sided=text.sided)
        yield _fact(_("Long hold, only after weeks of practice"), long_hold)
    yield _fact(_("Needs"), "; ".join(text.equipment) or _("nothing"))
    yield _fact(_("Muscles"), in_a_row(map(words.muscle, text.muscles)))
    yield _fact(_("Effort"), _("{n} of 10").format(n=text.effort))
    if text.easier:
        yield _fact(_("Easier"), f"{known.text(text.easier).title} ({text.easier})")
    if text.harder:
        yield _fact(_("Harder"), f"{known.text(text.harder).title} ({text.harder})")


def _leave_out(text: Text) -> Iterator[str]:
    if text.not_with:
        conditions = in_a_row(map(words.condition, text.not_with))
        yield _("The programme leaves it out with: {conditions}.").format(conditions=conditions)
    if text.needs_check:
        yield _("It waits for the safety check.")


def _chosen(text: Text) -> Iterator[str]:
    if text.sided:
        yield _("The working side is the one that is stretched or trained; do both in turn.")
    if text.levels:
        names = setting_words.choices("intensity")
        levels = in_a_row(names[level] for level in text.levels)
        yield _("The programme may choose it at: {levels}.").format(levels=levels)
    else:
        yield _("The programme never chooses it; it is here for you to pick.")


def _sources(text: Text) -> Iterator[str]:
    for citation in text.sources:
        supported = in_a_row(map(words.supports, citation.supports))
        source = citation.source
        place = f"{source.name}, {source.where}" if source.where else source.name
        yield f"{place} ({words.evidence(source.evidence)}): {supported}"


def _fact(name: str, told: str) -> str:
    return _wrapped("", _("{name}: {told}").format(name=name, told=told), hang=2)


def _bullets(lines: Iterable[str]) -> list[str]:
    return [_wrapped("  ", f"- {line}", hang=2) for line in lines]


def _wrapped(indent: str, line: str, *, hang: int = 0) -> str:
    return fill(
        line,
        _LINE,
        initial_indent=indent,
        subsequent_indent=indent + " " * hang,
        break_on_hyphens=False,
        break_long_words=False,
    )
