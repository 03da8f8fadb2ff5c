"""Twelve weeks in two rows of bars that share their weeks: sitting hours a day, breaks a day.

Each row has a scale of its own that begins at nought.  The oldest week stands where reading begins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip

from tray_agent.shell.words import _
from tray_agent.ui.lettering import leading
from tray_agent.ui.look import Look, sized
from tray_agent.ui.today import day_marks
from tray_agent.ui.today.charted import Chart
from tray_agent.ui.today.clock_words import count
from tray_agent.ui.today.week_words import WeekBar

ROW, BETWEEN, SHARE = 74.0, 12.0, 0.62
"""The height of a row of bars, the room between rows, and how much of a week's width is bar."""

LEAST_HOURS = 8.0
"""A few minutes of sitting do not fill the scale."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of bars: its title, each week's value and words, the full scale, and an aim to reach."""

    title: str
    value: Callable[[WeekBar], float | None]
    words: Callable[[WeekBar], str]
    full: float
    look: str
    aim: float | None = None


class WeeksChart(Chart):
    """Draws weeks.

    `pointed(week)` tells which one the pointer or the keyboard is at, `walked` that the keyboard has moved.
    """

    pointed = Signal(object)
    walked = Signal()

    def __init__(self) -> None:
        super().__init__(_("The last twelve weeks"))
        self._weeks: Sequence[WeekBar] = ()
        self._aim = 0
        self._current: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_weeks(self, weeks: Sequence[WeekBar], aim_breaks: int) -> None:
        """Draw these."""
        self._weeks, self._aim = weeks, aim_breaks
        if self._current is not None:
            self._current = min(self._current, len(weeks) - 1) if weeks else None
        self.update()

    def bar_of(self, number: int, row: int) -> QRectF:
        """Where a week's bar is drawn: row 0 has the hours, row 1 the breaks."""
        shown = self._rows()[row]
        value = shown.value(self._weeks[number]) or 0.0
        wide = self._pitch * SHARE
        high = self._room * min(value / shown.full, 1.0)
        return QRectF(self._middle(number) - wide / 2, self._foot(row) - high, wide, high)

    def sizeHint(self) -> QSize:
        """Room for two rows with their titles, and the dates."""
        line = self.fontMetrics().height()
        return QSize(480, round(2 * (ROW + line) + BETWEEN + line * 1.4))

    def minimumSizeHint(self) -> QSize:
        """As narrow as weeks can be told apart."""
        return QSize(220, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both rows and the dates."""
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, row in enumerate(self._rows()):
            self._draw_row(painter, look, number, row)
        self._draw_dates(painter, look)
        if self.hasFocus():
            painter.setPen(QPen(look.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._focus_frame(), 6, 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk from week to week, Home and End go to the oldest and the newest."""
        forth, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self._mirrored:
            forth, back = back, forth
        last = len(self._weeks) - 1
        here = self._current
        steps = {
            forth: 0 if here is None else here + 1,
            back: last if here is None else here - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in steps and self._weeks:
            self._go_to(min(max(steps[Qt.Key(event.key())], 0), last))
            self.announce(self.accessibleDescription())
            self.walked.emit()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which week the pointer is at."""
        near = [
            n
            for n in range(len(self._weeks))
            if abs(self._middle(n) - event.position().x()) < self._pitch / 2
        ]
        if near:
            week = self._weeks[near[0]]
            self.pointed.emit(week)
            QToolTip.showText(event.globalPosition().toPoint(), week.sentence, self)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is at nothing any more."""
        self.pointed.emit(None if self._current is None else self._weeks[self._current])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by the keyboard begins with the newest."""
        if self._current is None and self._weeks:
            self._go_to(len(self._weeks) - 1)
        super().focusInEvent(event)

    @property
    def _mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    @property
    def _pitch(self) -> float:
        return self.width() / max(1, len(self._weeks))

    @property
    def _room(self) -> float:
        """How high the highest bar can be, its value above it."""
        return ROW - self.fontMetrics().height()

    def _go_to(self, number: int) -> None:
        self._current = number
        self.setAccessibleDescription(self._weeks[number].sentence)
        self.pointed.emit(self._weeks[number])
        self.update()

    def _focus_frame(self) -> QRectF:
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._current is None:
            return whole
        return QRectF(self._middle(self._current) - self._pitch / 2 + 1, 1, self._pitch - 2, whole.height())

    def _middle(self, number: int) -> float:
        along = (number + 0.5) * self._pitch
        return self.width() - along if self._mirrored else along

    def _foot(self, row: int) -> float:
        return (row + 1) * (ROW + self.fontMetrics().height()) + row * BETWEEN

    def _rows(self) -> tuple[_Row, _Row]:
        hours = [week.sitting_h for week in self._weeks if week.sitting_h is not None]
        breaks = [week.breaks for week in self._weeks if week.breaks is not None]
        return (
            _Row(
                _("Hours of sitting a working day"),
                lambda week: week.sitting_h,
                lambda week: week.sitting_words,
                max([LEAST_HOURS, *hours]),
                "seated",
            ),
            _Row(
                _("Breaks a working day; the line is the aim of {aim}").format(aim=count(self._aim)),
                lambda week: week.breaks,
                lambda week: week.breaks_words,
                max([self._aim, *breaks, 1.0]) * 1.1,
                "breaks",
                self._aim,
            ),
        )

    def _draw_row(self, painter: QPainter, look: Look, number: int, row: _Row) -> None:
        foot, line = self._foot(number), self.fontMetrics().height()
        title = QRectF(0, foot - ROW - line, self.width(), line)
        painter.setFont(sized(self.font(), 0.95))
        painter.setPen(look.soft)
        painter.drawText(title, leading(self).value, row.title)
        painter.setPen(QPen(look.edge, 1))
        painter.drawLine(QPointF(0, foot), QPointF(self.width(), foot))
        if row.aim:
            at = foot - self._room * row.aim / row.full
            painter.setPen(QPen(look.ink, 1.4, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(0, at), QPointF(self.width(), at))
        for each, week in enumerate(self._weeks):
            if row.value(week) is not None:
                bar = self.bar_of(each, number)
                day_marks.fill(painter, look, bar, row.look)
                self._write(painter, look, bar.center().x(), bar.top() - line, row.words(week))

    def _draw_dates(self, painter: QPainter, look: Look) -> None:
        painter.setFont(sized(self.font(), 0.88))
        widest = max((painter.fontMetrics().horizontalAdvance(week.label) for week in self._weeks), default=0)
        every = next((n for n in range(1, 12) if n * self._pitch >= widest + 8), 12)
        newest = len(self._weeks) - 1
        for number, week in enumerate(self._weeks):
            if (newest - number) % every == 0:
                self._write(painter, look, self._middle(number), self._foot(1) + 4, week.label)

    def _write(self, painter: QPainter, look: Look, middle: float, top: float, words: str) -> None:
        """Words that no line runs through."""
        metrics = painter.fontMetrics()
        wide = metrics.horizontalAdvance(words) + 4
        frame = QRectF(min(max(middle - wide / 2, 0), self.width() - wide), top, wide, metrics.height())
        painter.fillRect(frame.adjusted(0, 1, 0, -1), look.ground)
        painter.setPen(look.soft)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter.value, words)
