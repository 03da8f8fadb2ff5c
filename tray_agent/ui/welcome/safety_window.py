"""The safety check: what to know before exercises on the floor and with load, and what the body allows.

Says `{"event": "help"}` when the person wants to read when to get help, and at last
`{"event": "ended"}`, with `cleared`, `conditions` (ids) and `again` (ids of exercises to offer again)
when it was saved.  A later `{"hurt": [...]}` takes the place of the brief's.
"""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtWidgets import QVBoxLayout

from tray_agent.shell.words import _
from tray_agent.ui import opening
from tray_agent.ui.incoming import Brief
from tray_agent.ui.lettering import BOLD, button, lettered
from tray_agent.ui.opening import Say
from tray_agent.ui.prose import Prose, Section
from tray_agent.ui.welcome.cards import Cards, TickCard
from tray_agent.ui.welcome.leaves import Leaves, Tabs
from tray_agent.ui.welcome.left_out import Exercise, LeftOut

READ, BODY = 0, 1
CARD_WIDTH = 270


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something a person can tell; one that `bars` is on the list that is to be read, too."""

    id: str
    title: str
    line: str
    on: bool
    bars: bool = False


class SafetyBrief(Brief, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What to read, and what was answered before."""

    sections: tuple[Section, ...]
    cleared: bool
    conditions: tuple[Told, ...]
    hurt: tuple[Exercise, ...] = ()

    @property
    def title(self) -> str:
        """The window speaks for itself."""
        return _("Safety check")


class SafetyWindow(Leaves):
    """Shows the list and the ticks, and keeps the answers until they are saved."""

    WIDTH = 760

    def __init__(self, brief: SafetyBrief, say: Say) -> None:
        super().__init__(brief.title, say)
        self._answers: dict[str, Any] = {}
        self.heading(brief.title)
        self.tabs = Tabs((_("Please read first"), _("About your body")))
        self.column.addWidget(self.tabs)
        self.prose = Prose()
        self.none_applies = TickCard(_("I have read this and none of it applies to me"))
        self.none_applies.setChecked(brief.cleared)
        self.conditions = {told: TickCard(told.title, [told.line]) for told in brief.conditions}
        self.left_out = LeftOut(brief.hurt)
        self._lay_out_reading(brief)
        self._lay_out_body()
        self._lay_out_foot()
        for told, card in self.conditions.items():
            card.setChecked(told.on)
            card.toggled.connect(self._agree)
        self.tabs.currentChanged.connect(self.turn_to)
        self._agree()
        self.turn_to(READ)
        self.prose.setFocus()

    def told(self, message: dict[str, Any]) -> None:
        """Exercises were left out while the window was open."""
        self.left_out.show_exercises(msgspec.convert(message["hurt"], tuple[Exercise, ...]))

    def save(self) -> None:
        """Leave with the answers as they are ticked."""
        self._answers = {
            "cleared": self.none_applies.isChecked(),
            "conditions": [told.id for told, card in self.conditions.items() if card.isChecked()],
            "again": self.left_out.again(),
        }
        self.leave()

    def last_word(self) -> dict[str, Any]:
        """The answers, if they were saved."""
        return self._answers

    def more_height(self, leaf: int, width: int) -> int:
        """Room for the whole list."""
        if leaf != READ:
            return 0
        margins = self.column.contentsMargins()
        return (
            self.prose.height_for(width - margins.left() - margins.right()) - self.prose.sizeHint().height()
        )

    def _agree(self) -> None:
        """Who ticks something that stands on the list cannot say that none of it applies."""
        barred = any(told.bars and card.isChecked() for told, card in self.conditions.items())
        self.none_applies.setEnabled(not barred)
        if barred:
            self.none_applies.setChecked(False)
        self.none_applies.explain(
            [_("Something on the list is ticked under “About your body”.")] if barred else []
        )

    def _lay_out_reading(self, brief: SafetyBrief) -> None:
        leaf = self.add_leaf(_("Please read first"))
        self.prose.setAccessibleName(_("Please read first"))
        self.prose.write(brief.sections)
        leaf.addWidget(self.prose, 1)
        leaf.addWidget(self.none_applies)

    def _lay_out_body(self) -> None:
        leaf = self.add_leaf(_("About your body"))
        self._words(
            leaf, _("Tick what is so today; the exercises you are shown go by it from the next break on.")
        )
        leaf.addWidget(Cards(tuple(self.conditions.values()), CARD_WIDTH))
        leaf.addSpacing(8)
        leaf.addWidget(lettered(self, _("Left out because something hurt"), 1.15, BOLD))
        leaf.addWidget(self.left_out)
        leaf.addSpacing(8)
        self._words(leaf, _("Your answers stay on this computer, in your account; nobody else can see them."))
        leaf.addStretch(1)

    def _words(self, leaf: QVBoxLayout, text: str) -> None:
        leaf.addWidget(lettered(self, text, 1.05, role="soft"))

    def _lay_out_foot(self) -> None:
        get_help = button(_("When to get help"))
        get_help.clicked.connect(lambda: self.say({"event": "help"}))
        self.foot.insertWidget(0, get_help)
        self.add_close()
        save = button(_("Save"), role="main")
        save.clicked.connect(self.save)
        self.foot.addWidget(save)


def main() -> int:
    """Show the check until the window is closed."""
    return opening.run("safety", SafetyBrief, SafetyWindow)
