"""The day as it was, and the weeks before it: to look at, to read as tables, to put right.

In: `{"day": {...}}` takes the place of the day that is shown, `{"sentence": ...}` answers what was
asked last, `{"do": "front"}` brings the window to the front.  Out: `{"event": "correct", "from",
"to", "as"}` with times of the day and what the person was then, `{"event": "days", "back"}` for
another day, `{"event": "export", "path"}` for a copy of everything that is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QPoint, QStandardPaths
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMenu, QScrollArea, QWidget

from tray_agent.shell.words import N_, _, about
from tray_agent.ui import application, opening
from tray_agent.ui.lettering import button, lettered, literal
from tray_agent.ui.opening import Say
from tray_agent.ui.page import Page
from tray_agent.ui.screen_reader import ScreenReader
from tray_agent.ui.today import clock_words, day_words, week_words
from tray_agent.ui.today.charted import Charted
from tray_agent.ui.today.day_chart import DayChart
from tray_agent.ui.today.day_words import Happening, Track
from tray_agent.ui.today.dose_bars import DoseBars, doses
from tray_agent.ui.today.legend import Legend
from tray_agent.ui.today.tiles import Figure, Tiles
from tray_agent.ui.today.today_brief import Day, TodayBrief
from tray_agent.ui.today.week_words import WeekBar
from tray_agent.ui.today.weeks_chart import WeeksChart

WAS = {
    "up": N_("I was up"),
    "seated": N_("I was sitting"),
    "standing": N_("I was standing"),
    "meeting": N_("I was in a meeting"),
}
"""What a person can say to have been."""

FILE = "tray-agent-history.json"


def ask_where(window: QWidget) -> str:
    """Where to write a copy; empty when the person would rather not."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    chosen, _kind = QFileDialog.getSaveFileName(
        window,
        _("Save a copy of everything that is kept"),
        str(Path(documents, FILE)),
        "*.json",
        options=QFileDialog.Option.DontConfirmOverwrite,  # the agent leaves files alone, and says so
    )
    return chosen


