"""The manual page, from the same forms that `tray-agent help` prints.

Source: man-pages(7), groff_man(7).
"""

from __future__ import annotations

from collections.abc import Iterator

from tray_agent.shell.command_line.forms import FORMS
from tray_agent.shell.messages import Exit

EXITS = {
    Exit.DONE: "Done.",
    Exit.FAULT: "An internal fault, or a file could not be read or written.",
    Exit.USAGE: "It was typed wrongly, or a value is not allowed.",
    Exit.NOT_RUNNING: "No agent runs.",
    Exit.REFUSED: "Your organisation has decided otherwise.",
    Exit.TIMED_OUT: "The agent did not answer in time.",
}
FILES = {
    "~/.config/tray-agent/settings.toml": "What you have chosen.",
    "~/.local/state/tray-agent": "The history, the state and the log; they never leave this machine.",
    "/etc/tray-agent/policies": "What an organisation has decided (managed) or recommends (recommended).",
}


def page(version: str, date: str) -> str:
    """tray-agent(1); `date` is that of the release, as 2026-11-22."""
    return "\n".join(_lines(version, date)) + "\n"


def _lines(version: str, date: str) -> Iterator[str]:
    yield f'.TH TRAY-AGENT 1 "{date}" "Tray Agent {version}"'
    yield from (
        ".SH NAME",
        r"tray-agent \- asks you, kindly, to stand up when you have been sitting for long",
    )
    yield from (".SH SYNOPSIS", ".B tray-agent", r"\fIVERB\fR [\fIARGUMENTS\fR]")
    yield ".SH DESCRIPTION"
    yield "It estimates how long you have been sitting from the activity of keyboard and mouse, without"
    yield "seeing what you type, and asks for a break, a hip-flexor stretch or a glute set when one is due."
    yield ".SH VERBS"
    for form in FORMS.values():
        yield from (".TP", f".B {_plain(form.usage)}", _plain(_sentence(form.does)))
        if form.more:
            yield _plain(form.more)
    yield from (".SH EXIT STATUS",)
    for code, meaning in EXITS.items():
        yield from (".TP", f".B {code.value}", _plain(meaning))
    yield from (".SH FILES",)
    for file, what in FILES.items():
        yield from (".TP", f".I {_plain(file)}", _plain(what))
    yield from (".SH SEE ALSO", "tray-agent help VERB")


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."


def _plain(text: str) -> str:
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
