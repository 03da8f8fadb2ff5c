"""Days off: a list to write in, and days to take over from a calendar file once they were looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from tray_agent.shell.words import _, ngettext
from tray_agent.ui.lettering import button, lettered, literal
from tray_agent.ui.settings.row_list import RowList
from tray_agent.ui.settings.setting_brief import DayFound, DaysFound, Fault
from tray_agent.ui.settings.setting_controls import Control, described
from tray_agent.ui.settings.ticks import TickBox
from tray_agent.ui.settings.weekdays import short

LONGEST_NAME = 48

Choose = Callable[[QWidget], str]
"""Lets the person choose a file; the answer is empty when nobody did."""


def choose_file(parent: QWidget) -> str:
    """Ask in the desktop's own way where a calendar file lies."""
    calendars = _("Calendars ({patterns})").format(patterns="*.ics *.ical *.ifb")
    everything = _("All files ({patterns})").format(patterns="*")
    title = _("Days off from a calendar file")
    return QFileDialog.getOpenFileName(parent, title, "", f"{calendars};;{everything}")[0]


class HolidaysEditor(Control):
    """The days off; `asked` is emitted with the path of a calendar file to look into."""

    asked = Signal(str)

    WIDE = True

    def __init__(self, choose: Choose = choose_file) -> None:
        super().__init__()
        column = QVBoxLayout()
        column.setSpacing(10)
        self.line.addLayout(column)
        self._rows = RowList(_("Day off"), _("2026-12-25 or 2026-12-24..2027-01-01"), _("Add a day off"))
        self._rows.edited.connect(self.typed)
        self._rows.entered.connect(self.flush)
        self._told: list[str] = []
        self.take_over = TakeOver(choose)
        self.take_over.asked.connect(self.asked)
        self.take_over.taken.connect(self._take)
        self._open = button(_("From a calendar file …"))
        self._open.clicked.connect(self._ask_for_file)
        self._rows.add_button(self._open)
        column.addWidget(self._rows)
        column.addWidget(self.take_over)
        self.take_over.hide()

    def show_value(self, value: Any) -> None:
        """Show these days."""
        self._rows.show_texts(value)

    def value(self) -> list[str]:
        """The days as they stand."""
        return self._rows.texts()

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Say at each row what is wrong with it."""
        self._rows.show_faults({self._told[fault.at]: fault.sentence for fault in faults})

    def describe(self, title: str, description: str) -> None:
        """The list has the words, its rows have names of their own."""
        described(self, title, description)

    def target(self) -> QWidget:
        """The first row."""
        return self._rows.target()

    def _tell(self) -> None:
        self._told = self._rows.texts()  # faults are told by place among these
        super()._tell()

    def _ask_for_file(self) -> None:
        self.take_over.show()
        self.take_over.path.setFocus()

    def _take(self, texts: list[str]) -> None:
        self._rows.fill(text for text in texts if text not in self._rows.texts())
        self._open.setFocus()
        self.tell_now()


class TakeOver(QFrame):
    """A file to choose, what was found in it, and which of it to take; `taken` has the chosen days."""

    asked = Signal(str)
    taken = Signal(list)

    def __init__(self, choose: Choose) -> None:
        super().__init__()
        self.setProperty("role", "inset")
        self._choose = choose
        self._ticks: list[tuple[TickBox, str]] = []
        self._column = QVBoxLayout(self)
        intro = _("An .ics file from your calendar. Names are shown to choose by; only the dates are kept.")
        self._column.addWidget(lettered(self, intro, role="soft"))
        self._column.addLayout(self._file_line())
        self._found = QVBoxLayout()
        self._found.setSpacing(0)
        self._column.addLayout(self._found)
        self._words: QLabel = lettered(self, "")
        self._column.addWidget(self._words)
        self._take = button("", role="main")
        self._take.clicked.connect(self._hand_over)
        self._cancel = button(_("Cancel"))
        self._cancel.clicked.connect(self._finish)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._take)
        self._column.addLayout(buttons)
        self._show([], "")

    def show_found(self, found: DaysFound) -> None:
        """Show what the file holds."""
        self._show(found.days, found.sentence)
        if self._ticks:
            self._ticks[0][0].setFocus()

    def _file_line(self) -> QHBoxLayout:
        self.path = QLineEdit()
        self.path.setPlaceholderText(_("Path of the file"))
        self.path.setAccessibleName(_("Path of the file"))
        self.path.returnPressed.connect(self._look)
        choose = button(_("Choose …"))
        choose.clicked.connect(self._choose_and_look)
        line = QHBoxLayout()
        line.addWidget(self.path, 1)
        line.addWidget(choose)
        return line

    def _choose_and_look(self) -> None:
        if path := self._choose(self):
            self.path.setText(path)
            self._look()

    def _look(self) -> None:
        if path := self.path.text().strip():
            self.asked.emit(path)

    def _show(self, days: Iterable[DayFound], sentence: str) -> None:
        for tick, _text in self._ticks:
            tick.hide()
            tick.deleteLater()
        self._ticks = [(self._tick(day), day.text) for day in days]
        self._words.setText(sentence)
        self._words.setVisible(bool(sentence))
        described(self.path, self.path.accessibleName(), sentence)
        self._count()

    def _tick(self, day: DayFound) -> TickBox:
        name = day.name if len(day.name) <= LONGEST_NAME else day.name[: LONGEST_NAME - 1] + "…"
        dates = day.text.replace("..", " \N{EN DASH} ")
        words = _("{weekday} {date}   {name}").format(weekday=short(day.weekday), date=dates, name=name)
        tick = TickBox(words.rstrip())
        tick.setMinimumWidth(1)  # a long name is cut rather than the page
        tick.setToolTip(day.name)
        tick.setChecked(True)
        tick.toggled.connect(self._count)
        self._found.addWidget(tick)
        tick.show()  # what is not shown yet cannot take the focus
        return tick

    def _chosen(self) -> list[str]:
        return [text for tick, text in self._ticks if tick.isChecked()]

    def _count(self) -> None:
        n = len(self._chosen())
        words = ngettext("Add {n} day off", "Add {n} days off", n).format(n=n)
        self._take.setText(literal(words))
        self._take.setAccessibleName(words)
        self._take.setEnabled(n > 0)
        self._take.setVisible(bool(self._ticks))

    def _hand_over(self) -> None:
        chosen = self._chosen()
        self._finish()
        self.taken.emit(chosen)

    def _finish(self) -> None:
        self.hide()
        self.path.clear()
        self._show([], "")
