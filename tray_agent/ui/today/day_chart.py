"""The day as a timeline: a band of postures, calls below it, prompts above, hours at the foot.

Time runs in reading direction: in a right-to-left language the morning is on the right, and the
arrow keys go where they point.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip

from tray_agent.shell.words import _
from tray_agent.ui.look import Look, sized
from tray_agent.ui.today import clock_words, day_marks
from tray_agent.ui.today.charted import Chart
from tray_agent.ui.today.day_words import Happening, Track

HOUR_S = 3600.0
LEAST_S = 8 * HOUR_S
"""A running day shows what is still to come, too."""

BAND, CALLS, MARKS = 54.0, 9.0, 24.0
"""How high the postures, the calls and the prompts are, in logical pixels."""

EDGE, GAP, TICK, AROUND = 24.0, 5.0, 6.0, 1.0
STEPS_H = (1, 2, 3, 4, 6, 12)


class DayChart(Chart):
    """Draws happenings.

    `pointed(happening)` tells what the pointer or the keyboard is at, None for nothing; `walked` that
    the keyboard has moved; `picked(span, where)` is a click or Enter on a posture, `where` being a point
    of the screen.
    """

    pointed = Signal(object)
    picked = Signal(object, QPoint)
    walked = Signal()

    def __init__(self) -> None:
        super().__init__(_("The day as a timeline"))
        self._all: list[Happening] = []
        self._start, self._end = 0.0, LEAST_S
        self._now_s: float | None = None
        self._current: Happening | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def current(self) -> Happening | None:
        """The span the keyboard has come to."""
        return self._current

    def show_happenings(self, all_of_it: Sequence[Happening], now_s: float | None) -> None:
        """Draw these; `now_s` is None for a day that is over.  The keyboard stays at its time."""
        self._all, self._now_s = list(all_of_it), now_s
        ends = [each.to_s for each in self._all] + ([] if now_s is None else [now_s])
        starts = [each.from_s for each in self._all] or ends or [0.0]
        self._start = clock_words.hour_began(min(starts))
        last = max(ends, default=self._start) - 1
        self._end = max(clock_words.hour_began(last) + HOUR_S, self._start + HOUR_S)
        if now_s is not None:
            self._end = max(self._end, self._start + LEAST_S)
        if self._current is not None:
            self.go_to(self._span_at(self._current.from_s))
        self.update()

    def go_to(self, span: Happening | None) -> None:
        """Let the keyboard be at this span."""
        self._current = span
        self.setAccessibleDescription("" if span is None else span.sentence)
        self.pointed.emit(span)
        self.update()

    def where(self, at_s: float) -> float:
        """The x of a time."""
        share = (at_s - self._start) / (self._end - self._start)
        along = EDGE + share * (self.width() - 2 * EDGE)
        return self.width() - along if self._mirrored else along

    def frame_of(self, each: Happening) -> QRectF:
        """Where it is drawn; spans that touch leave a gap between them."""
        left, right = sorted((self.where(each.from_s), self.where(each.to_s)))
        match each.track:
            case Track.PROMPT:
                return QRectF(left - day_marks.SIZE / 2, 4, day_marks.SIZE, day_marks.SIZE)
            case Track.CALL:
                return QRectF(left, MARKS + BAND + GAP, max(right - left, 2.0), CALLS)
            case _:
                return QRectF(left + AROUND / 2, MARKS, max(right - left - AROUND, 1.0), BAND)

    def at(self, point: QPointF) -> Happening | None:
        """What is drawn at this point, the nearest prompt among its like."""
        if point.y() < MARKS:
            near = [each for each in self._of(Track.PROMPT) if abs(self._x(each) - point.x()) <= MARKS / 2]
            return min(near, key=lambda each: abs(self._x(each) - point.x()), default=None)
        track = Track.POSTURE if point.y() < MARKS + BAND + GAP / 2 else Track.CALL
        here = [each for each in self._of(track) if self.frame_of(each).left() - 1 <= point.x()]
        return next((each for each in here if point.x() <= self.frame_of(each).right() + 1), None)

    def sizeHint(self) -> QSize:
        """As wide as there is room, and no higher than it must be."""
        return QSize(480, round(MARKS + BAND + GAP + CALLS + TICK + 2 * self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        """As narrow as hours can be told apart."""
        return QSize(220, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it all."""
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_hours(painter, look)
        for each in (*self._of(Track.POSTURE), *self._of(Track.CALL)):
            day_marks.fill(painter, look, self.frame_of(each), each.look)
        for each in self._of(Track.PROMPT):
            day_marks.mark(painter, look, self.frame_of(each).center(), each.look)
        if self._now_s is not None:
            x = self.where(self._now_s)
            painter.setPen(QPen(look.ink, 2))
            painter.drawLine(QPointF(x, MARKS - 5), QPointF(x, MARKS + BAND + GAP + CALLS + TICK))
        if self._current is not None:
            painter.setPen(QPen(look.accent if self.hasFocus() else look.soft, 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.frame_of(self._current).adjusted(-2, -3, 2, 3), 5, 5)
        elif self.hasFocus():
            painter.setPen(QPen(look.accent, 1.6))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk from span to span, Home and End go to the first and last, Enter picks."""
        spans = self._of(Track.POSTURE)
        forth, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self._mirrored:
            forth, back = back, forth
        place = spans.index(self._current) if self._current in spans else None
        steps = {
            forth: 0 if place is None else place + 1,
            back: len(spans) - 1 if place is None else place - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(spans) - 1,
        }
        if event.key() in steps and spans:
            self.go_to(spans[min(max(steps[Qt.Key(event.key())], 0), len(spans) - 1)])
            self.announce(self.accessibleDescription())
            self.walked.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self._current:
            below = self.frame_of(self._current).center()
            self.picked.emit(self._current, self.mapToGlobal(QPointF(below.x(), MARKS + BAND).toPoint()))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a posture picks it."""
        here = self.at(event.position())
        if here is not None and here.track is Track.POSTURE:
            self.go_to(here)
            self.picked.emit(here, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what the pointer is at."""
        here = self.at(event.position())
        self.pointed.emit(here or self._current)
        if here is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), here.sentence, self)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is at nothing any more."""
        self.pointed.emit(self._current)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by the keyboard begins with the latest."""
        by_key = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if by_key and self._current is None and (spans := self._of(Track.POSTURE)):
            self.go_to(spans[-1])
        super().focusInEvent(event)

    @property
    def _mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _x(self, prompt: Happening) -> float:
        return self.where(prompt.from_s)

    def _of(self, track: Track) -> list[Happening]:
        return [each for each in self._all if each.track is track]

    def _span_at(self, at_s: float) -> Happening | None:
        spans = [each for each in self._of(Track.POSTURE) if each.from_s <= at_s + 1]
        return spans[-1] if spans else None

    def _draw_hours(self, painter: QPainter, look: Look) -> None:
        """A line for every hour, words for as many as have room."""
        font = sized(self.font(), 0.88)
        painter.setFont(font)
        hours = [self._start + HOUR_S * n for n in range(round((self._end - self._start) / HOUR_S) + 1)]
        metrics = painter.fontMetrics()
        widest = max(metrics.horizontalAdvance(clock_words.hour(at)) for at in hours) + 14
        room = (self.width() - 2 * EDGE) / max(1, len(hours) - 1)
        step = next((step for step in STEPS_H if step * room >= widest), STEPS_H[-1])
        foot = MARKS + BAND + GAP + CALLS + 2
        for at in hours:
            told = clock_words.hour_number(at) % step == 0
            painter.setPen(QPen(look.edge if told else look.line, 1))
            x = self.where(at)
            painter.drawLine(QPointF(x, MARKS - 4), QPointF(x, foot + (TICK if told else 0)))
            if told:
                half = widest / 2
                words = QRectF(
                    min(max(x - half, 0), self.width() - widest), foot + TICK, widest, metrics.height()
                )
                painter.setPen(look.soft)
                painter.drawText(words, Qt.AlignmentFlag.AlignCenter.value, clock_words.hour(at))
