"""Passages about health, whose English stays in sight until a native speaker has read the translation."""

from __future__ import annotations

from msgspec import Struct

from tray_agent.shell.sheets import Section
from tray_agent.shell.words import N_, _

SOURCE = N_("Source: {source}")


class Passage(Struct, frozen=True):
    """A section as it is written, in English; `source` is a proper name, or empty."""

    heading: str
    lines: tuple[str, ...]
    points: bool = True
    source: str = ""
    urgent: bool = False

    def section(self, *, reviewed: bool) -> Section:
        """The passage in the person's language, with the English below each line unless it was `reviewed`."""
        return Section(
            tuple(_(line) for line in self.lines),
            _(self.heading) if self.heading else "",
            points=self.points,
            english=() if reviewed else self.lines,
            english_heading="" if reviewed else self.heading,
            source=_(SOURCE).format(source=self.source) if self.source else "",
            urgent=self.urgent,
        )


def notice(*, reviewed: bool) -> tuple[Section, ...]:
    """Why there is English on the page, where there is."""
    if reviewed:
        return ()
    why = N_("No native speaker has checked this translation yet, so the English stands below it.")
    return (Passage("", (why,), points=False).section(reviewed=False),)
