"""`exercises`: all exercises in a list, or one with everything there is to know; no agent is asked."""

from __future__ import annotations

from typing import Any

import msgspec

from tray_agent.shell import catalogue
from tray_agent.shell.catalogue import BadCatalogue, Catalogue
from tray_agent.shell.command_line import exercise_sheet, terminal
from tray_agent.shell.command_line.arguments import Arguments, Form
from tray_agent.shell.exercise_text import Citation, Dose, Text
from tray_agent.shell.exercise_words import ends
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.words import _


def exercises(_form: Form, typed: Arguments) -> int:
    """Print every exercise, or the one that was named; raises `CommandError`."""
    try:
        known = catalogue.load()
    except (BadCatalogue, OSError) as error:
        raise CommandError(Exit.FAULT, str(error)) from None
    wanted = [_checked(known, name) for name in typed.words]
    if "--json" in typed.flags:
        told = [as_json(known.english(id_)) for id_ in wanted or known.ids]
        terminal.print_json({"exercises": told})
    elif wanted:
        print(exercise_sheet.one(known, wanted[0]))
    else:
        print(exercise_sheet.listed(known))
    return Exit.DONE


def as_json(text: Text) -> dict[str, Any]:
    """One exercise in codes and figures, its own words in English; every amount is `[least, most]`."""
    told: dict[str, Any] = msgspec.to_builtins(text)
    return {
        **told,
        "rep_s": text.rep_s,
        "dose": _amounts(text.dose),
        "long_hold": _amounts(text.long_hold) if text.long_hold else None,
        "sources": [_source(citation) for citation in text.sources],
    }


def _amounts(dose: Dose) -> dict[str, Any]:
    names = (name for name in dose.__struct_fields__ if name != "tempo")
    found = {name: getattr(dose, name) for name in names}
    told = {name: None if amount is None else list(ends(amount)) for name, amount in found.items()}
    return {**told, "tempo": msgspec.to_builtins(dose.tempo)}


def _source(citation: Citation) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(citation.source)
    return {"code": citation.of, "supports": list(citation.supports), **told}


def _checked(known: Catalogue, name: str) -> str:
    if name in known.ids:
        return name
    import difflib

    near = difflib.get_close_matches(name.lower().replace("-", "_"), known.ids, n=1)
    if near:
        sentence = _("there is no exercise {name}; did you mean {near}?").format(name=name, near=near[0])
    else:
        sentence = _("there is no exercise {name}; tray-agent exercises lists them").format(name=name)
    raise CommandError(Exit.USAGE, sentence)
