"""`safety`: what speaks against floor and loaded exercises, what was answered, and how to answer.

With an agent its window is opened.  Where none can be shown, and where no agent runs, the questions are
asked here, if there is somebody at the terminal to ask.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

from tray_agent.core.model import Condition, Limits
from tray_agent.shell import condition_words, contraindications, ipc
from tray_agent.shell.command_line import terminal
from tray_agent.shell.command_line.arguments import Arguments, Form
from tray_agent.shell.command_line.history_copy import copied
from tray_agent.shell.folders import Folders
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.safety_report import Report, as_report, limits_of, limits_said
from tray_agent.shell.sheets import Section
from tray_agent.shell.store import NewerStore, SqliteStore
from tray_agent.shell.words import _, in_a_row, reviewed

_TRIES = 2
_WIDTH = 96


def safety(_form: Form, typed: Arguments) -> int:
    """Print the list and the present answers; let them be changed, unless JSON was asked for."""
    asking = "--json" not in typed.flags
    places = terminal.places()
    try:
        told = terminal.ask("safety", {"open": asking})
    except CommandError as error:
        if error.code is not Exit.NOT_RUNNING:
            raise
        return _alone(places, asking=asking)
    if not asking:
        terminal.print_json(_public(told))
        return Exit.DONE
    _show(limits_of(told))
    if told["window"]:
        print(_("The safety check is open in a window."))
    elif terminal.can_ask():
        terminal.ask("safety", limits_said(_asked(limits_of(told))))
        print(_("Kept."))
    return Exit.DONE


def _alone(places: Folders, *, asking: bool) -> int:
    limits = _read(places)
    if not asking:
        terminal.print_json(_public(as_report(limits)))
        return Exit.DONE
    _show(limits)
    if terminal.can_ask():
        _write(places, _asked(limits))
        print(_("Kept."))
    return Exit.DONE


def _public(told: Report) -> Report:
    answers = {name: told[name] for name in ("cleared", "conditions", "hurt")}
    return {"contraindications": list(contraindications.CODES), **answers}


def _read(places: Folders) -> Limits:
    try:
        with copied(places) as store:
            return store.limits()
    except NewerStore as error:
        raise CommandError(Exit.FAULT, str(error)) from None
    except (OSError, sqlite3.DatabaseError) as error:
        sentence = _("the history {file} cannot be read: {why}")
        raise CommandError(Exit.FAULT, sentence.format(file=places.history, why=error)) from None


def _write(places: Folders, limits: Limits) -> None:
    try:
        places.make()
        # An agent that started meanwhile would go by what it had read before.
        with ipc.alone(places.socket), closing(SqliteStore(places.history)) as store:
            store.set_limits(limits, time.time())
            trouble = store.health().reason
    except ipc.AlreadyRunning:
        raise CommandError(Exit.FAULT, _("Tray Agent is just starting; try again")) from None
    except (OSError, NewerStore) as error:
        raise CommandError(Exit.FAULT, str(error)) from None
    if trouble is not None:
        sentence = _("your answers cannot be kept: {why}")
        raise CommandError(Exit.FAULT, sentence.format(why=trouble))


def _show(limits: Limits) -> None:
    for section in contraindications.sections(cleared=False, reviewed=reviewed()):
        print(_written(section))
    said = [condition_words.title(condition) for condition in Condition if condition in limits.conditions]
    print(_("None of it applies: {answer}").format(answer=_("yes") if limits.cleared else _("not said")))
    if said:
        print(_("About your body: {list}").format(list="; ".join(said)))
    if limits.hurt:
        print(_("Left out because something hurt: {list}").format(list=in_a_row(sorted(limits.hurt))))


def _written(section: Section) -> str:
    from textwrap import fill

    lines = [section.heading] if section.heading else []
    mark = "- " if section.points else ""
    for number, line in enumerate(section.lines):
        lines.append(fill(line, _WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark)))
        if section.english:
            lines.append(fill(section.english[number], _WIDTH, initial_indent="  ", subsequent_indent="  "))
    if section.source:
        lines.append(section.source)
    return "\n".join([*lines, ""])


def _asked(now: Limits) -> Limits:
    """The answers a person gives; raises `CommandError` when they leave off in the middle."""
    conditions = [
        condition
        for condition in Condition
        if _yes(condition_words.title(condition), before=condition in now.conditions)
    ]
    barred = bool(condition_words.BARS & set(conditions))
    cleared = not barred and _yes(_("I have read this and none of it applies to me"), before=now.cleared)
    return Limits(cleared, frozenset(conditions), now.hurt)


def _yes(question: str, *, before: bool) -> bool:
    """Yes or no; Enter alone leaves it as it was."""
    yes, no = _("y"), _("n")
    ask = _("{question} ({yes}/{no}, now {now}): ").format(
        question=question, yes=yes, no=no, now=yes if before else no
    )
    for _attempt in range(_TRIES):
        try:
            answer = input(ask).strip().casefold()
        except EOFError:
            break
        if answer in {"", yes, no, "y", "n"}:
            return before if not answer else answer in {yes, "y"}
    raise CommandError(
        Exit.USAGE, _("nothing was changed; please answer with {yes} or {no}").format(yes=yes, no=no)
    )
