"""Pages of plain text that the menu opens: why the agent thinks what it thinks, and what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from tray_agent.core.engine import View
from tray_agent.shell import presenter, report, sentences
from tray_agent.shell.managed import Managed
from tray_agent.shell.sheets import Section
from tray_agent.shell.words import _


class Page(Struct, frozen=True):
    """A page of text; what is urgent, or else its first section, says the most important."""

    title: str
    sections: tuple[Section, ...]

    @property
    def short(self) -> str:
        """What a note has room for."""
        first = next((section for section in self.sections if section.urgent), self.sections[0])
        return "\n".join([first.heading, *first.lines] if first.heading else first.lines)


def why(view: View, wall_at: Callable[[float], float]) -> Page:
    """The estimate, what is coming and what holds it back, in words."""
    now = tuple(sentences.why(presenter.why(view, wall_at)).splitlines())
    today = (sentences.today(report.today(view.today)),)
    return Page(_("Why?"), (Section(now), Section(today, _("Today"))))


def about(version: str, files: Iterable[Path], managed: Managed) -> Page:
    """What this program is, what it never does, where its `files` lie, and who decides about it."""
    what = (
        _("Tray Agent {version}").format(version=version),
        _("It estimates how long you have been sitting and asks, kindly, for a break."),
    )
    never = (
        _("It never learns which keys you press, what you read or which programs you use."),
        _("Nothing leaves this machine: the program has no network code."),
        _("It does not diagnose. If something hurts, stop, and ask a doctor or a physiotherapist."),
    )
    organisation: tuple[Section, ...] = ()
    if managed.mandatory or managed.recommended:
        name = managed.name() or _("your organisation")
        decides = _("Some settings are decided by {organisation}; these are grey.").format(organisation=name)
        ask = _("Ask here: {link}").format(link=managed.link())
        lines = (decides, ask) if managed.link() else (decides,)
        organisation = (Section(lines, _("Your organisation")),)
    licence = (_("MIT licence. pystray, pynput and Qt are used under the LGPL."),)
    return Page(
        _("About Tray Agent"),
        (
            Section(what),
            Section(never, _("What it never does")),
            *organisation,
            Section(tuple(f"{file}" for file in files), _("Your files")),
            Section(licence, _("Licence")),
        ),
    )