class TodayWindow(Page):
    """Shows the brief's day, and newer ones as they come."""

    WIDTH = 880

    def __init__(self, brief: TodayBrief, say: Say, where: Callable[[QWidget], str] = ask_where) -> None:
        super().__init__(brief.title, say)
        self._where = where
        self._day = brief.day
        self._all: list[Happening] = []
        self._weeks: list[WeekBar] = []
        self._lay_out_head()
        self._lay_out_day()
        self._lay_out_weeks()
        self._lay_out_foot()
        self._show(brief.day)
        self._earlier.setFocus()
        self._reader = ScreenReader()
        self._reader.known.connect(self._read)

    def told(self, message: dict[str, Any]) -> None:
        """A newer day, an answer, or the wish to be seen."""
        if "day" in message:
            self._show(msgspec.convert(message["day"], Day))
        elif "sentence" in message:
            self._say_below(message["sentence"])
        else:
            application.show(self, quietly=False)

    def _read(self) -> None:
        """Whoever hears the window is best served by its tables."""
        if self._reader.runs:
            for charted in (self._charted_day, self._charted_weeks):
                charted.show_table(True)

    def _show(self, day: Day) -> None:
        other_day = day.date != self._day.date
        self._day = day
        self._all = day_words.happenings(day)
        if other_day:
            self.chart.go_to(None)
            self._say_below("")
        self._headline.setText(_headline(day))
        self._date.setText(clock_words.long_date(day.date))
        self._earlier.setEnabled(day.back < day.most_back)
        self._later.setEnabled(day.back > 0)
        self._tiles.show_figures(_figures(day))
        self._doses.show_doses(doses(day.doses))
        self._nothing.setVisible(day.is_empty)
        self._charted_day.setVisible(not day.is_empty)
        self._charted_day.suggest(_hint(day))
        weeks_known = any(week.days for week in day.weeks)
        self._no_weeks.setVisible(not weeks_known)
        self._charted_weeks.setVisible(weeks_known)
        self.chart.show_happenings(self._all, day.now_s)
        self._legend.show_entries(day_words.legend(self._all, day.now_s))
        self._charted_day.table.fill(day_words.titles(), [each.cells for each in self._all])
        self._weeks = week_words.bars(day.weeks)
        self.weeks.show_weeks(self._weeks, day.totals.aim_breaks)
        self._charted_weeks.table.fill(week_words.titles(), [week.cells for week in self._weeks])

    def correct(self, span: Happening, at: QPoint) -> None:
        """Offer what else the person may have been."""
        self._corrections.clear()
        since = self._day.correct_from_s
        if since is None or span.to_s <= since:
            self._say_below(_("Only today can be put right."))
            return
        self._corrections.addAction(literal(span.sentence)).setEnabled(False)
        self._corrections.addSeparator()
        for said, words in WAS.items():
            action = self._corrections.addAction(literal(_(words)))
            action.triggered.connect(partial(self._put_right, span, said))
        self._corrections.popup(at)

    def _put_right(self, span: Happening, said: str, _checked: bool = False) -> None:
        self.say({"event": "correct", "from": span.from_s, "to": span.to_s, "as": said})

    def _entered(self, row: int) -> None:
        """A row of the table was chosen: as good as a click on its span."""
        table, each = self._charted_day.table, self._all[row]
        if each.track is Track.POSTURE:
            corner = table.visualRect(table.model().index(row, 0)).bottomLeft()
            self.correct(each, table.viewport().mapToGlobal(corner))

    def _look_at(self, back: int) -> None:
        self.say({"event": "days", "back": back})

    def _export(self) -> None:
        path = self._where(self)
        if path:
            self.say({"event": "export", "path": path})

    def _see(self, charted: Charted) -> None:
        """Whoever walks through a chart wants to see where: a small screen does not show it all."""
        scroll = self.findChild(QScrollArea)
        if scroll is not None:
            scroll.ensureWidgetVisible(charted)

    def _say_below(self, sentence: str) -> None:
        self._below_words.setText(sentence)
        if sentence:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._below_words, sentence))

    def _lay_out_head(self) -> None:
        self._headline: QLabel = self.heading(self.windowTitle())
        self._date: QLabel = lettered(self, "", 1.05, role="soft")
        self._earlier, self._later = button(_("Day before")), button(_("Day after"))
        self._earlier.clicked.connect(lambda: self._look_at(self._day.back + 1))
        self._later.clicked.connect(lambda: self._look_at(self._day.back - 1))
        line = QHBoxLayout()
        line.addWidget(self._date, 1)
        line.addWidget(self._earlier)
        line.addWidget(self._later)
        self.column.addLayout(line)
        self._tiles = Tiles(4)
        self.column.addWidget(self._tiles)

    def _lay_out_day(self) -> None:
        self.heading(_("How the day went"))
        self._nothing = lettered(
            self, _("Nothing was seen of this day. Once you sit at the desk, it shows here."), role="card"
        )
        self.column.addWidget(self._nothing)
        self.chart, self._legend = DayChart(), Legend()
        self._corrections = QMenu(self)
        self._charted_day = Charted(self.chart, [self._legend])
        self.chart.pointed.connect(lambda each: self._charted_day.tell(each.sentence if each else ""))
        self.chart.walked.connect(lambda: self._see(self._charted_day))
        self.chart.picked.connect(self.correct)
        self._charted_day.table.entered.connect(self._entered)
        self.column.addWidget(self._charted_day)
        self.heading(_("Movement"))
        self._doses = DoseBars()
        self.column.addWidget(self._doses)

    def _lay_out_weeks(self) -> None:
        self.heading(_("The last twelve weeks"))
        self.weeks = WeeksChart()
        self._charted_weeks = Charted(self.weeks)
        self._charted_weeks.suggest(_("Averages of the days that are over."))
        self._no_weeks = lettered(self, _("The weeks fill up as the days go by."), role="card")
        self.column.addWidget(self._no_weeks)
        self.weeks.walked.connect(lambda: self._see(self._charted_weeks))
        self.weeks.pointed.connect(lambda week: self._charted_weeks.tell(week.sentence if week else ""))
        self.column.addWidget(self._charted_weeks)
        self.column.addStretch(1)

    def _lay_out_foot(self) -> None:
        self._below_words = lettered(self, "", role="soft")
        self.foot.insertWidget(0, self._below_words, 1)
        export = button(_("Save a copy …"))
        export.clicked.connect(self._export)
        self.foot.addWidget(export)
        self.add_close()


def _headline(day: Day) -> str:
    if day.back == 0:
        return _("Today")
    return _("Yesterday") if day.back == 1 else clock_words.long_date(day.date)


def _hint(day: Day) -> str:
    if day.correct_from_s is None:
        return _("Point at the day, or walk through it with the arrow keys.")
    return _("Something wrong? Click it, or walk there with the arrow keys and press Enter.")


def _figures(day: Day) -> tuple[Figure, ...]:
    told = day.totals
    breaks = _("{n} of {aim}").format(
        n=clock_words.count(told.breaks), aim=clock_words.count(told.aim_breaks)
    )
    return (
        (_("Sitting"), about(told.sitting_s), ""),
        (_("Longest at a stretch"), about(told.longest_bout_s), week_words.aim(told.aim_longest_bout_s)),
        (_("Breaks"), breaks, _("2 min or longer")),
        (_("Standing at the desk"), about(told.standing_s), ""),
    )


def main() -> int:
    """Show the day until the window is closed."""
    return opening.run("today", TodayBrief, TodayWindow)
