"""Work hours to edit: any time, or ranges of days and times, and days off.

Only the agent can read a range, so it is asked: `{"event": "check", "mode", "ranges", "holidays"}` when
the person stops typing, answered by `{"faults": {"ranges": {text: sentence}, "holidays": {...}}}`.
Save says `chosen` with the same keys; it is answered by faults, by `{"sentence": ...}` when the hours
could not be kept, or by closing the window.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from PySide6.QtCore import QTimer

from tray_agent.shell.words import _
from tray_agent.ui import opening
from tray_agent.ui.incoming import Brief
from tray_agent.ui.lettering import button, lettered
from tray_agent.ui.opening import Say
from tray_agent.ui.page import Page
from tray_agent.ui.row_list import RowList
from tray_agent.ui.ticks import Choice

CHECK_AFTER_MS = 500
"""Nobody wants to be corrected in the middle of a word."""

SPARE_HEIGHT = 72


class HoursBrief(Brief, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The hours as they are set."""

    mode: Literal["always", "schedule"]
    ranges: tuple[str, ...]
    holidays: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The window speaks for itself."""
        return _("Work hours")


class Faults(msgspec.Struct, frozen=True):
    """What is wrong, by the text it is wrong with: an answer that comes late still finds its row."""

    ranges: dict[str, str] = {}
    holidays: dict[str, str] = {}


class HoursWindow(Page):
    """Shows the brief's hours, asks the agent about each change, and hands them over on Save."""

    def __init__(self, brief: HoursBrief, say: Say) -> None:
        super().__init__(brief.title, say)
        self._saving = False
        self._always = Choice(_("At any time"))
        self._scheduled = Choice(_("Only in these hours"))
        self._ranges = RowList(_("Hours"), _("mon-fri 08:00-18:00"), _("Add hours"))
        self._holidays = RowList(_("Day off"), _("2026-12-25 or 2026-12-24..2027-01-01"), _("Add a day off"))
        self._lay_out_form(brief)
        self._pause = QTimer(self, singleShot=True, interval=CHECK_AFTER_MS)
        self._pause.timeout.connect(lambda: self._tell("check"))
        self._ranges.edited.connect(lambda: self._scheduled.setChecked(True))
        for rows in (self._ranges, self._holidays):
            rows.edited.connect(self._edited)
            rows.entered.connect(self.save)
        self._ranges.fill(brief.ranges)
        self._holidays.fill(brief.holidays)
        chosen = self._always if brief.mode == "always" else self._scheduled
        chosen.setChecked(True)
        chosen.setFocus()

    def told(self, message: dict[str, Any]) -> None:
        """What the agent makes of the hours."""
        if "faults" in message:
            self._show_faults(msgspec.convert(message["faults"], Faults))
        else:
            self._say_below(message["sentence"])

    def wanted_height(self, width: int) -> int:
        """Room for another row and a sentence about it."""
        return super().wanted_height(width) + SPARE_HEIGHT

    def save(self) -> None:
        """Hand the hours over."""
        if self._scheduled.isChecked() and not self._ranges.texts():
            self._say_below(_("Add the hours you work, or choose any time."))
            return
        self._pause.stop()
        self._say_below("")
        self._saving = True
        self._tell("chosen")

    def _show_faults(self, faults: Faults) -> None:
        self._ranges.show_faults(faults.ranges)
        self._holidays.show_faults(faults.holidays)
        if self._saving:
            self._saving = False
            if not self._ranges.focus_fault():
                self._holidays.focus_fault()

    def _edited(self) -> None:
        self._saving = False
        self._say_below("")
        self._pause.start()

    def _tell(self, event: str) -> None:
        mode = "always" if self._always.isChecked() else "schedule"
        ranges, holidays = self._ranges.texts(), self._holidays.texts()
        self.say({"event": event, "mode": mode, "ranges": ranges, "holidays": holidays})

    def _say_below(self, sentence: str) -> None:
        self._below_words.setText(sentence)
        self._below_words.setVisible(bool(sentence))

    def _lay_out_form(self, brief: HoursBrief) -> None:
        self.heading(brief.title)
        self.line(_("When prompts may come."))
        for choice in (self._always, self._scheduled):
            self.column.addWidget(choice)
        self.column.addWidget(self._ranges)
        self.line(
            _("A range that ends past midnight, such as sat 22:00-06:00, belongs to the day it starts on.")
        )
        self.heading(_("Days off"))
        self.line(_("No prompts on these days."))
        self.column.addWidget(self._holidays)
        self.column.addStretch(1)
        self._below_words = lettered(self, "", role="fault")
        self._below_words.hide()
        self.foot.insertWidget(0, self._below_words, 1)
        self.add_close(_("Cancel"))
        save = button(_("Save"), role="main")
        save.clicked.connect(self.save)
        self.foot.addWidget(save)


def main() -> int:
    """Show the hours until the window is closed."""
    return opening.run("hours", HoursBrief, HoursWindow)
