"""Working hours: ranges with their days to push, and the times they begin and end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from PySide6.QtCore import QSignalBlocker, Qt, QTime, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from tray_agent.shell.words import _
from tray_agent.ui.lettering import button, lettered
from tray_agent.ui.settings.setting_brief import Fault, Row
from tray_agent.ui.settings.setting_controls import Control, described
from tray_agent.ui.settings.weekdays import DAYS, short, whole

DAY_GAP = 4
HOUR_MIN, DAY_MIN = 60, 24 * 60
BREAK_MIN, STRETCH_MIN = HOUR_MIN, 4 * HOUR_MIN
"""A new range begins so long after the last one and is so long."""

WORKDAYS = (0, 1, 2, 3, 4)
MORNING = Row(None, WORKDAYS, 8 * HOUR_MIN, 12 * HOUR_MIN)


class _Time(QTimeEdit):
    """A time of day in minutes after midnight."""

    def __init__(self, name: str) -> None:
        super().__init__()
        # Clocks are read from left to right everywhere; the format is laid out as it is set.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setDisplayFormat("HH:mm")
        self.setWrapping(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(name)

    def show_minutes(self, minutes: int) -> None:
        self.blockSignals(True)
        self.setTime(QTime(*divmod(minutes % DAY_MIN, HOUR_MIN)))
        self.blockSignals(False)

    def minutes(self) -> int:
        return self.time().hour() * HOUR_MIN + self.time().minute()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page."""
        event.ignore()


class RangeRow(QFrame):
    """One range.  `clicked` and `typed` tell how it was changed, `removed` that it is to go."""

    clicked = Signal()
    typed = Signal()
    left = Signal()
    removed = Signal()

    def __init__(self, row: Row) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._row = row
        self.days = [self._day(day) for day in DAYS]
        self.start, self.end = self._time(_("From")), self._time(_("To"))
        self.remove = button(_("Remove"), role="quiet")
        self.remove.clicked.connect(self.removed)
        self._night: QLabel = lettered(self, "", role="soft")
        self._fault: QLabel = lettered(self, "", role="fault")
        self._lay_out()
        self.show_row(row)
        self.show_fault("")

    def row(self) -> Row:
        """The range as it stands; one that nobody changed keeps the text it was written in."""
        days = tuple(day for day, push in enumerate(self.days) if push.isChecked())
        now = Row(self._row.text, days, self.start.minutes(), self.end.minutes())
        return now if now == self._row else msgspec.structs.replace(now, text=None)

    def show_row(self, row: Row) -> None:
        """Show this range."""
        self._row = row
        for day, push in enumerate(self.days):
            with QSignalBlocker(push):
                push.setChecked(day in row.days)
        self.start.show_minutes(row.start_min)
        self.end.show_minutes(row.end_min)
        self._changed()

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong, to eyes and ears; an empty sentence takes it back."""
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))
        for push in self.days:
            described(push, push.accessibleName(), sentence)

    def _changed(self) -> None:
        """Say what goes past midnight, and name the row for the ear."""
        start, end = self.start.minutes(), self.end.minutes()
        if end > start:
            words = ""
        elif end == 0:
            words = _("until midnight")
        else:
            words = _("until {time} on the next day").format(time=self.end.text())
        self._night.setText(words)
        span = _("{start} to {end}").format(start=self.start.text(), end=self.end.text())
        self.setAccessibleName(span)
        self.remove.setAccessibleName(_("Remove {text}").format(text=span))

    def _day(self, day: int) -> QPushButton:
        push = button(short(day), role="day")
        push.setCheckable(True)
        push.setAccessibleName(whole(day))
        push.toggled.connect(self.clicked)  # assistive programs toggle it without a click
        return push

    def _time(self, name: str) -> _Time:
        time = _Time(name)
        time.timeChanged.connect(lambda _time: self._changed())
        time.timeChanged.connect(lambda _time: self.typed.emit())
        time.editingFinished.connect(self.left)
        return time

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Days with long names stand in two lines where one has no room for them."""
        super().resizeEvent(event)
        wanted = sum(push.sizeHint().width() + DAY_GAP for push in self.days)
        self._spread(len(DAYS) if wanted <= event.size().width() else len(DAYS) // 2 + 1)

    def _spread(self, columns: int) -> None:
        for day, push in enumerate(self.days):
            self._grid.addWidget(push, *divmod(day, columns))

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._grid.setSpacing(DAY_GAP)
        self._grid.setColumnStretch(len(DAYS), 1)
        self._spread(len(DAYS))
        times = QHBoxLayout()
        dash = QLabel("\N{EN DASH}")
        for part in (self.start, dash, self.end):
            times.addWidget(part)
        times.addWidget(self._night, 1, Qt.AlignmentFlag.AlignVCenter)
        times.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.addLayout(self._grid)
        column.addLayout(times)
        column.addWidget(self._fault)


class HoursEditor(Control):
    """All the ranges, and a button for one more."""

    WIDE = True

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RangeRow] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self.line.addLayout(self._column)
        self._more = button(_("Add hours"))
        self._more.clicked.connect(self._add_another)
        below = QHBoxLayout()
        below.addWidget(self._more)
        below.addStretch(1)
        self._column.addLayout(below)

    def show_value(self, value: Any) -> None:
        """Show these ranges; rows that are there already stay, and with them the focus."""
        rows = msgspec.convert(value, list[Row])
        for old, new in zip(self.rows, rows, strict=False):
            old.show_row(new)
            old.show_fault("")
        for new in rows[len(self.rows) :]:
            self._add(new)
        for gone in self.rows[len(rows) :]:
            self._drop(gone)

    def value(self) -> list[dict[str, Any]]:
        """The ranges as they stand."""
        return [msgspec.structs.asdict(row.row()) for row in self.rows]

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Say at each range what is wrong with it."""
        sentences = {fault.at: fault.sentence for fault in faults}
        for at, row in enumerate(self.rows):
            row.show_fault(sentences.get(at, ""))

    def describe(self, title: str, description: str) -> None:
        """The list has the words, its parts have names of their own."""
        described(self, title, description)

    def target(self) -> QWidget:
        """The first day of the first range."""
        return self.rows[0].days[0] if self.rows else self._more

    def _add_another(self) -> None:
        self._add(self._next()).days[0].setFocus()
        self.tell_now()

    def _next(self) -> Row:
        """A range after the last one, on the same days."""
        if not self.rows:
            return MORNING
        last = self.rows[-1].row()
        start = (last.end_min + BREAK_MIN) % DAY_MIN
        return Row(None, last.days or WORKDAYS, start, min(start + STRETCH_MIN, DAY_MIN - 1))

    def _add(self, row: Row) -> RangeRow:
        made = RangeRow(row)
        made.clicked.connect(self.tell_now)
        made.typed.connect(self.typed)
        made.left.connect(self.flush)
        made.removed.connect(self._removing(made))
        self._column.insertWidget(len(self.rows), made)
        made.show()  # what is not shown yet cannot take the focus
        self.rows.append(made)
        return made

    def _removing(self, row: RangeRow) -> Callable[[], None]:
        def remove() -> None:
            place = self.rows.index(row)
            self._drop(row)
            neighbours = self.rows[place : place + 1] or self.rows[-1:]
            (neighbours[0].remove if neighbours else self._more).setFocus()
            self.tell_now()

        return remove

    def _drop(self, row: RangeRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
