"""How much of its weekly least a muscle has had, as small bars with their words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tray_agent.shell.words import _, ngettext
from tray_agent.ui.lettering import BOLD, lettered
from tray_agent.ui.look import Look
from tray_agent.ui.today.clock_words import count
from tray_agent.ui.today.today_brief import Doses
from tray_agent.ui.today.week_words import exact, sets


@dataclass(frozen=True, slots=True)
class Dose:
    """One muscle, on one side where it has sides: `share` of the week's least is done."""

    muscle: str
    words: str
    share: float


def doses(told: Doses) -> tuple[Dose, ...]:
    """Every muscle the programme works, in words and as a share."""
    return (
        _side(_("Hip flexors, left"), told.hip_left_s, told.week_hip_left_s, told.least_hip_s),
        _side(_("Hip flexors, right"), told.hip_right_s, told.week_hip_right_s, told.least_hip_s),
        _glutes(told),
    )


class DoseBars(QWidget):
    """A line of words and a bar for each dose."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._shown: tuple[Dose, ...] = ()
        self._lines: list[QWidget] = []

    def show_doses(self, shown: tuple[Dose, ...]) -> None:
        """Show these and no others."""
        if shown == self._shown:
            return
        self._shown = shown
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = [_line(self, dose) for dose in shown]
        for line in self._lines:
            self._column.addWidget(line)


class Bar(QWidget):
    """A trough, filled by `share` in reading direction; full stays full however much more was done."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Thin."""
        return QSize(120, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw trough and filling."""
        look = Look.of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        trough = QRectF(self.rect()).adjusted(0.6, 0.6, -0.6, -0.6)
        painter.setPen(QPen(look.edge, 1.2))
        painter.setBrush(look.card)
        painter.drawRoundedRect(trough, 4, 4)
        filled = QRectF(trough)
        filled.setWidth(trough.width() * min(self.share, 1.0))
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            filled.moveRight(trough.right())
        if filled.width() > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.accent)
            painter.drawRoundedRect(filled, min(4, filled.width() / 2), 4)


def _line(page: QWidget, dose: Dose) -> QWidget:
    line = QWidget()
    column, words = QVBoxLayout(line), QHBoxLayout()
    column.setContentsMargins(0, 0, 0, 6)
    column.setSpacing(4)
    words.addWidget(lettered(page, dose.muscle, 1.0, BOLD), 2)
    words.addWidget(lettered(page, dose.words, role="soft"), 5)
    column.addLayout(words)
    column.addWidget(Bar(dose.share))
    return line


def _side(muscle: str, today_s: float, week_s: float, least_s: float) -> Dose:
    told = _("today {today}; this week {week} of {least}") if today_s else _("this week {week} of {least}")
    words = told.format(today=exact(today_s), week=exact(week_s), least=exact(least_s))
    return Dose(muscle, words, week_s / least_s)


def _glutes(told: Doses) -> Dose:
    least = told.least_glute_days
    sentence = ngettext("this week on {n} of {least} day", "this week on {n} of {least} days", least)
    words = sentence.format(n=count(told.week_glute_days), least=count(least))
    if told.glute_sets:
        today = sets(told.glute_sets, told.glute_reps)
        words = _("today {today}; {this_week}").format(today=today, this_week=words)
    return Dose(_("Glutes"), words, told.week_glute_days / least)
